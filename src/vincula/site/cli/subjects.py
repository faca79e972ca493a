"""What a report is about, as people write it (`cpf:…`), and all the keys under which the audit keeps that person."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from vincula.common.outcomes import Refused
from vincula.identifiers import cns, pis
from vincula.identifiers import cpf as cpf_rules
from vincula.identifiers.digits import is_digits, strip_human
from vincula.people import documents
from vincula.site.cli.output import refuse


def subject_key(subject: str) -> str:
    """The subject as the audit keeps it. Ends the command for one that is none."""
    kind, colon, value = subject.partition(":")
    if not colon or not kind.strip() or not value.strip():
        refuse(
            Refused(
                "ASSUNTO",
                "O assunto se escreve tipo:valor.",
                "Por exemplo cpf:NUMERO, cns:NUMERO, nis:NUMERO, rg:NUMERO, local:RAIZ/NUMERO ou operadora:REGISTRO.",
            )
        )
    kind, value = kind.strip().lower(), value.strip()
    if kind == "documento" or kind in documents.KINDS:
        return _document_key(value if kind == "documento" else f"{documents.KINDS[kind]}/{value}")
    if kind not in KINDS:
        # Of a kind that is none a report would say that nobody asked, of a mistyped one as well.
        kinds = ", ".join((*KINDS, *documents.KINDS))
        refuse(Refused("ASSUNTO", "A auditoria não tem assuntos deste tipo.", f"Os tipos são {kinds}."))
    rule = _RULES.get(kind)
    if rule is not None:
        value = strip_human(value) if kind in _PUNCTUATED else value
        if not rule.sound(value):
            refuse(Refused(rule.code, f"{rule.name} não confere.", f"Confira {rule.remedy} e repita."))
    return f"{kind}:{value}"


def _document_key(written: str) -> str:
    """`TIPO/NUMERO` as the audit keeps a document that a search names."""
    kind, number = (one.strip() for one in written.split("/", 1)) if "/" in written else ("", "")
    number = documents.plain(number)
    if kind not in documents.SOUGHT or not number:
        kinds = ", ".join(sorted(documents.SOUGHT))
        refuse(
            Refused(
                "DOCUMENTO_INVALIDO",
                "O documento não confere: falta o número, ou o tipo não é dos que se procuram.",
                f"Escreva rg:, ctps:, cnh:, titulo: ou dnv: e o número, ou documento:TIPO/NUMERO; tipos: {kinds}.",
            )
        )
    return f"documento:{kind}/{number}"


@dataclass(frozen=True, slots=True)
class _Rule:
    """When a number is one at all: of a wrong one a report would say that nobody asked."""

    sound: Callable[[str], bool]
    code: str
    name: str
    remedy: str


def _is_registration(value: str) -> bool:
    return value.isascii() and value.isdigit() and len(value) < 19  # what a key of the base can be


KINDS = (
    "cpf", "cns", "nis", "documento", "local", "pessoa", "cco", "operadora", "cnpj", "credencial", "usuario",
    "pesquisa", "lote", "competencia", "base", "servico", "chamado", "aviso", "correio", "alerta", "chave",
    "ancora",
)  # fmt: skip
_PUNCTUATED = ("cpf", "cns", "nis")
_RULES = {
    "cpf": _Rule(cpf_rules.is_valid, "CPF_INVALIDO", "O CPF", "os 11 números"),
    "cns": _Rule(
        lambda value: cns.check(value, loose=True).ok, "CNS_INVALIDO", "O CNS", "os 15 números"
    ),
    "nis": _Rule(pis.is_valid, "NIS_INVALIDO", "O NIS", "os 11 números"),
    "pessoa": _Rule(
        _is_registration, "PESSOA_INVALIDA", "O número do registro", "os algarismos"
    ),
    "operadora": _Rule(lambda value: is_digits(value, 6), "REGISTRO_ANS", "O registro ANS", "os 6 algarismos"),
}  # fmt: skip


def person_keys(key: str) -> tuple[str, ...]:
    """The subjects under which a person's records stand: this one, and where it is a number that leads to one person of
    the base, that person's CPFs, cards, NIS, documents and registrations, those unified since among them. A CPF that
    several claim, or a NIS or document that several have, leads to nobody, and nobody to it."""
    from vincula.national.cadsus.services import subjects

    kind, _, value = key.partition(":")
    person = _person(kind, value)
    return (key,) if person is None else tuple(dict.fromkeys([key, *subjects.of(person)]))


def _person(kind: str, value: str) -> int | None:
    """The registration in force that a number leads to; None where it leads to none, or to several."""
    from vincula.national.cadsus.services import hot, subjects

    if kind == "documento":
        tipo, _, number = value.partition("/")
        return subjects.bearer(tipo, number)
    if kind == "cpf":
        found = [hot.by_cpf(value, full=False)]
    elif kind == "cns":
        found = [hot.by_cns(value, full=False)]
    elif kind == "nis":
        found = [*hot.by_nis(value, full=False)]
    elif kind == "pessoa" and _is_registration(value):
        found = [hot.by_id(int(value), full=False)]
    elif kind == "local":
        found = [hot.by_local(*_local(value), full=False)]
    else:
        return None
    known = [one.id for one in found if one is not None]
    return known[0] if len(known) == 1 else None


def _local(value: str) -> tuple[str, str]:
    """The OID of the system and what it calls the person."""
    root, _, extension = value.partition("/")
    return root.strip(), extension.strip()


def shown(key: str) -> str:
    """A typed key as it is shown: a CPF masked."""
    kind, _, value = key.partition(":")
    return f"cpf:{cpf_rules.mask(value)}" if kind == "cpf" else key
