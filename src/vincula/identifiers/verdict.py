"""What the check of an identifier answers: a status and, where something is wrong, why and what to do
next.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum


class Status(Enum):
    """How a value stands against the rule of its identifier."""

    ABSENT = "ausente"
    """Nothing was given: never an error by itself; whether the field is mandatory is another rule's
    business.
    """
    VALID = "válido"
    WARNED = "com aviso"
    """Usable, but something deserves a look (a check digit whose rule is not official, a loose CNS)."""
    INVALID = "inválido"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome of `check`. `rule` is stable, for machines; `message` and `remedy` are Portuguese, for
    people.

    Neither message nor repr holds the value itself, so a verdict may be logged or raised.
    """

    status: Status
    value: str = field(repr=False)
    rule: str = ""
    message: str = ""
    remedy: str = ""

    @property
    def ok(self) -> bool:
        """Nothing stands against using the value: VALID, WARNED or ABSENT. Only INVALID is refused."""
        return self.status is not Status.INVALID

    @property
    def present(self) -> bool:
        """Something was given, right or wrong."""
        return self.status is not Status.ABSENT

    @property
    def warned(self) -> bool:
        """Usable, with a message that the user should see."""
        return self.status is Status.WARNED
