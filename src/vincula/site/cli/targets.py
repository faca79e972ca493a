"""Where commands put what they make: one rule for every file or folder that is named to them.

A folder that is missing is made, its owner's only, when there is something to put into it; whether it can be is asked
before the work begins.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from vincula.common.files import whole_file
from vincula.common.outcomes import Refused
from vincula.site.cli.base import F
from vincula.site.cli.output import refuse

MADE = "Pastas que faltem são criadas."


class OutFile(click.Path):
    """The name of a file to write, which need not be there."""

    def __init__(self) -> None:
        super().__init__(dir_okay=False, readable=False, path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if not str(value):
            self.fail("'' is empty", param, ctx)
        if str(value).endswith("/"):
            self.fail(f"{str(value)!r} is a directory", param, ctx)
        return super().convert(value, param, ctx)


def out_file(name: str, metavar: str, words: str, *, required: bool = True) -> Callable[[F], F]:
    """The option that names the file to write."""
    return click.option(name, required=required, type=OutFile(), metavar=metavar, help=f"{words} {MADE}")


def must_take_table(out: Path) -> None:
    """A table is written whole, in place of what has its name: a device or a pipe must not be replaced."""
    must_take(out)
    if out.exists() and not out.is_file():
        refuse(Refused("SAIDA_ESPECIAL", f"{out} não é um arquivo comum.", "Indique o nome de um arquivo."))


def must_take(out: Path) -> None:
    """A file can be put there, or bytes into a device or a pipe."""
    with _refusing(out):
        if not out.exists() or out.is_file():
            _probe(out.absolute().parent)


def must_take_files(folder: Path) -> None:
    """Files can be put into the folder."""
    with _refusing(folder):
        _probe(folder.absolute())


def _probe(folder: Path) -> None:
    while not folder.exists():
        folder = folder.parent
    with tempfile.TemporaryFile(dir=folder):
        pass


@contextmanager
def _refusing(out: Path) -> Iterator[None]:
    """Better to refuse before the work is done than to have nowhere to put its answer."""
    try:
        yield
    except OSError:
        refuse(
            Refused(
                "SAIDA_SEM_ESCRITA",
                f"Não é possível gravar em {str(out)[:200]}.",
                "Confira o caminho, o espaço e as permissões, ou escolha outro lugar.",
            )
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
