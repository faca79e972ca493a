"""What a value of the CadSUS schemas may be: one description for reading, for writing and for the XSD."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from vincula.people.demographics import is_date
from vincula.people.folding import without_accents

_CUT = 50  # a text that loses its tail still says something; a shorter one is a code, and half a code is another code
_DAY = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:T([0-9]{2}:[0-9]{2}:[0-9]{2})(?:\.[0-9]+)?)?(?:Z|[+-][0-9]{2}:[0-9]{2})?"
)
_TIME = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]")
_INTEGER = re.compile(r"[+-]?[0-9]{1,18}")
_BASE64 = re.compile(r"[A-Za-z0-9+/=\s]*")
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BOOLEANS = {"true": "true", "1": "true", "false": "false", "0": "false"}


@dataclass(frozen=True, slots=True)
class Simple:
    """A simple type. `base`: as XML Schema names it. `low`, `high`: of a string its length, of a number its value.

    `pattern` means the same to XML Schema and to Python: classes and repetitions only.
    """

    base: str = "string"
    low: int | None = None
    high: int | None = None
    pattern: str = ""
    values: tuple[str, ...] = ()


def text(low: int, high: int | None) -> Simple:
    """Any text of that length."""
    return Simple("string", low, high)


def digits(low: int, high: int, *, leading_zero: bool = True) -> Simple:
    """A number that is a name: digits only."""
    return Simple("string", low, high, "[0-9]*" if leading_zero else "[1-9][0-9]*")


def marks(low: int, high: int, allowed: str) -> Simple:
    """A text of some characters only: `allowed` is the inside of a character class."""
    return Simple("string", low, high, f"[{allowed}]*")


def code(*values: str) -> Simple:
    """One of a closed list."""
    return Simple("string", values=values)


def number(low: int, high: int, base: str = "int") -> Simple:
    """A whole number."""
    return Simple(base, low, high)


STRING = Simple()
INT = number(-(2**31), 2**31 - 1)
DATE = Simple("date")
MOMENT = Simple("dateTime")
BOOLEAN = Simple("boolean")
BYTES = Simple("base64Binary")


def read(kind: Simple, written: str) -> str | None:
    """The value in its one form, or None where it is not of that kind.

    More is read than the XSD allows: a date with a zone or a time, as some client stacks write it, counts by its day.
    Dates come back as `AAAA-MM-DD`, moments as `AAAA-MM-DDTHH:MM:SS` (the zone as sent is dropped), booleans as
    true or false, numbers without leading zeros.
    """
    value = written.strip()
    if kind.base == "string":
        return value if _is_text(kind, value) else None
    if kind.base in ("date", "dateTime"):
        return _day(kind, value)
    if kind.base == "boolean":
        return _BOOLEANS.get(value)
    if kind.base == "base64Binary":
        return value if _BASE64.fullmatch(value) else None
    if not _INTEGER.fullmatch(value):
        return None
    amount = int(value)
    within = (kind.low is None or amount >= kind.low) and (kind.high is None or amount <= kind.high)
    return str(amount) if within else None


def fitted(kind: Simple, value: str) -> str:
    """The value as this kind can hold it, "" where it cannot: an answer never breaks its own schema.

    A long text loses its tail, a number its leading zeros where the schema forbids them, a certidão's text its accents
    and lower case; else the value is left out.
    """
    if not value.isprintable():  # nearly every value is, and needs no search
        value = _NO_XML.sub("", value)
    value = value.strip()
    if not value:
        return ""
    return read(kind, value) or next((held for one in _forms(kind, value) if (held := read(kind, one))), "")


def describe(kind: Simple) -> str:
    """The kind in words, for who has to correct a message."""
    if kind.values:
        return f"um de: {', '.join(kind.values)}"
    words = {
        "date": "data AAAA-MM-DD",
        "dateTime": "data e hora AAAA-MM-DDTHH:MM:SS",
        "boolean": "true ou false",
        "base64Binary": "base64",
    }.get(kind.base)
    if words:
        return words
    if kind.base != "string":
        return f"número inteiro de {kind.low} a {kind.high}"
    return f"{_length(kind)} {_characters(kind.pattern)}"


def _is_text(kind: Simple, value: str) -> bool:
    if kind.values and value not in kind.values:
        return False
    if len(value) < (kind.low or 0) or (kind.high is not None and len(value) > kind.high):
        return False
    return not kind.pattern or _compiled(kind.pattern).fullmatch(value) is not None


def _day(kind: Simple, value: str) -> str | None:
    parts = _DAY.fullmatch(value)
    if parts is None or not is_date(parts[1]):
        return None
    if kind.base == "date":
        return parts[1]
    time = parts[2] or "00:00:00"
    return f"{parts[1]}T{time}" if _TIME.fullmatch(time) else None


def _forms(kind: Simple, value: str) -> Iterator[str]:
    """What else could be held of a value that is not of its kind as it stands."""
    if kind.base != "string":
        return
    if kind.pattern.startswith("[1-9]"):
        yield value.lstrip("0")
    elif "A-Z" in kind.pattern:
        plain = without_accents(value).upper()
        yield plain
        yield plain.replace(" ", "-")
    elif not kind.pattern and kind.high is not None and kind.high >= _CUT:
        yield value[: kind.high].rstrip()


def _length(kind: Simple) -> str:
    low, high = kind.low or 0, kind.high
    if low == high:
        return str(low)
    return "só" if high is None else f"até {high}" if low == 0 else f"de {low} a {high}"


def _characters(pattern: str) -> str:
    if pattern == "[0-9]*":
        return "dígitos"
    if pattern == "[1-9][0-9]*":
        return "dígitos, o primeiro diferente de 0"
    return "letras maiúsculas sem acento, dígitos ou hífen" if "A-Z" in pattern else "caracteres"


@lru_cache(maxsize=64)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.ASCII)
