"""The open-data files of ANS. Pure: bytes in, rows or faults out."""

from vincula.formats.opendata.cadop import CadopFault, CadopRow, read_cadop
from vincula.formats.opendata.cadop_layout import Layout

__all__ = ["CadopFault", "CadopRow", "Layout", "read_cadop"]
