"""What every command that touches the base does first."""

from __future__ import annotations

import getpass
import os
from collections.abc import Callable
from typing import Any, TypeVar

import click

from vincula.site import ready
from vincula.site.cli.output import Manner

F = TypeVar("F", bound=Callable[..., Any])


def open_base() -> None:
    """Load Django and bring the base to the current schema (an empty one is made)."""
    ready.setup()
    ready.prepare()


def actor() -> str:
    """Who runs the command, for the audit."""
    try:
        return f"cli:{getpass.getuser()}"
    except (KeyError, OSError):
        return f"cli:{os.getuid()}"


def json_option(function: F) -> F:
    """`--json`: every answer and every refusal of the command, from the first step on."""
    return click.option(
        "--json",
        is_flag=True,
        expose_value=False,
        is_eager=True,
        callback=_answer_in_json,
        help="Responde em JSON, para programas.",
    )(function)


def _answer_in_json(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted and isinstance(context.obj, Manner):
        context.obj.json = True
