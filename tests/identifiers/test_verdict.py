"""A verdict says whether a value may be used, and never shows the value itself."""

from __future__ import annotations

import pytest

from vincula.identifiers import Status, Verdict


@pytest.mark.parametrize(
    ("status", "ok", "present", "warned"),
    [
        (Status.ABSENT, True, False, False),
        (Status.VALID, True, True, False),
        (Status.WARNED, True, True, True),
        (Status.INVALID, False, True, False),
    ],
)
def test_only_invalid_is_refused(status: Status, ok: bool, present: bool, warned: bool) -> None:
    verdict = Verdict(status, "x")
    assert (verdict.ok, verdict.present, verdict.warned) == (ok, present, warned)


def test_the_value_never_appears_when_a_verdict_is_printed() -> None:
    assert "11122233396" not in repr(Verdict(Status.INVALID, "11122233396", "CPF.dv", "m", "r"))
