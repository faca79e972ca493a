"""What a file that is no table in text is, by its beginning: told so, and not that a column is missing."""

from __future__ import annotations

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE

from vincula.common.outcomes import Refused
from vincula.formats.sib.kinds import SIGNATURES

LOOKED_AT = 4_096  # bytes
_REMEDY = (
    "Indique um CSV: descompacte o que está compactado; uma planilha, também .xlsx, salve-a como CSV UTF-8."
)
_CONTROL = re.compile(rb"[\0-\x08\x0e-\x1f]")


def foreign(name: str, start: bytes) -> Refused | None:
    """Why a file that begins so cannot be a CSV, if so. `start` is its unpacked beginning."""
    if start.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) or _is_utf16(start):
        return Refused(
            "CODIFICACAO",
            f"O arquivo {name} está em UTF-16.",
            "Salve-o como CSV UTF-8 (ou ISO-8859-1) e repita.",
        )
    what = _kind(start.decode("iso-8859-1"))
    if what is None and start.removeprefix(BOM_UTF8).lstrip().startswith(b"<"):
        what = "uma página da web ou um XML"
    if what is not None:
        return Refused("FORMATO", f"O arquivo {name} é {what}, e não um CSV.", _REMEDY)
    if _CONTROL.search(start.split(b"\n", 1)[0]):
        return Refused(
            "FORMATO", f"O arquivo {name} começa com bytes que não são de texto: não é um CSV.", _REMEDY
        )
    return None


def _kind(text: str) -> str | None:
    return next((what for signature, what, _ in SIGNATURES if text.startswith(signature)), None)


def _is_utf16(start: bytes) -> bool:
    """Without a mark: plain letters, each with a null byte before or after it."""
    pairs = start[: len(start) & ~1]
    return len(pairs) >= 8 and any(
        not any(pairs[nulls::2]) and all(pairs[1 - nulls :: 2]) and pairs[1 - nulls :: 2].isascii()
        for nulls in (0, 1)
    )
