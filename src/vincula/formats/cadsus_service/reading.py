"""Any message of the table, from its elements to its values. All that is wrong is collected; nothing raises.

By local names and in any order (cadsus-services.md, section 9, rule 14); what the table does not know is left aside. An
optional part that is there but empty counts as given and unknown, as client stacks write their empty fields.
"""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from vincula.formats.cadsus_service.faults import Faults
from vincula.formats.cadsus_service.table import Part, Row
from vincula.formats.cadsus_service.tree import Value, Values
from vincula.formats.cadsus_service.values import Simple, read
from vincula.formats.soap import local_name
from vincula.identifiers.digits import strip_human

MAX_REPEATED = 100  # ours: of what the schema lets repeat without end
_TYPED = frozenset({"FiltroPesquisa/CPF/numeroCPF"})
"""Numbers that somebody types in to search by: points and dashes are no part of them. What is registered has none."""
_NIL = "{http://www.w3.org/2001/XMLSchema-instance}nil"


class Reader:
    """Reads the parts of one message; `faults` fills on the way."""

    def __init__(self, rows: Mapping[str, Row]) -> None:
        self._rows = rows
        self.faults = Faults()

    def read(self, element: etree._Element, parts: tuple[Part, ...], path: str = "") -> Values:
        """The values of the element's children."""
        found: dict[str, list[etree._Element]] = {}
        for child in element:
            found.setdefault(local_name(child), []).append(child)
        values: Values = {}
        for part in parts:
            where = f"{path}/{part.name}" if path else part.name
            present = found.get(part.name, [])
            if present:
                values[part.name] = self._part(part, present, where)
            elif part.least:
                self.faults.missing(where)
        return values

    def _part(self, part: Part, present: list[etree._Element], path: str) -> Value:
        most = MAX_REPEATED if part.most is None else part.most
        if len(present) > most:
            self.faults.repeated(path, most)
        kind = self._content(part)
        if isinstance(kind, Simple):
            return self._simple(part, kind, present[0], path)
        if most == 1:
            return self._complex(part, kind, present[0], path)
        return [self._complex(part, kind, one, path) for one in present[:most]]

    def _content(self, part: Part) -> Simple | tuple[Part, ...]:
        return self._rows[part.type].content if isinstance(part.type, str) else part.type

    def _simple(self, part: Part, kind: Simple, element: etree._Element, path: str) -> str:
        written = "".join(map(str, element.itertext())).strip()
        if not written:
            nil = part.nillable and element.get(_NIL) in ("true", "1")
            if part.least and not nil and read(kind, "") is None:
                self.faults.missing(path)
            return ""
        value = read(kind, strip_human(written) if path in _TYPED else written)
        if value is None:
            self.faults.invalid(path, kind)
        return value or ""

    def _complex(self, part: Part, kind: tuple[Part, ...], element: etree._Element, path: str) -> Values:
        if not part.least and _empty(element):
            return {}
        return self.read(element, kind, path)


def _empty(element: etree._Element) -> bool:
    """No text and no attribute of meaning anywhere in it."""
    return not any(text.strip() for text in element.itertext())
