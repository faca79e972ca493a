"""How often, and what looks like trying numbers out (access.md, L6)."""

from __future__ import annotations

import pytest

from tests.national.api.clock import Clock
from vincula.national.api.services import watch
from vincula.national.api.services.limits import Limiter
from vincula.national.api.services.watch import Watch


@pytest.mark.parametrize(
    ("limit", "at_once"), [(60, 10), (6_000, 1_000), (6, 1), (1, 1), (10_000_000, 1_666_666)]
)
def test_ten_seconds_of_the_rate_at_once_and_then_the_rate(clock: Clock, limit: int, at_once: int) -> None:
    limiter = Limiter()
    first = limiter.take("a", limit, cost=at_once)
    assert first.wait == 0
    assert first.remaining == 0
    over = limiter.take("a", limit, cost=1 if at_once < 1_000_000 else 10)
    assert over.wait >= 1
    assert over.remaining == 0
    assert limiter.take("b", limit).wait == 0
    clock.now += 60 / limit + 1e-6 if at_once < 1_000_000 else 1
    assert limiter.take("a", limit).wait == 0


def test_what_is_left_and_when_it_is_full_again(clock: Clock) -> None:
    limiter = Limiter()
    assert limiter.take("a", 60).headers() == [
        ("ratelimit-limit", "60"), ("ratelimit-remaining", "9"), ("ratelimit-reset", "1"),
    ]  # fmt: skip
    for _ in range(9):
        last = limiter.take("a", 60)
    assert (last.remaining, last.reset) == (0, 10)
    assert limiter.take("a", 60).wait == 1
    clock.now += 100
    assert limiter.take("a", 60).remaining == 9


CASES = {
    # numbers asked, whether found, the alert expected
    "consecutive CPFs": ([f"{700_000_000 + n:09d}00" for n in range(30)], True, "NUMEROS_SEGUIDOS"),
    "downwards": ([f"{700_000_000 - n:09d}00" for n in range(30)], True, "NUMEROS_SEGUIDOS"),
    "a step of ten": ([f"{700_000_000 + 10 * n:09d}00" for n in range(30)], True, "NUMEROS_SEGUIDOS"),
    "far apart": ([f"{(700_000_000 + 7919 * n) % 10**9:09d}00" for n in range(300)], True, ""),
    "the same person again and again": (["70000000000"] * 300, True, ""),
    "nobody found": (
        [f"{(100_000_000 + 7919 * n) % 10**9:09d}00" for n in range(250)],
        False,
        "MUITOS_ERROS",
    ),
    "what is no number": (["x"] * 50, True, ""),
}


@pytest.mark.parametrize("case", CASES)
def test_what_raises_an_alert(clock: Clock, case: str) -> None:
    numbers, found, expected = CASES[case]
    seen = Watch()
    findings = [one for one in (seen.note("a", "CPF", number, found) for number in numbers) if one]
    assert [kind for kind, _ in findings] == ([expected] if expected else [])
    assert not any(number in str(findings) for number in numbers if len(number) > 2)


def test_a_window_ends(clock: Clock) -> None:
    seen = Watch()
    for n in range(watch.MISSES - 1):
        assert seen.note("a", "CPF", f"{7919 * n % 10**9:09d}00", found=False) is None
    clock.now += watch.WINDOW + 1
    assert seen.note("a", "CPF", "12345678900", found=False) is None


def test_misses_that_become_the_greater_part_only_later_raise_their_alert(clock: Clock) -> None:
    """Who mixes in numbers that he knows is not safe for the rest of the window; and it is told once."""
    seen = Watch()

    def ask(times: int, found: bool) -> list[str]:
        told = [seen.note("a", "CPF", f"{n * 7919 % 10**9:09d}00", found=found) for n in range(1, times + 1)]
        return [one[0] for one in told if one]

    assert ask(watch.MISSES + 50, found=True) == []
    assert ask(watch.MISSES, found=False) == []
    assert ask(300, found=False) == ["MUITOS_ERROS"]
    clock.now += watch.WINDOW + 1
    assert ask(watch.MISSES, found=False) == ["MUITOS_ERROS"]


def test_refusals_over_the_limit_and_hidden_persons(clock: Clock) -> None:
    seen = Watch()
    assert [seen.refused("a") for _ in range(watch.REFUSALS)][-1] is not None
    assert [bool(seen.restricted("a")) for _ in range(4)] == [False, False, True, False]
