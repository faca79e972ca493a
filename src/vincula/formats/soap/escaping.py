"""Values as XML text and as attributes. What XML cannot hold (control characters, lone surrogates) is dropped."""

from __future__ import annotations

import re

_FORBIDDEN = "\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff"
_DROPPED = re.compile(f"[{_FORBIDDEN}]")
_IN_TEXT = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"}
_IN_ATTRIBUTE = _IN_TEXT | {'"': "&quot;", "\n": "&#10;", "\t": "&#9;"}
# Nearly every value needs nothing done: one search each, and only then the table.
_TEXT_NEEDS = re.compile(f"[&<>\r{_FORBIDDEN}]")
_ATTRIBUTE_NEEDS = re.compile(f'[&<>"\r\n\t{_FORBIDDEN}]')
_TEXT_TABLE = str.maketrans(_IN_TEXT)
_ATTRIBUTE_TABLE = str.maketrans(_IN_ATTRIBUTE)


def text(value: str) -> str:
    """The value as it stands between two tags; a parser gives it back unchanged."""
    if _TEXT_NEEDS.search(value) is None:
        return value
    return _DROPPED.sub("", value).translate(_TEXT_TABLE)


def quoted(value: str) -> str:
    """The value as it stands between the double quotes of an attribute; a parser gives it back unchanged."""
    if _ATTRIBUTE_NEEDS.search(value) is None:
        return value
    return _DROPPED.sub("", value).translate(_ATTRIBUTE_TABLE)
