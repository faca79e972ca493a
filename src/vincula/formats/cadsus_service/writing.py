"""Any message of the table, from its values to XML text: in the table's order, each element in its own namespace."""

from __future__ import annotations

from collections.abc import Mapping

from vincula.formats.cadsus_service.services import Operation, Service, rows_of
from vincula.formats.cadsus_service.table import Part, Row
from vincula.formats.cadsus_service.tree import Value, Values, blank
from vincula.formats.cadsus_service.values import Simple, fitted, read
from vincula.formats.soap import text

_NIL = ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"/>'


def render(service: Service, operation: Operation, values: Values) -> str:
    """The element that answers, with the namespaces that it uses declared on it, as CadSUS does."""
    writer = _Writer(rows_of(service))
    inside = writer.write(operation.answered, service.prefix, values)
    assert inside is not None, "the answer lacks what its schema demands"
    name = f"{service.prefix}:{operation.response}"
    declared = "".join(f' xmlns:{key}="{row.namespace}"' for key, row in writer.used.items())
    return f'<{name} xmlns:{service.prefix}="{service.namespace}"{declared}>{inside}</{name}>'


class _Writer:
    """Writes parts, and notes whose namespaces it used."""

    def __init__(self, rows: Mapping[str, Row]) -> None:
        self._rows = rows
        self.used: dict[str, Row] = {}

    def write(self, parts: tuple[Part, ...], prefix: str, values: Values) -> str | None:
        """The parts one after another; None where what is known cannot make a valid whole."""
        written: list[str] = []
        for part in parts:
            value = values.get(part.name) or ""
            if not part.least and blank(value):
                continue
            for one in value if isinstance(value, list) else [value]:
                element = self._element(part, prefix, one)
                if element is not None:
                    written.append(element)
                elif part.least:
                    return None
        return "".join(written)

    def _element(self, part: Part, holder: str, value: Value) -> str | None:
        prefix, kind, inner = holder, part.type, holder
        if isinstance(kind, str):
            inner, kind = kind, self._rows[kind].content
            if part.shared:
                prefix = inner
        name = f"{prefix}:{part.name}"
        if isinstance(kind, Simple):
            inside = self._text(part, kind, value if isinstance(value, str) else "")
            if inside == _NIL:
                self._use(prefix)
                return f"<{name}{_NIL}"
        else:
            inside = self.write(kind, inner, value if isinstance(value, dict) else {})
        if inside is None or not (inside or part.least):
            return None
        self._use(prefix)
        return f"<{name}>{inside}</{name}>"

    def _text(self, part: Part, kind: Simple, value: str) -> str | None:
        held = fitted(kind, value)
        if held or read(kind, "") is not None:
            return text(held)
        return _NIL if part.nillable and part.least else None

    def _use(self, prefix: str) -> None:
        if prefix in self._rows:
            self.used.setdefault(prefix, self._rows[prefix])
