"""The rules RN001 to RN055 that CadSUS holds a person's record to, over a whole record (cadsus-rules.md, section 4).
Pure.

`convert` first (what the rules convert), then `check`, which collects everything that stands against the record.
"""

from .book import Book, official
from .checking import check
from .conversions import convert
from .faults import Around, Channel, Fault
from .joining import added, replaced

__all__ = ["Around", "Book", "Channel", "Fault", "added", "check", "convert", "official", "replaced"]
