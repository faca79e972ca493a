"""The values of a message, between its XML and what it means: names of the table down to texts."""

from __future__ import annotations

from typing import TypeAlias

Value: TypeAlias = "str | Values | list[Values]"
Values: TypeAlias = "dict[str, Value]"


def leaf(values: Values, *path: str) -> str:
    """The text at the end of the path; "" where there is none."""
    here: Value = values
    for name in path:
        here = here.get(name, "") if isinstance(here, dict) else ""
    return here if isinstance(here, str) else ""


def branch(values: Values, *path: str) -> Values:
    """The part at the end of the path; empty where there is none."""
    here: Value = values
    for name in path:
        here = here.get(name, "") if isinstance(here, dict) else ""
    return here if isinstance(here, dict) else {}


def branches(values: Values, *path: str) -> list[Values]:
    """The repeated parts at the end of the path."""
    here = branch(values, *path[:-1]).get(path[-1])
    return here if isinstance(here, list) else []


def holds(values: Values, path: tuple[str, ...]) -> bool:
    """Whether the message has the element, be it empty."""
    return path[-1] in branch(values, *path[:-1])


def put(values: Values, path: tuple[str, ...], value: Value) -> None:
    """Set what is at the end of the path; what is on the way is made."""
    for name in path[:-1]:
        inner = values.setdefault(name, {})
        assert isinstance(inner, dict)
        values = inner
    values[path[-1]] = value


def blank(value: Value) -> bool:
    """Whether there is no text in it at all."""
    if isinstance(value, str):
        return not value
    return all(blank(one) for one in (value.values() if isinstance(value, dict) else value))
