"""Identifiers as questions bring them: `system|value`, a bare number, or an Identifier of a resource."""

from __future__ import annotations

import re
from dataclasses import dataclass

from vincula.formats.fhir import systems
from vincula.formats.fhir.outcome import Fault
from vincula.identifiers import cns, cpf, pis
from vincula.identifiers.digits import strip_human
from vincula.identifiers.verdict import Verdict

_CORPORATIVO = re.compile(r"[0-9]{1,10}", re.ASCII)
_KNOWN = "CNS, CPF, NIS, o identificador corporativo ou urn:oid: do sistema que o emitiu"


@dataclass(frozen=True, slots=True, repr=False)
class Key:
    """What a person is looked for by. `kind`: cns, cpf, nis, corporativo or local; `system`: as it was asked.

    `value`: digits alone; of a local id, as sent.
    """

    kind: str
    system: str
    value: str


def read_key(system: str, value: str, where: str) -> Key | Fault:
    """The key of an identifier; with no system, CNS for 15 digits and CPF for 11. A CNS may follow the loose rule."""
    value = value.strip()
    kind = systems.kind_of(system) if system else _kind_by_shape(value)
    if not kind:
        return _unknown_system(where) if system else _unknown_shape(where)
    if kind == "local":
        return Key(kind, system, value)
    number = strip_human(value)
    if kind == "corporativo":
        return (
            Key(kind, system, number.zfill(10)) if _CORPORATIVO.fullmatch(number) else _not_corporate(where)
        )
    verdict = _verdict(kind, number)
    if verdict.ok and verdict.present:
        return Key(kind, system or (systems.CNS if kind == "cns" else systems.CPF), number)
    message = verdict.message or "O identificador veio sem número."
    return Fault("value", f"{kind.upper()}_INVALIDO", message, verdict.remedy or "Informe o número.", where)


def _verdict(kind: str, number: str) -> Verdict:
    if kind == "cns":
        return cns.check(number, loose=True)
    return cpf.check(number) if kind == "cpf" else pis.check(number)


def _kind_by_shape(value: str) -> str:
    return {cns.WIDTH: "cns", cpf.WIDTH: "cpf"}.get(len(strip_human(value)), "")


def _unknown_system(where: str) -> Fault:
    return Fault(
        "code-invalid",
        "SISTEMA_DESCONHECIDO",
        "O sistema do identificador não é conhecido aqui.",
        f"Use {_KNOWN}.",
        where,
    )


def _unknown_shape(where: str) -> Fault:
    return Fault(
        "value",
        "IDENTIFICADOR_SEM_SISTEMA",
        "Sem o sistema, só se reconhecem o CNS, pelos 15 algarismos, e o CPF, pelos 11.",
        f"Informe sistema|valor: {systems.CNS}|… ou {systems.CPF}|….",
        where,
    )


def _not_corporate(where: str) -> Fault:
    return Fault(
        "value",
        "IDENTIFICADOR_CORPORATIVO_INVALIDO",
        "O identificador corporativo tem até 10 algarismos.",
        "Use o id que veio no recurso Patient.",
        where,
    )
