"""Panels of the home page: what an app shows there in short, registered from `ready()`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class Panel:
    """`render` returns safe HTML (of a template), or "" when the panel has nothing for this request."""

    key: str
    order: int
    render: Callable[[HttpRequest], str]


_panels: dict[str, Panel] = {}


def register_panel(panel: Panel) -> None:
    """Add a panel; the same key again replaces it."""
    _panels[panel.key] = panel


def rendered(request: HttpRequest) -> list[str]:
    """The panels that have something to show, in order."""
    made = (panel.render(request) for panel in sorted(_panels.values(), key=lambda panel: panel.order))
    return [html for html in made if html]
