"""What the demo world is made of, written down before anything is built, so that a killed build goes on
with the same.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from vincula.common import config
from vincula.common.files import write_private

SEED = 1988
POPULATION = 4_000  # people of the reference bases
ENROLLED = 3_000  # the first of them, who are beneficiaries
NEWCOMERS = 60  # the next, who join an operadora in the open competência
# Families of ten that each operadora covers (the last digit of the family's number), and its share of
# mistakes.
SHARES = {
    "999997": (frozenset(range(5)), 0.30),
    "999903": (frozenset((5, 6, 7)), 0.35),
    "000001": (frozenset((8, 9)), 0.20),
}


@dataclass(frozen=True, slots=True)
class Plan:
    """`months`: the two competências that are closed, and the open one (AAAAMM); `begun`: ISO moment, local
    time.
    """

    months: tuple[int, int, int]
    begun: str
    done: bool = False

    def moment(self, index: int) -> dt.datetime:
        """When the files of a competência say that they were made: the 10th of the month; of the open one,
        at the beginning of the build.
        """
        if index == 2:
            return dt.datetime.fromisoformat(self.begun)
        return dt.datetime(self.months[index] // 100, self.months[index] % 100, 10, 9, 30)  # noqa: DTZ001 - a label


def folder() -> Path:
    """Where the plan and the accesses lie."""
    return config.load().folder("demonstracao")


def new(open_month: int) -> Plan:
    """A plan for a demo whose open competência is this one (AAAAMM)."""
    last = _before(open_month)
    begun = dt.datetime.now().replace(microsecond=0) - dt.timedelta(minutes=10)  # noqa: DTZ005 - a label
    return Plan((_before(last), last, open_month), begun.isoformat())


def _before(month: int) -> int:
    return month - 1 if month % 100 > 1 else month - 89


def load() -> Plan | None:
    """The plan written down, if any."""
    path = folder() / "plano.json"
    if not path.exists():
        return None
    kept = json.loads(path.read_text())
    first, second, third = kept["months"]
    return Plan((first, second, third), kept["begun"], kept["done"])


def save(plan: Plan) -> Plan:
    """Write the plan down."""
    write_private(folder() / "plano.json", json.dumps(asdict(plan)).encode())
    return plan


def finish(plan: Plan) -> Plan:
    """Write down that all of it was built."""
    return save(replace(plan, done=True))
