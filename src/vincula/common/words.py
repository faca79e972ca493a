"""Numbers with their nouns, as a Portuguese sentence needs them."""

from __future__ import annotations


def counted(count: int, one: str, many: str) -> str:
    """ "1 arquivo", "1.234 arquivos", "0 arquivos"."""
    return f"{count:,}".replace(",", ".") + f" {one if count == 1 else many}"
