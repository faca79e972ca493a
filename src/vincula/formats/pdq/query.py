"""A PDQ question (PRPA_IN201305UV02) read from its element, and its continuation and cancel (QUQI_IN000003UV01).

Values are kept as they came: whether a CNS is a CNS is decided where it is looked up, so that every refusal has its
reason.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from vincula.formats.hl7.echo import plain_xml
from vincula.formats.hl7.message import (
    Identifier,
    Target,
    all_text,
    attribute,
    children,
    find,
    identifier,
    number,
    read_target,
)
from vincula.formats.soap import local_name

MAX_BYTES = 64 * 1024  # a question has 1 to 3 KiB; what it asks is echoed
_TEXTS = {"livingSubjectName": "name", "mothersMaidenName": "mother"}


@dataclass(frozen=True, slots=True, repr=False)
class Query:
    """What is asked. Dates are the digits as sent; `low` and `high` bound an interval. `page`: how many at once.
    `minimum`: the least score wanted. `echo`: the queryByParameter, written again for the answer."""

    target: Target
    query_id: Identifier
    identifiers: tuple[Identifier, ...] = ()
    name: str = ""
    mother: str = ""
    birth: str = ""
    birth_low: str = ""
    birth_high: str = ""
    sex: str = ""
    birth_city: str = ""
    page: int | None = None
    minimum: int | None = None
    echo: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Continuation:
    """The next page of an earlier question, or its cancel. `start`: the first result wanted, counted from 1."""

    target: Target
    query_id: Identifier
    start: int | None
    quantity: int | None
    cancel: bool


def read_query(message: etree._Element) -> Query | None:
    """The question in a PRPA_IN201305UV02; None where it has no queryByParameter."""
    asked = find(message, "queryByParameter")
    if asked is None:
        return None
    given: dict[str, str] = {}
    identifiers: list[Identifier] = []
    for parameter in _parameters(asked):
        _read_parameter(parameter, given, identifiers)
    return Query(
        target=read_target(message),
        query_id=identifier(children(asked).get("queryId")),
        identifiers=tuple(identifiers),
        page=number(find(asked, "initialQuantity")),
        minimum=_minimum(find(asked, "minimumDegreeMatch")),
        echo=plain_xml(asked),
        **given,
    )


def read_continuation(message: etree._Element) -> Continuation | None:
    """The continuation in a QUQI_IN000003UV01 or its _Cancel; None where it has no queryContinuation."""
    asked = find(message, "queryContinuation")
    if asked is None:
        return None
    parts = children(asked)
    status = attribute(parts.get("statusCode"), "code")
    return Continuation(
        read_target(message),
        identifier(parts.get("queryId")),
        number(parts.get("startResultNumber")),
        number(parts.get("continuationQuantity")),
        status == "aborted" or local_name(message).endswith("_Cancel"),
    )


def continued(query: Query, continuation: Continuation) -> Query:
    """The first question as the answer to its continuation needs it: what is acknowledged is the continuation."""
    return replace(query, target=continuation.target)


def _parameters(asked: etree._Element) -> Iterator[etree._Element]:
    for child in asked:
        if local_name(child) == "parameterList":
            yield from child


def _read_parameter(parameter: etree._Element, given: dict[str, str], identifiers: list[Identifier]) -> None:
    """One parameter into the field it means. Unknown ones are left aside: CadSUS does not name what it ignores."""
    name = local_name(parameter)
    for value in parameter:
        if local_name(value) != "value":
            continue
        if name == "livingSubjectId":
            one = Identifier(attribute(value, "root"), attribute(value, "extension"))
            identifiers += [one] if one.extension else []
        elif name in _TEXTS:
            _keep(given, _TEXTS[name], all_text(value))
        elif name == "livingSubjectAdministrativeGender":
            _keep(given, "sex", attribute(value, "code").upper())
        elif name == "livingSubjectBirthTime":
            _read_birth(value, given)
        elif name == "livingSubjectBirthPlaceAddress" or (name == "patientAddress" and _of_birth(value)):
            city = find(value, "city")
            _keep(given, "birth_city", "" if city is None else all_text(city))


def _keep(given: dict[str, str], name: str, value: str) -> None:
    """The first that is not blank."""
    if value:
        given.setdefault(name, value)


def _read_birth(value: etree._Element, given: dict[str, str]) -> None:
    parts = children(value)
    _keep(given, "birth", attribute(value, "value") or all_text(value))
    _keep(given, "birth_low", attribute(parts.get("low"), "value"))
    _keep(given, "birth_high", attribute(parts.get("high"), "value"))


def _of_birth(value: etree._Element) -> bool:
    """patientAddress means the place of birth (section 3.3), unless it says that it means another."""
    uses = attribute(value, "use").split()
    return not uses or "BIRTHPL" in uses


def _minimum(criterion: etree._Element | None) -> int | None:
    return None if criterion is None else number(find(criterion, "value"))
