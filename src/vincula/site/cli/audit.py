"""`vincula audit …`."""

from __future__ import annotations

from heapq import merge
from typing import TYPE_CHECKING, Any

import click

from vincula.common.outcomes import Accepted, Refused
from vincula.identifiers import cpf as cpf_rules
from vincula.site.cli.audit_export import export
from vincula.site.cli.base import actor, json_option, open_base
from vincula.site.cli.output import accepted, answer, note, progress, refuse
from vincula.site.cli.portuguese import Group

if TYPE_CHECKING:
    from vincula.common.audit.models import Registro
    from vincula.national.cadsus.services import Person


@click.group("audit", cls=Group)
def group() -> None:
    """Registro de auditoria."""


group.add_command(export)


@group.command("verify")
@json_option
def verify() -> None:
    """Confere a corrente da auditoria: nada alterado, retirado, posto no meio ou cortado no fim."""
    open_base()
    from vincula.common.audit.services import verify as verify_chains

    with progress("conferindo a auditoria"):
        report = accepted(verify_chains())
    answer(
        {
            "registros": report.records,
            "processos": report.writers,
            "ancoras_conferidas": report.anchored,
            "correntes_cortadas": report.cut,
            "ultima_ancora": report.last_anchor,
        },
        f"Auditoria íntegra: {report.records} registro(s) de {report.writers} processo(s), "
        f"{report.anchored} âncora(s) conferida(s).",
    )


@group.command("about")
@click.argument("subject", metavar="ASSUNTO")
@json_option
def about(subject: str) -> None:
    """Diz quem consultou ou mudou um assunto (cpf:…, cns:…, operadora:…), quando e para quê."""
    open_base()
    from vincula.common.audit.services import Event, record
    from vincula.common.audit.services import about as events_about

    key = subject_key(subject)
    keys = person_keys(key)
    record(Event(actor(), "auditoria:assunto:consultado", key, "relatório ao titular dos dados"))
    told = merge(
        *(events_about(one, limit=None) for one in keys), key=lambda one: (one.quando, one.id), reverse=True
    )
    found = [_line(one) for one in told]
    answer(
        {"assunto": _shown(key), "procurados": [_shown(one) for one in keys], "registros": found},
        *(
            "  ".join(filter(None, (one["quando"], one["quem"], one["acao"], one["finalidade"])))
            for one in found
        ),
        f"{len(found)} registro(s) sobre {', '.join(map(_shown, keys))}, este relatório inclusive.",
    )
    if not key.startswith("operadora:"):
        note(
            "Listas e arquivos inteiros ficam registrados sob a operadora: vincula audit about operadora:REGISTRO."
        )


def person_keys(key: str) -> tuple[str, ...]:
    """The subjects under which a person's records stand: this one, and where it is a CPF or a CNS that the base knows,
    the person's CPF and every card. A CPF that several claim leads to nobody, and nobody to it."""
    from vincula.national.cadsus import services as cadsus

    kind, _, value = key.partition(":")
    if kind not in ("cpf", "cns"):
        return (key,)
    person = cadsus.find_by_cns(value) if kind == "cns" else _holder(value)
    if person is None:
        return (key,)
    holder = _holder(person.cpf) if person.cpf else None
    own = [f"cpf:{person.cpf}"] if holder is not None and holder.pessoa_id == person.pessoa_id else []
    return tuple(dict.fromkeys([key, *own, *(f"cns:{number}" for number in person.cns)]))


def _holder(cpf: str) -> Person | None:
    from vincula.national.cadsus import services as cadsus

    found = cadsus.find_by_cpf(cpf)
    return found.value if isinstance(found, Accepted) else None


def subject_key(subject: str) -> str:
    """The subject as the audit keeps it. Ends the command for one that is none."""
    kind, colon, value = subject.partition(":")
    if not colon or not kind.strip() or not value.strip():
        refuse(
            Refused(
                "ASSUNTO",
                "O assunto se escreve tipo:valor.",
                "Por exemplo cpf:NUMERO, cns:NUMERO ou operadora:REGISTRO.",
            )
        )
    kind, value = kind.strip().lower(), value.strip()
    if kind == "cpf":
        value = cpf_rules.parse(value)
        if not cpf_rules.is_valid(value):
            refuse(Refused("CPF_INVALIDO", "O CPF não confere.", "Confira os 11 números e repita."))
    return f"{kind}:{value}"


def _line(one: Registro) -> dict[str, Any]:
    return {
        "quando": one.quando,
        "quem": _shown(one.ator),
        "acao": one.acao,
        "finalidade": one.finalidade,
        "detalhes": one.dados,
        "registro": f"{one.escritor}/{one.seq}",
    }


def _shown(key: str) -> str:
    """A typed key as it is shown: a CPF masked."""
    kind, _, value = key.partition(":")
    return f"cpf:{cpf_rules.mask(value)}" if kind == "cpf" else key
