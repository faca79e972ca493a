"""`Patient/$match`: the Parameters of the request, or the Patient alone (FHIR R4; IHE PDQm, ITI-119)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from vincula.formats.fhir import systems
from vincula.formats.fhir.identifiers import Key, read_key
from vincula.formats.fhir.outcome import Fault, Faults
from vincula.formats.fhir.reading import MAX_BYTES, read_json
from vincula.formats.fhir.search_values import GENDERS, MAX_COUNT
from vincula.people.demographics import is_date

MAX_TEXT = 500
_MAX_LISTED = 20


@dataclass(frozen=True, slots=True, repr=False)
class MatchRequest:
    """Who is looked for. `name`: whole; `social`: the name with `use: usual`; `birth`: `AAAA-MM-DD`; `sex`: M, F, I.

    `count`: how many at most, None for the house's own number.
    """

    keys: tuple[Key, ...] = ()
    name: str = ""
    social: str = ""
    birth: str = ""
    sex: str = ""
    mother: str = ""
    birth_city: str = ""
    count: int | None = None
    only_certain: bool = False


class _WrongError(ValueError):
    """A value that is not what FHIR has in its place."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.code)
        self.fault = fault


def read_match(body: bytes, *, limit: int = MAX_BYTES) -> MatchRequest | Faults:
    """The request in a body of at most `limit` bytes, or what is wrong with it. Never raises."""
    value = read_json(body, limit=limit)
    if isinstance(value, Fault):
        return (value,)
    try:
        return _request(value)
    except _WrongError as wrong:
        return (wrong.fault,)


def _request(value: Any) -> MatchRequest:
    kind = value.get("resourceType") if isinstance(value, dict) else None
    if kind == "Patient":
        return _patient(value, None, False)
    if kind != "Parameters":
        raise _wrong("Parameters", "O corpo não é um Parameters nem um Patient.")
    given = dict(_parameters(value))
    resource = given.get("resource", {}).get("resource")
    if not isinstance(resource, dict) or resource.get("resourceType") != "Patient":
        raise _wrong("Parameters.parameter", "Falta o parâmetro resource, com o Patient que se procura.")
    count = given.get("count", {}).get("valueInteger")
    certain = given.get("onlyCertainMatches", {}).get("valueBoolean", False)
    if count is not None and (type(count) is not int or count < 1):
        raise _wrong("Parameters.parameter", "O parâmetro count não é um valueInteger maior que zero.")
    if not isinstance(certain, bool):
        raise _wrong("Parameters.parameter", "O parâmetro onlyCertainMatches não é um valueBoolean.")
    return _patient(resource, count if count is None else min(count, MAX_COUNT), certain)


def _parameters(value: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each parameter by its name; one that comes twice is refused."""
    seen: set[str] = set()
    for one in _objects(value, "parameter", "Parameters"):
        name = _text(one, "name", "Parameters.parameter")
        if name in seen:
            raise _wrong("Parameters.parameter", "Um parâmetro veio mais de uma vez.")
        seen.add(name)
        yield name, one


def _patient(resource: dict[str, Any], count: int | None, certain: bool) -> MatchRequest:
    names = list(_objects(resource, "name", "Patient"))
    extensions = {
        _text(one, "url", "Patient.extension"): one for one in _objects(resource, "extension", "Patient")
    }
    place = extensions.get(systems.BIRTH_PLACE, {}).get("valueAddress", {})
    request = MatchRequest(
        keys=tuple(_keys(resource)),
        name=_whole(next((one for one in names if one.get("use") != "usual"), {})),
        social=_whole(next((one for one in names if one.get("use") == "usual"), {})),
        birth=_birth(resource),
        sex=_sex(resource),
        mother=_text(extensions.get(systems.MOTHER, {}), "valueString", "Patient.extension"),
        birth_city=_text(place, "city", "Patient.extension") if isinstance(place, dict) else "",
        count=count,
        only_certain=certain,
    )
    if not (request.keys or request.name or request.social or request.mother or request.birth):
        raise _WrongError(
            Fault(
                "required",
                "PERGUNTA_VAZIA",
                "O Patient não diz quem se procura.",
                "Informe identifier, ou name e birthDate.",
                "Patient",
                422,
            )
        )
    return request


def _keys(resource: dict[str, Any]) -> Iterator[Key]:
    for one in _objects(resource, "identifier", "Patient"):
        value = _text(one, "value", "Patient.identifier")
        key = read_key(_text(one, "system", "Patient.identifier"), value, "Patient.identifier")
        if isinstance(key, Fault):
            raise _WrongError(key)
        yield key


def _whole(name: dict[str, Any]) -> str:
    """The text, or the given names and the family name as one."""
    text = _text(name, "text", "Patient.name")
    if text:
        return text
    given = name.get("given", [])
    if not isinstance(given, list) or len(given) > _MAX_LISTED:
        raise _wrong("Patient.name.given", "O elemento given não é uma lista de textos.")
    parts = [_text({"given": one}, "given", "Patient.name") for one in given]
    return " ".join(filter(None, (*parts, _text(name, "family", "Patient.name"))))


def _birth(resource: dict[str, Any]) -> str:
    day = _text(resource, "birthDate", "Patient")
    if day and not is_date(day):
        raise _WrongError(
            Fault(
                "value",
                "DATA_INVALIDA",
                "O nascimento não é um dia inteiro que exista no calendário.",
                "Envie birthDate como AAAA-MM-DD, ou deixe-o fora.",
                "Patient.birthDate",
            )
        )
    return day


def _sex(resource: dict[str, Any]) -> str:
    code = _text(resource, "gender", "Patient")
    if code and code not in GENDERS:
        raise _WrongError(
            Fault(
                "code-invalid",
                "SEXO_INVALIDO",
                "O sexo não é um código do FHIR.",
                "Use male, female ou unknown.",
                "Patient.gender",
            )
        )
    return GENDERS.get(code, "")


def _objects(parent: dict[str, Any], name: str, where: str) -> Iterator[dict[str, Any]]:
    listed = parent.get(name, [])
    if (
        not isinstance(listed, list)
        or len(listed) > _MAX_LISTED
        or not all(isinstance(one, dict) for one in listed)
    ):
        raise _wrong(f"{where}.{name}", f"O elemento {name} não é uma lista de até {_MAX_LISTED} objetos.")
    yield from listed


def _text(parent: dict[str, Any], name: str, where: str) -> str:
    """The text of an element, blanks collapsed; "" where it is absent."""
    value = parent.get(name, "")
    if not isinstance(value, str) or len(value) > MAX_TEXT:
        raise _wrong(f"{where}.{name}", f"O elemento {name} não é um texto de até {MAX_TEXT} caracteres.")
    return " ".join(value.split())


def _wrong(where: str, message: str) -> _WrongError:
    remedy = "Veja em metadata o que a operação recebe."
    return _WrongError(Fault("structure", "RECURSO_INVALIDO", message, remedy, where))
