"""What the tests of the command look at: what it said, and with which status."""

from __future__ import annotations

import re
from pathlib import Path

import click

from tests.faults.stage import Ended
from tests.faults.story import Story
from vincula.site.cli.main import cli


def commands(group: click.Group, path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    found = [path]
    for name, command in group.commands.items():
        found += commands(command, (*path, name)) if isinstance(command, click.Group) else [(*path, name)]
    return found


ALL = commands(cli)
ENGLISH = re.compile(
    r"\b(Usage|Options|Commands|Arguments|Show this|default|required|Error|Missing|Invalid|the|and|file|does not)\b"
)


def refused(ended: Ended, code: str = "") -> None:
    """Status 1, the reason and what to do on standard error, nothing on standard output."""
    assert ended.status == 1, ended
    assert ended.out == ""
    assert f"Recusado ({code}" in ended.err
    assert "O que fazer: " in ended.err
    assert "Traceback" not in ended.err


def wrongly_used(ended: Ended, *words: str) -> None:
    assert ended.status == 2, ended
    assert ended.out == ""
    assert "Uso: " in ended.err or "Veja vincula --help." in ended.err
    for word in words:
        assert word in ended.err
    assert not ENGLISH.search(ended.err), ended.err


def copy_of(told: Story, target: Path) -> Path:
    """A file that nobody has sent yet: the first one of the story, and a byte more."""
    target.write_bytes(Path(told.steps["primeiro"].argv[2]).read_bytes() + b"\n")
    return target
