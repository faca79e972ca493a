"""`Patient/$ihe-pix` (IHE PIXm, ITI-83): which other identifiers a person has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from vincula.formats.fhir import systems
from vincula.formats.fhir.identifiers import Key, read_key
from vincula.formats.fhir.outcome import Fault, Faults, Resource
from vincula.formats.fhir.reading import MAX_BYTES, read_json
from vincula.formats.fhir.rendering import clean

MAX_TARGETS = 20
_JSON = ("json", "application/json", "application/fhir+json")


@dataclass(frozen=True, slots=True, repr=False)
class PixQuery:
    """The identifier known, and the systems of those wanted; none means all that may be told."""

    source: Key
    targets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class CrossId:
    """One identifier of the person found."""

    system: str
    value: str


def read_pix(params: Sequence[tuple[str, str]]) -> PixQuery | Faults:
    """The query in the parameters of a GET, or every fault in it, with the codes and words of ITI-83."""
    sources = [value.strip() for name, value in params if name == "sourceIdentifier" and value.strip()]
    targets = tuple(dict.fromkeys(v.strip() for name, v in params if name == "targetSystem" and v.strip()))
    if len(sources) != 1:
        return (_source_count(len(sources)),)
    if len(targets) > MAX_TARGETS:
        return (Fault("too-long", "SISTEMAS_DEMAIS", f"Há mais de {MAX_TARGETS} sistemas.", "Peça menos."),)
    faults: list[Fault] = [unknown_target_system() for target in targets if not systems.kind_of(target)][:1]
    faults += [_format() for name, value in params if name == "_format" and value not in _JSON][:1]
    source = _source(sources[0])
    if isinstance(source, Fault):
        return (source, *faults)
    return tuple(faults) or PixQuery(source, targets)


def read_pix_body(body: bytes, *, limit: int = MAX_BYTES) -> PixQuery | Faults:
    """The query in the Parameters of a POST, or what is wrong with it. Never raises."""
    value = read_json(body, limit=limit)
    if isinstance(value, Fault):
        return (value,)
    listed = value.get("parameter") if isinstance(value, dict) else None
    if not isinstance(listed, list) or value.get("resourceType") != "Parameters":
        remedy = "Envie um Parameters com sourceIdentifier e targetSystem."
        return (Fault("structure", "RECURSO_INVALIDO", "O corpo não é um Parameters.", remedy),)
    return read_pix(list(_listed(listed)))


def _listed(parameters: list[Any]) -> Iterator[tuple[str, str]]:
    """Names and values, of whichever textual type they are sent as."""
    for one in parameters:
        if isinstance(one, dict) and isinstance(name := one.get("name"), str):
            value = one.get("valueString") or one.get("valueUri") or one.get("valueUrl")
            yield name, value if isinstance(value, str) else ""


def pix_parameters(query: PixQuery, identifiers: Sequence[CrossId], person: str = "") -> Resource:
    """The answer: each identifier but the one asked with. `person`: the id of the Patient, where he may be read."""
    listed: list[Resource] = [
        {
            "name": "targetIdentifier",
            "valueIdentifier": {"system": clean(one.system), "value": clean(one.value)},
        }
        for one in identifiers
        if not _is_source(one, query.source) and clean(one.system) and clean(one.value)
    ]
    if person:
        listed.append({"name": "targetId", "valueReference": {"reference": f"Patient/{person}"}})
    return {"resourceType": "Parameters", **({"parameter": listed} if listed else {})}


def unknown_source_identifier() -> Fault:
    """The domain is known, nobody in it has this identifier: 404."""
    return Fault(
        "not-found",
        "NAO_ENCONTRADO",
        "Ninguém tem este identificador neste domínio.",
        "Confira o identificador, ou procure a pessoa por Patient/$match.",
        "sourceIdentifier",
        404,
        "sourceIdentifier Patient Identifier not found",
    )


def unknown_source_system() -> Fault:
    """The domain of the identifier is not known: 400."""
    return Fault(
        "code-invalid",
        "SISTEMA_DESCONHECIDO",
        "O sistema do identificador enviado não é conhecido aqui.",
        f"Envie sourceIdentifier={systems.CNS}|…, {systems.CPF}|… ou urn:oid:…|….",
        "sourceIdentifier",
        400,
        "sourceIdentifier Assigning Authority not found",
    )


def unknown_target_system() -> Fault:
    """A domain that is asked for is not known: 403."""
    return Fault(
        "code-invalid",
        "SISTEMA_DESCONHECIDO",
        "Um dos sistemas pedidos em targetSystem não é conhecido aqui.",
        f"Peça {systems.CNS}, {systems.CPF} ou o urn:oid: do sistema, ou deixe targetSystem fora.",
        "targetSystem",
        403,
        "targetSystem not found",
    )


def _source(token: str) -> Key | Fault:
    """Exactly `system|value`: ITI-83 knows no bare value."""
    system, bar, value = token.partition("|")
    if not bar or not value or not systems.kind_of(system):
        return unknown_source_system()
    return read_key(system, value, "sourceIdentifier")


def _is_source(one: CrossId, source: Key) -> bool:
    kind = systems.kind_of(one.system)
    same = kind == source.kind and (kind != "local" or one.system == source.system)
    return same and one.value == source.value


def _source_count(found: int) -> Fault:
    message = (
        "Falta o parâmetro sourceIdentifier."
        if not found
        else "O parâmetro sourceIdentifier veio mais de uma vez."
    )
    remedy = f"Envie-o uma vez, como {systems.CNS}|número."
    return Fault(
        "required" if not found else "invalid", "IDENTIFICADOR_UNICO", message, remedy, "sourceIdentifier"
    )


def _format() -> Fault:
    return Fault(
        "not-supported",
        "FORMATO_NAO_ACEITO",
        "Só se responde em JSON.",
        "Envie _format=json, ou nada.",
        "_format",
        406,
    )
