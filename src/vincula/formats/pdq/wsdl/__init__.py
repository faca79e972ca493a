"""The WSDL and the schemas of PDQSupplier, of our own writing, from which generic clients build themselves (rule 18).

They describe how to write; what is read is never held against them (rule 13).
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from vincula.formats.soap import quoted

SCHEMAS = ("PDQSupplier.xsd", "transmission.xsd", "query.xsd", "person.xsd", "datatypes.xsd")
_WSDL = "PDQSupplier.wsdl"


def render_wsdl(address: str) -> bytes:
    """What `address?wsdl` answers; `address` is the service as its callers reach it, without a query."""
    return _render(_WSDL, address)


def render_schema(name: str, address: str) -> bytes | None:
    """What `address?xsd=name` answers; None where there is no such schema."""
    return _render(name, address) if name in SCHEMAS else None


def _render(name: str, address: str) -> bytes:
    return _document(name).replace("{address}", quoted(address)).encode()


@cache
def _document(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")
