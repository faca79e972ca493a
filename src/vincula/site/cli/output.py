"""How commands answer: text or JSON on standard output; refusals, warnings and progress on standard error."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

from vincula.common.files import whole_file
from vincula.common.outcomes import Accepted, Outcome, Refused

T = TypeVar("T")
errors = Console(stderr=True, highlight=False, soft_wrap=True)


def say(text: str) -> None:
    """A line for the person who asked."""
    click.echo(text)


def note(text: str) -> None:
    """Something beside the answer: on standard error, so that a pipe gets only the answer. Nobody need be listening."""
    with suppress(OSError, ValueError):
        click.echo(text, err=True)


def answer_json(value: Any) -> None:
    """The answer for a program."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))


def refuse(refused: Refused, *, as_json: bool = False) -> NoReturn:
    """Say no, and end with status 1."""
    if as_json:
        answer_json(
            {
                "recusado": refused.code,
                "mensagem": refused.message,
                "remedio": refused.remedy,
                "detalhes": refused.details,
            }
        )
    note(f"Recusado ({refused.code}): {refused.message}")
    if refused.remedy:
        note(f"O que fazer: {refused.remedy}")
    sys.exit(1)


def accepted(outcome: Outcome[T], *, as_json: bool = False) -> T:
    """The value of an accepted outcome; a refusal ends the command."""
    if isinstance(outcome, Refused):
        refuse(outcome, as_json=as_json)
    assert isinstance(outcome, Accepted)
    return outcome.value


def must_be_a_file(out: Path, *, as_json: bool = False) -> None:
    """What is written whole replaces what has its name: a device or a pipe must not be replaced."""
    if out.exists() and not out.is_file():
        refuse(
            Refused("SAIDA_ESPECIAL", f"{out} não é um arquivo comum.", "Indique o nome de um arquivo."),
            as_json=as_json,
        )


def deliver(source: Path, target: Path) -> None:
    """Copy a file of ours to where it was asked for: whole or not at all, its owner's only; into a device or a pipe
    (/dev/stdout) as it comes. Raises OSError."""
    with source.open("rb") as content:
        if target.exists() and not target.is_file():
            with target.open("wb") as device:
                shutil.copyfileobj(content, device)
        else:
            with whole_file(target.absolute()) as out:
                shutil.copyfileobj(content, out)


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
