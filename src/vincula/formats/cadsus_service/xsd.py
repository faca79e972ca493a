"""The schemas, written from the table that reads and writes: one for each namespace. They cannot disagree with it."""

from __future__ import annotations

from functools import cache

from vincula.formats.cadsus_service.services import OPERATIONS, Service, rows_of
from vincula.formats.cadsus_service.table import Part, Row
from vincula.formats.cadsus_service.values import Simple
from vincula.formats.soap import quoted

_ADDRESS = "{address}"


def _own(service: Service) -> str:
    return f"{service.value.lower()}.xsd"


SCHEMAS: dict[Service, tuple[str, ...]] = {
    service: (_own(service), *sorted(row.file for row in rows_of(service).values())) for service in Service
}
"""The names under which the schemas of each service are served; the first is that of its messages."""


def render_schema(service: Service, name: str, address: str) -> bytes | None:
    """What `address?xsd=name` answers; None where the service has no such schema."""
    written = _written(service).get(name)
    return written.replace(_ADDRESS, quoted(address)).encode() if written else None


@cache
def _written(service: Service) -> dict[str, str]:
    written = {row.file: _row_schema(service, key, row) for key, row in rows_of(service).items()}
    parts = [part for one in OPERATIONS[service] for part in (*one.asked, *one.answered)]
    elements = "".join(
        f'<xs:element name="{name}">{_sequence(parts)}</xs:element>\n'
        for one in OPERATIONS[service]
        for name, parts in ((one.request, one.asked), (one.response, one.answered))
    )
    written[_own(service)] = _schema(service, service.namespace, tuple(parts), elements)
    return written


def _row_schema(service: Service, key: str, row: Row) -> str:
    if isinstance(row.content, Simple):
        parts: tuple[Part, ...] = ()
        declared = f'<xs:simpleType name="{row.name}">{_restriction(row.content)}</xs:simpleType>\n'
    else:
        parts = row.content
        declared = f'<xs:complexType name="{row.name}">{_content(parts)}</xs:complexType>\n'
    declared += f'<xs:element name="{row.name}" type="{key}:{row.name}"/>\n'
    return _schema(service, row.namespace, parts, declared, key)


def _schema(service: Service, target: str, parts: tuple[Part, ...], declared: str, own: str = "") -> str:
    rows = rows_of(service)
    used = sorted(_keys(parts) | ({own} if own else set()))
    spaces = "".join(f' xmlns:{key}="{rows[key].namespace}"' for key in used)
    imports = "".join(
        f'<xs:import namespace="{rows[key].namespace}" schemaLocation="{_ADDRESS}?xsd={rows[key].file}"/>\n'
        for key in used
        if key != own
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"'
        f' targetNamespace="{target}" elementFormDefault="qualified"{spaces}>\n{imports}{declared}</xs:schema>\n'
    )


def _keys(parts: tuple[Part, ...]) -> set[str]:
    """The rows that these parts name."""
    keys: set[str] = set()
    for part in parts:
        if isinstance(part.type, str):
            keys.add(part.type)
        elif isinstance(part.type, tuple):
            keys |= _keys(part.type)
    return keys


def _content(parts: tuple[Part, ...]) -> str:
    return f"<xs:sequence>{''.join(_element(part) for part in parts)}</xs:sequence>"


def _sequence(parts: tuple[Part, ...]) -> str:
    return f"<xs:complexType>{_content(parts)}</xs:complexType>"


def _element(part: Part) -> str:
    most = "unbounded" if part.most is None else str(part.most)
    bounds = ("" if part.least == 1 else f' minOccurs="{part.least}"') + (
        "" if most == "1" else f' maxOccurs="{most}"'
    )
    nil = ' nillable="true"' if part.nillable else ""
    if part.shared:
        return f'<xs:element ref="{part.type}:{part.name}"{bounds}/>'
    if isinstance(part.type, str):
        return f'<xs:element name="{part.name}" type="{part.type}:{_NAMES[part.type]}"{bounds}{nil}/>'
    if isinstance(part.type, tuple):
        return f'<xs:element name="{part.name}"{bounds}{nil}>{_sequence(part.type)}</xs:element>'
    if part.type == Simple(part.type.base):
        return f'<xs:element name="{part.name}" type="xs:{part.type.base}"{bounds}{nil}/>'
    inside = f"<xs:simpleType>{_restriction(part.type)}</xs:simpleType>"
    return f'<xs:element name="{part.name}"{bounds}{nil}>{inside}</xs:element>'


_NAMES = {key: row.name for service in Service for key, row in rows_of(service).items()}


def _restriction(kind: Simple) -> str:
    edges = ("minLength", "maxLength") if kind.base == "string" else ("minInclusive", "maxInclusive")
    facets = "".join(
        f'<xs:{edge} value="{value}"/>'
        for edge, value in zip(edges, (kind.low, kind.high), strict=True)
        if value is not None
    )
    facets += f'<xs:pattern value="{quoted(kind.pattern)}"/>' if kind.pattern else ""
    facets += "".join(f'<xs:enumeration value="{quoted(value)}"/>' for value in kind.values)
    return f'<xs:restriction base="xs:{kind.base}">{facets}</xs:restriction>'
