"""Whether the lines of a bulk look-up walk through consecutive numbers, by the thresholds of single look-ups (`watch`).

In columns, a batch at a time: 5,000 lines cost a few milliseconds, of the quarter of a second that they take. Cards are
held against each other in the order of the lines, as single look-ups are; CPFs sorted as well, for it costs nothing to
shuffle lines. Sorted cards would accuse a plan whose beneficiaries were given their numbers on the same day.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from vincula.formats.fhir import BulkQuery, LineFault
from vincula.national.api.services.watch import RUN, step_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]

CHECK_DIGITS = 100  # the two last digits of a CPF are no step


class Walking:
    """For one request. `kind`: the numbers (CPF, CNS) that were walked through, "" for none so far."""

    def __init__(self) -> None:
        self.kind = ""
        self._last: dict[str, Numbers] = {}

    def take(self, queries: Sequence[BulkQuery | LineFault]) -> None:
        """The lines that follow those taken before."""
        if self.kind:
            return
        asked = [one for one in queries if isinstance(one, BulkQuery)]
        self._follow("CPF", [one.cpf for one in asked if one.cpf])
        self._follow("CNS", [one.cns for one in asked if one.cns])

    def _follow(self, kind: str, numbers: list[str]) -> None:
        if not numbers:
            return
        import numpy as np

        column = np.fromiter(map(int, numbers), np.int64, len(numbers))
        if kind == "CPF":
            column //= CHECK_DIGITS
        if kind in self._last:
            column = np.concatenate((self._last[kind], column))
        self._last[kind] = column[-RUN:]
        step = step_of(kind)
        if _walks(column, step) or (kind == "CPF" and _walks(np.unique(column), step)):
            self.kind = kind


def _walks(column: Numbers, step: int) -> bool:
    """Whether RUN numbers in a row are each a little above or below the one before."""
    import numpy as np

    apart = np.abs(np.diff(column))
    near = np.concatenate(([0], np.cumsum((apart > 0) & (apart <= step))))
    return bool(np.any(near[RUN:] - near[:-RUN] == RUN))
