"""How commands answer: text or JSON on standard output; refusals, warnings and progress on standard error."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from typing import Any, NoReturn, TypeVar

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

from vincula.common.outcomes import Accepted, Outcome, Refused

T = TypeVar("T")
_STEERING = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
errors = Console(stderr=True, highlight=False, soft_wrap=True)


def say(text: str) -> None:
    """A line for the person who asked."""
    click.echo(_harmless(text))


def _harmless(text: str) -> str:
    """What a file or its name brings along must not steer the terminal."""
    return text if text.isprintable() else _STEERING.sub("?", text)


def note(text: str) -> None:
    """Something beside the answer: on standard error, so that a pipe gets only the answer. Nobody need be listening."""
    with suppress(OSError, ValueError):
        click.echo(_harmless(text), err=True)


@dataclass(slots=True)
class Manner:
    """How the command answers: for people, or in JSON. The whole command line has one, in its click context."""

    json: bool = False


def in_json() -> bool:
    """Whether the command that runs was asked for JSON."""
    manner = click.get_current_context().obj
    return isinstance(manner, Manner) and manner.json


def answer(for_programs: Any, *for_people: str) -> None:
    """What the command has to say, in the form that was asked for."""
    if in_json():
        answer_json(for_programs)
    else:
        for line in for_people:
            say(line)


def answer_json(value: Any) -> None:
    """The answer for a program. JSON is UTF-8, or else ASCII, whatever the terminal's encoding."""
    is_utf8 = getattr(sys.stdout, "encoding", "").lower().replace("-", "") == "utf8"
    click.echo(json.dumps(value, ensure_ascii=not is_utf8, indent=2, default=_plain))


def _plain(value: object) -> str:
    """Moments and days as ISO 8601 writes them."""
    return value.isoformat() if isinstance(value, date) else str(value)


def refuse(refused: Refused, *, answered: bool = False) -> NoReturn:
    """Say no, and end with status 1. `answered`: the answer already says it, and stands."""
    tell_refusal(refused, as_json=in_json() and not answered)
    sys.exit(1)


def tell_refusal(refused: Refused, *, as_json: bool) -> None:
    """The reason and what to do, on standard error; as JSON on standard output too."""
    note(f"Recusado ({refused.code}): {refused.message}")
    if refused.remedy:
        note(f"O que fazer: {refused.remedy}")
    if as_json:
        answer_json(
            {
                "recusado": refused.code,
                "mensagem": refused.message,
                "remedio": refused.remedy,
                "detalhes": refused.details,
            }
        )


def accepted(outcome: Outcome[T]) -> T:
    """The value of an accepted outcome; a refusal ends the command."""
    if isinstance(outcome, Refused):
        refuse(outcome)
    assert isinstance(outcome, Accepted)
    return outcome.value


class Bar:
    """A progress bar whose unit, size and words the work itself tells."""

    def __init__(self, progress: Progress, words: str) -> None:
        self._progress = progress
        self._task = progress.add_task(words, total=None)

    def __call__(self, done: int, total: int = 0, words: str = "") -> None:
        fields: dict[str, Any] = {"completed": done, "total": total or None}
        if words:
            fields["description"] = words
        self._progress.update(self._task, **fields)


@contextmanager
def progress(words: str) -> Iterator[Bar]:
    """A bar on standard error while the block runs; nothing at all when nobody watches."""
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeElapsedColumn(),
        console=errors,
        transient=True,
        disable=not errors.is_terminal,
    )
    with bar:
        yield Bar(bar, words)
