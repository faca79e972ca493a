"""Character folding that names need everywhere: apostrophes, dashes, accents. Pure tables, no rule of a
system.
"""

from __future__ import annotations

import unicodedata

APOSTROPHES = "\u2018\u2019\u201b\u02bc\u2032\u00b4\u0060"
"""‘ ’ ‛ ʼ ′ ´ ` : what people and programs write for the apostrophe, which is stored as '."""
DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
FOLD_APOSTROPHES = dict.fromkeys(map(ord, APOSTROPHES), "'")
_DASHES_TO_SPACE = dict.fromkeys(map(ord, DASHES), " ")
_DROP_FULL_STOP = {ord("."): None}
_FIRST_MARK = "\u0300"
_LATIN_MARKS = dict.fromkeys(range(0x0300, 0x0370))
KEY_TABLE: dict[int, str | None] = {**FOLD_APOSTROPHES, **_DASHES_TO_SPACE, **_DROP_FULL_STOP}
"""Apostrophes to ', dashes to a space, full stop dropped: what an SBX carries of a name's punctuation."""


def without_accents(text: str) -> str:
    """The text without combining marks (Ç becomes C); letters without decomposition (ø, ß) stay.

    Marks that stand by themselves go first: normalizing sorts each run of them, which takes the square of its length.
    """
    if text.isascii():
        return text
    if max(text) < _FIRST_MARK:  # a name of this country: its letters come apart into marks of one block only
        return unicodedata.normalize("NFD", text).translate(_LATIN_MARKS)
    bare = "".join(filter(_is_base, text))
    return "".join(filter(_is_base, unicodedata.normalize("NFD", bare)))


def _is_base(character: str) -> bool:
    return not unicodedata.combining(character)
