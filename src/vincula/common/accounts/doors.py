"""Ways in and out besides CPF and password, of rooms above this one: each registers from its `ready()`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest

from vincula.common.accounts.entry import Entry

Departure = Callable[[HttpRequest, Entry], str]


@dataclass(frozen=True, slots=True)
class Door:
    """A way in on the login page: the template of its button (which gets `next`), shown while `open_now()`."""

    name: str
    template: str
    open_now: Callable[[], bool]


_doors: dict[str, Door] = {}
_departures: dict[str, Departure] = {}


def register_door(door: Door) -> None:
    """Show the door on the login page; one of the same name takes its place."""
    _doors[door.name] = door


def doors() -> list[Door]:
    """Those that are open, by name."""
    return [_doors[name] for name in sorted(_doors) if _doors[name].open_now()]


def register_departure(name: str, departure: Departure) -> None:
    """Who leaves is asked about here, just before the session ends: the path of this site to go on to, or ""."""
    _departures[name] = departure


def onward(request: HttpRequest, entry: Entry | None) -> str:
    """Where to go on to when the session that came in by `entry` is over: a path of this site, or ""."""
    if entry is None:
        return ""
    return next((path for leave in _departures.values() if (path := leave(request, entry))), "")
