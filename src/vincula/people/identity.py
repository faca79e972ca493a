"""The key under which two civil names are identical: one at a time, and for whole columns.

"Identical" (R091, R092): the same civil name up to case, accents, spacing and what an SBX cannot carry
(hyphen as space, full stop dropped, both cut at 70); nothing looser. The apostrophe is carried, so it
counts; its typographic forms fold to '. No conversion of RN002 takes part.
"""

from __future__ import annotations

from collections.abc import Sequence

from .folding import KEY_TABLE, without_accents

MAX_LENGTH = 70
"""Characters of a name in an SBX and in CadSUS."""


def identity_key(name: str) -> str:
    """The key of a civil name; "" for a blank one. Never raises; the key of a key is itself.

    In this order: accents dropped, upper case, apostrophes to ', dashes to a space, full stops dropped,
    white space collapsed and trimmed, cut at 70 characters, trimmed again.
    """
    return whole_key(name)[:MAX_LENGTH].rstrip(" ")


def whole_key(name: str) -> str:
    """The key before it is cut at 70: tells whether two names are identical only because of the cut."""
    return " ".join(without_accents(name).upper().translate(KEY_TABLE).split())


def identity_keys(names: Sequence[str]) -> list[str]:
    """`identity_key` of each name, in their order: 100,000 in some tens of milliseconds.

    Names whose characters fit ISO-8859-1 (all of an SBX) go together through one byte table; a name that
    does not fit, or that holds a character whose upper case leaves ISO-8859-1 or is two letters, is keyed
    alone.
    """
    try:
        buffer = "\n".join(names).encode("iso-8859-1")
    except UnicodeEncodeError:
        return _keys_with_odd_names(names)
    if buffer.count(b"\n") != max(len(names) - 1, 0) or any(code in buffer for code in _ODD_BYTES):
        return _keys_with_odd_names(names)
    return _keys_of_buffer(buffer) if names else []


def _keys_with_odd_names(names: Sequence[str]) -> list[str]:
    """Keys the names that do not fit the byte table one by one and the others together."""
    odd = {index: identity_key(name) for index, name in enumerate(names) if not _fits(name)}
    keys = _keys_of_buffer(
        "\n".join("" if index in odd else name for index, name in enumerate(names)).encode("iso-8859-1")
    )
    for index, key in odd.items():
        keys[index] = key
    return keys


def _fits(name: str) -> bool:
    if name.isascii():
        return "\n" not in name
    return max(name) <= "\xff" and not any(character in name for character in _ODD)


def _keys_of_buffer(buffer: bytes) -> list[str]:
    """The keys of names joined by line feeds, of which none holds one."""
    folded = buffer.translate(_TABLE, b".").strip(b" ")
    while b"  " in folded:
        folded = folded.replace(b"  ", b" ")
    folded = folded.replace(b" \n", b"\n").replace(b"\n ", b"\n")
    keys = folded.decode("iso-8859-1").split("\n")
    return [key if len(key) <= MAX_LENGTH else key[:MAX_LENGTH].rstrip(" ") for key in keys]


def _byte_of(code: int) -> int | None:
    """What the byte becomes in the table; None where that is not exactly one byte of ISO-8859-1."""
    character = chr(code)
    if character in "\n.":
        return code  # the separator stays, the full stop is deleted by `translate`
    if character.isspace():
        return ord(" ")
    folded = without_accents(character).upper().translate(KEY_TABLE)
    return ord(folded) if len(folded) == 1 and folded <= "\xff" else None


_BYTES = [_byte_of(code) for code in range(256)]
_TABLE = bytes(0 if byte is None else byte for byte in _BYTES)
_ODD = "\n" + "".join(chr(code) for code, byte in enumerate(_BYTES) if byte is None)
_ODD_BYTES = [character.encode("iso-8859-1") for character in _ODD[1:]]
