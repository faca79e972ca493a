"""Killed at any instant, several times over, drawn over the whole duration of the command; then run to its end."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import time
from typing import Any

import pytest

from tests.faults.story import Step, Story

pytestmark = pytest.mark.django_db
STEPS = ("cadop", "receita", "cadsus", "primeiro", "segundo", "errado", "close", "cnx")
SAMPLE = {("cadsus", 0), ("primeiro", 0), ("segundo", 0), ("close", 0), ("cnx", 0)}


def _series(times: int) -> list[Any]:
    """(step, seed); but the sample of `make test` they are of the long suite."""
    return [
        pytest.param(name, seed, marks=() if (name, seed) in SAMPLE else pytest.mark.long)
        for seed in range(times)
        for name in STEPS
    ]


@pytest.mark.parametrize(("name", "seed"), _series(5))
def test_killed_at_any_instant_of_its_work_and_again_it_gets_there(
    story: Story, name: str, seed: int
) -> None:
    """The process is a fork that has everything imported, so that most instants fall into the work itself."""
    step, chance = story.set_before(name), random.Random(f"{name}{seed}")
    said = ""
    for _ in range(3):
        ended = story.stage.killed_after(chance.uniform(0.02, 1.1 * step.seconds), *step.argv)
        said += ended.err
        assert ended.killed or ended.status in (step.status, 1), ended
    _run_to_the_end(story, step, said)


def _run_to_the_end(story: Story, step: Step, said: str) -> None:
    again = story.again(step)
    assert "Traceback" not in said + again.err
    assert "Erro inesperado" not in said + again.err
    assert "não respondeu como devia" not in said + again.err


@pytest.mark.parametrize(
    ("name", "seed"),
    [
        pytest.param("primeiro", 0),
        *(pytest.param(name, seed, marks=pytest.mark.long) for name in STEPS for seed in (1, 2)),
    ],
)
def test_the_installed_command_killed_at_any_instant_from_the_start_of_python_on(
    story: Story, name: str, seed: int
) -> None:
    step, chance = story.set_before(name), random.Random(f"comando {name}{seed}")
    began = time.monotonic()
    story.stage.command("cns", "check", "1").communicate(timeout=60)
    start = time.monotonic() - began
    said = ""
    for _ in range(2):
        process = story.stage.command(*step.argv)
        time.sleep(chance.uniform(0.8 * start, start + 1.5 * step.seconds))
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        said += process.communicate(timeout=60)[1]
    _run_to_the_end(story, step, said)


@pytest.mark.parametrize("seed", [0, *(pytest.param(n, marks=pytest.mark.long) for n in range(1, 6))])
def test_killed_while_the_base_is_being_made_it_is_made_by_the_next(story: Story, seed: int) -> None:
    """From nothing at all: schemas, migrations, the secret key, the first load."""
    chance = random.Random(f"base {seed}")
    story.stage.empty()
    for _ in range(3):
        story.stage.killed_after(chance.uniform(0.02, 2.5), *story.steps["cadop"].argv)
    story.again(story.steps["cadop"])
