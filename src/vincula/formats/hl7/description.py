"""The WSDL and the schemas of a service, of our own writing, from which generic clients build themselves (rule 18).

They describe how to write; what is read is never held against them (rule 13).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from vincula.formats.soap import quoted

_SHARED_IN = "vincula.formats.hl7.xsd"
# Those that every service includes; the others lie beside its WSDL.
SHARED = ("transmission.xsd", "person.xsd", "datatypes.xsd")


@dataclass(frozen=True, slots=True)
class Description:
    """What describes one service. `package`: where its WSDL and its own schemas lie; `schemas`: by what names all that
    it needs is served.
    """

    package: str
    wsdl: str
    schemas: tuple[str, ...]

    def render_wsdl(self, address: str) -> bytes:
        """What `address?wsdl` answers; `address` is the service as its callers reach it, without a query."""
        return _render(self.package, self.wsdl, address)

    def render_schema(self, name: str, address: str) -> bytes | None:
        """What `address?xsd=name` answers; None where there is no such schema."""
        if name not in self.schemas:
            return None
        return _render(_SHARED_IN if name in SHARED else self.package, name, address)


def _render(package: str, name: str, address: str) -> bytes:
    return _document(package, name).replace("{address}", quoted(address)).encode()


@cache
def _document(package: str, name: str) -> str:
    return files(package).joinpath(name).read_text(encoding="utf-8")
