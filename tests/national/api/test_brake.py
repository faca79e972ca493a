"""Wrong passwords are waited for longer and longer, by who sent them."""

from __future__ import annotations

import pytest

from tests.national.api.clock import Clock
from vincula.national.api.services import brake
from vincula.national.api.services.brake import Brake


@pytest.mark.parametrize(("wrong", "wait"), [(0, 0), (4, 0), (5, 2), (6, 3), (7, 5), (11, 61), (40, 61)])
def test_how_long(clock: Clock, wrong: int, wait: int) -> None:
    held = Brake()
    begun = [held.wrong("sistema", "10.0.0.1") for _ in range(wrong)]
    assert held.wait("sistema", "10.0.0.1") == wait
    assert begun.count(True) == (wrong >= 5)


def test_nobody_locks_another_out(clock: Clock) -> None:
    held = Brake()
    for _ in range(19):
        held.wrong("sistema", "10.0.0.1")
    assert held.wait("sistema", "10.0.0.2") == 0
    assert held.wait("outro", "10.0.0.1") == 0
    held.wrong("sistema", "10.0.0.1")
    assert held.wait("outro", "10.0.0.1") > 0


def test_it_ends(clock: Clock) -> None:
    held = Brake()
    for _ in range(8):
        held.wrong("sistema", "a")
    clock.now += 61
    assert held.wait("sistema", "a") == 0
    held.right("sistema", "a")
    assert not held.wrong("sistema", "a")
    assert held.wait("sistema", "a") == 0
    for _ in range(8):
        held.wrong("sistema", "a")
    clock.now += brake.FORGOTTEN + 1
    assert held.wait("sistema", "a") == 0


def test_memory_has_a_bound(clock: Clock) -> None:
    held = Brake()
    for number in range(brake.REMEMBERED + 100):
        held.wrong(str(number), str(number))
    assert len(held._wrong) <= brake.REMEMBERED
