"""When a newer archive may say of establishments that they are no longer there. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Absences:
    """`gone`: in the base, not named by the archive; `present`: how many the base had; `allowed` is False where so
    many would go that the archive cannot be the whole base."""

    gone: tuple[str, ...]
    present: int
    allowed: bool


def absences(base: Iterable[str], mentioned: Callable[[str], bool], in_archive: int) -> Absences:
    """Compare the establishments of the base with an archive that has `in_archive` of them.

    One that only a refused row names stays as it is. Not allowed where more than half would go, unless the archive
    has more than twice as many as the base: then it was the base that was a sample. Our rule, as for the register of
    operadoras: the archive does not say whether it is whole.
    """
    gone, present = [], 0
    for cnes in base:
        present += 1
        if not mentioned(cnes):
            gone.append(cnes)
    return Absences(tuple(sorted(gone)), present, 2 * len(gone) <= present or in_archive > 2 * present)
