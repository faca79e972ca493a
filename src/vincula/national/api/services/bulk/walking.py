"""Whether the lines of a bulk look-up walk through consecutive numbers, by the thresholds of single look-ups (`watch`).

In columns, a batch at a time: 5,000 lines cost a few milliseconds, of the quarter of a second that they take. Cards are
held against each other in the order of the lines, as single look-ups are; CPFs sorted, for it costs nothing to
shuffle lines, nor to send them in many small files: the last ones of a credential are carried on (`trail`). Sorted
cards would accuse a plan whose beneficiaries were given their numbers on the same day.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from vincula.formats.fhir import BulkQuery, LineFault
from vincula.national.api.services.watch import RUN, step_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]

CHECK_DIGITS = 100  # the two last digits of a CPF are no step
KEPT = {"CPF": 2_000, "CNS": RUN}
"""The last numbers that those which follow are held against; 16 KB for a credential."""


class Walking:
    """For one request. `kind`: the numbers (CPF, CNS) that were walked through, "" for none so far. `last`: the numbers
    asked last, by kind, with which the next request of the credential begins."""

    def __init__(self, last: Mapping[str, Numbers] | None = None) -> None:
        self.kind = ""
        self.last = dict(last or {})
        self._before = dict(self.last)

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
        elif kind in self._before:  # who sends the same few again and again walks nowhere
            column = column[~np.isin(column, self._before[kind])]
        if kind in self.last:
            column = np.concatenate((self.last[kind], column))
        self.last[kind] = column[-KEPT[kind] :].copy()  # a view would keep the whole batch
        if _walks(np.unique(column) if kind == "CPF" else column, step_of(kind)):
            self.kind = kind


def _walks(column: Numbers, step: int) -> bool:
    """Whether RUN numbers in a row are each a little above or below the one before."""
    import numpy as np

    apart = np.abs(np.diff(column))
    near = np.concatenate(([0], np.cumsum((apart > 0) & (apart <= step))))
    return bool(np.any(near[RUN:] - near[:-RUN] == RUN))
