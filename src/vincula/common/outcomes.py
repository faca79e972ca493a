"""What a decision answers. A refusal always says why and what to do next, in Portuguese (design, section 1)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Accepted(Generic[T]):
    """The decision was yes; `value` is what came of it."""

    value: T


@dataclass(frozen=True, slots=True)
class Refused:
    """The decision was no.

    `code` is stable, upper case, for machines; `message` says why and `remedy` what to do next, both in
    Portuguese for the person who asked. `details` holds figures that a machine may want (never personal data).
    """

    code: str
    message: str
    remedy: str
    details: dict[str, Any] = field(default_factory=dict)

    def as_text(self) -> str:
        """One paragraph for a screen or for standard error."""
        return f"{self.message} {self.remedy}".strip()


class RefusedError(Exception):
    """Carries a `Refused` out of a depth where returning it would obscure the way; caught at the edges."""

    def __init__(self, refused: Refused) -> None:
        super().__init__(refused.code)
        self.refused = refused


Outcome = Accepted[T] | Refused
