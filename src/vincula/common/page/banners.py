"""What stands on top of pages it concerns (a service that stands still): registered by apps from `ready()`."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.utils.module_loading import import_string

Render = Callable[[HttpRequest], str]

_banners: dict[str, str] = {}


def register_banner(key: str, render: str) -> None:
    """`render`: a Render given as "package.module.function", so that a command that shows no page imports nothing. It
    returns safe HTML (of a template), or "" where it has nothing for this request; the same key again replaces it."""
    _banners[key] = render


def rendered_banners(request: HttpRequest) -> list[str]:
    """Those that have something to show."""
    renders: list[Render] = [import_string(place) for place in _banners.values()]
    return [html for render in renders if (html := render(request))]
