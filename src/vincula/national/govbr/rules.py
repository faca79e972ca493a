"""What gov.br says of a person, and whom it lets in: pure decisions (access.md, section 5)."""

from __future__ import annotations

LEVELS = {"bronze": "bronze", "silver": "prata", "gold": "ouro"}
ORDER = ("bronze", "prata", "ouro")


def reaches(level: str, wanted: str) -> bool:
    """Whether a level ("" for none) is at least the wanted one."""
    return level in ORDER and ORDER.index(level) >= ORDER.index(wanted)
