"""The refusals of a search: what is wrong with its parameters, and what to send instead."""

from __future__ import annotations

from collections.abc import Iterable

from vincula.formats.fhir import systems
from vincula.formats.fhir.outcome import Fault


def fault(issue: str, code: str, message: str, remedy: str, where: str = "") -> Fault:
    """A fault of the caller's, answered with 400."""
    return Fault(issue, code, message, remedy, where)


def unknown_parameter(name: str, known: Iterable[str], severity: str = "error") -> Fault:
    """A parameter that nobody here reads: an error under strict handling, else a warning."""
    did = "Foi deixado de lado." if severity == "warning" else "O pedido exige que tudo seja entendido."
    return Fault(
        "not-supported",
        "PARAMETRO_DESCONHECIDO",
        f"O parâmetro {name} não é conhecido aqui. {did}",
        f"Os conhecidos são {', '.join(known)}.",
        name,
        severity=severity,
    )


def repeated(where: str) -> Fault:
    return fault(
        "invalid",
        "PARAMETRO_REPETIDO",
        f"O parâmetro {where} veio mais de uma vez.",
        "Envie-o uma vez.",
        where,
    )


def unknown_domain(where: str = "identifier") -> Fault:
    """ITI-78: a domain asked for that is not known here; 404, with the words that the profile prescribes."""
    return Fault(
        "not-found",
        "DOMINIO_DESCONHECIDO",
        "O domínio de identificadores pedido não é conhecido aqui.",
        f"Peça {systems.CNS}| ou {systems.CPF}|.",
        where,
        status=404,
        diagnostics="targetSystem not found",
    )


def unknown_modifier(name: str, modifier: str) -> Fault:
    shown = "".join(filter(str.isalnum, modifier))[:30]
    return fault(
        "not-supported",
        "MODIFICADOR_NAO_ACEITO",
        f"O parâmetro {name} não aceita o modificador {shown}.",
        f"Envie {name}= sem modificador.",
        name,
    )


def alternatives(where: str) -> Fault:
    return fault(
        "not-supported",
        "ALTERNATIVAS_NAO_ACEITAS",
        "Alternativas separadas por vírgula não são aceitas: cada pergunta é sobre uma pessoa.",
        "Faça uma pergunta para cada valor, ou use a consulta em lote.",
        where,
    )


def nothing_asked(criteria: Iterable[str]) -> Fault:
    return fault(
        "required",
        "PERGUNTA_VAZIA",
        "A pergunta não diz quem se procura.",
        f"Informe ao menos um destes: {', '.join(criteria)}.",
    )
