"""How a page is looked at: by axe, wide and narrow, and with a phone's eyes."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page

Axe = Callable[[Page], None]
WIDE = {"width": 1280, "height": 900}


def look_over(page: Page, axe: Axe, path: str) -> None:
    """No violation, wide and narrow, and nothing on a phone that scrolls sideways, neither the page nor a table."""
    answer = page.goto(path)
    assert answer is not None
    assert answer.status == 200, path
    axe(page)
    for width in (320, 360):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, (path, width)
        wide = page.locator(".responsive").evaluate_all(
            "all => all.filter(e => e.scrollWidth > e.clientWidth).length"
        )
        assert wide == 0, (path, width)
    axe(page)
    page.set_viewport_size(WIDE)  # type: ignore[arg-type]  # its own kind of dict
