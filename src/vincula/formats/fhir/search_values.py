"""Each search parameter, read into the field it means, or refused."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from vincula.formats.fhir import systems
from vincula.formats.fhir.identifiers import Key, read_key
from vincula.formats.fhir.outcome import Fault
from vincula.formats.fhir.search_faults import alternatives, fault, repeated, unknown_domain
from vincula.people.demographics import is_date

MAX_COUNT = 50
CONTINUATION = "_continuacao"
"""Ours: the opaque token of a next page; it stands for the whole first question."""
JSON_FORMATS = frozenset({"json", "application/json", "application/fhir+json", "text/json"})
GENDERS = {"male": "M", "female": "F", "unknown": "I", "other": "I"}
_COUNT = re.compile(r"[0-9]{1,6}", re.ASCII)
_PREFIX = re.compile(r"(eq|ne|gt|lt|ge|le|sa|eb|ap)(.*)", re.ASCII)
_BAR = re.compile(r"(?<!\\)\|")
_COMMA = re.compile(r"(?<!\\),")
_ESCAPED = re.compile(r"\\([\\,|$])")


@dataclass(slots=True, repr=False)
class Reading:
    """What has been read so far."""

    fields: dict[str, Any] = field(default_factory=dict)
    keys: list[Key] = field(default_factory=list)
    domains: list[str] = field(default_factory=list)
    given: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def _keep(name: str, value: object, reading: Reading, where: str) -> None:
    if name in reading.fields:
        reading.faults.append(repeated(where))
    reading.fields[name] = value


def _text(target: str) -> Callable[[str, str, Reading], None]:
    def read(where: str, value: str, reading: Reading) -> None:
        if (one := _single(where, value, reading)) is not None:
            _keep(target, " ".join(one.split()), reading, where)

    return read


def _given(where: str, value: str, reading: Reading) -> None:
    """Given names may come one by one."""
    if (one := _single(where, value, reading)) is not None:
        reading.given.append(" ".join(one.split()))


def _single(where: str, value: str, reading: Reading) -> str | None:
    """The value without its escapes; alternatives ("a,b") are refused."""
    parts = _alternatives(value)
    if len(parts) == 1:
        return _ESCAPED.sub(r"\1", parts[0])
    reading.faults.append(alternatives(where))
    return None


def _alternatives(value: str) -> list[str]:
    """The parts between commas that no backslash escapes."""
    return _COMMA.split(value) if "," in value else [value]


def _identifier(where: str, value: str, reading: Reading) -> None:
    """`system|value`, `|value`, `value`, or `system|`, which alone asks for identifiers of that domain."""
    tokens = [_BAR.split(part.strip(), maxsplit=1) for part in _alternatives(value) if part.strip()]
    domains = [token[0] for token in tokens if len(token) == 2 and not token[1]]
    numbered = [token for token in tokens if token[-1]]
    if len(numbered) > 1:
        reading.faults.append(alternatives(where))
        return
    for system in domains:
        _domain(_ESCAPED.sub(r"\1", system), where, reading)
    for token in numbered:
        key = read_key(token[0].strip() if len(token) == 2 else "", _ESCAPED.sub(r"\1", token[-1]), where)
        if isinstance(key, Fault):
            reading.faults.append(key)
        else:
            reading.keys.append(key)


def _domain(system: str, where: str, reading: Reading) -> None:
    if systems.kind_of(system):
        reading.domains.append(system)
    else:
        reading.faults.append(unknown_domain(where))


def _birth(where: str, value: str, reading: Reading) -> None:
    prefix = _PREFIX.fullmatch(value)
    if prefix and prefix[1] != "eq":
        reading.faults.append(
            fault(
                "not-supported",
                "PREFIXO_NAO_ACEITO",
                "O nascimento só se procura por igualdade: intervalos permitiriam varrer a base.",
                "Envie birthdate=AAAA-MM-DD.",
                where,
            )
        )
        return
    day = prefix[2] if prefix else value
    if is_date(day):
        _keep("birth", day, reading, where)
    else:
        reading.faults.append(
            fault(
                "value",
                "DATA_INVALIDA",
                "O nascimento não é um dia inteiro que exista no calendário.",
                "Envie birthdate=AAAA-MM-DD, com ano, mês e dia.",
                where,
            )
        )


def _gender(where: str, value: str, reading: Reading) -> None:
    code = value.rpartition("|")[2]
    if code in GENDERS:
        _keep("sex", GENDERS[code], reading, where)
    else:
        reading.faults.append(
            fault(
                "code-invalid",
                "SEXO_INVALIDO",
                "O sexo pedido não é um código do FHIR.",
                "Use male, female ou unknown.",
                where,
            )
        )


def _id(where: str, value: str, reading: Reading) -> None:
    key = read_key(systems.CORPORATIVO, value, where)
    if isinstance(key, Fault):
        reading.faults.append(key)
    else:
        _keep("id", key.value, reading, where)


def _count(where: str, value: str, reading: Reading) -> None:
    if _COUNT.fullmatch(value):
        _keep("count", min(int(value), MAX_COUNT), reading, where)
    else:
        reading.faults.append(
            fault(
                "value",
                "QUANTIDADE_INVALIDA",
                "A quantidade pedida não é um número.",
                "Envie _count=10.",
                where,
            )
        )


def _format(where: str, value: str, reading: Reading) -> None:
    if value.partition(";")[0].strip().lower() not in JSON_FORMATS:
        reading.faults.append(
            Fault(
                "not-supported",
                "FORMATO_NAO_ACEITO",
                "Só se responde em JSON.",
                "Envie _format=json, ou nada.",
                where,
                status=406,
            )
        )


def _continuation(where: str, value: str, reading: Reading) -> None:
    _keep("continuation", value, reading, where)


READERS: dict[str, Callable[[str, str, Reading], None]] = {
    "identifier": _identifier,
    "_id": _id,
    "family": _text("family"),
    "given": _given,
    "name": _text("name"),
    "birthdate": _birth,
    "gender": _gender,
    "mothersMaidenName": _text("mother"),
    "_count": _count,
    "_format": _format,
    CONTINUATION: _continuation,
}
