"""What the components of the pages compute before a template shows it (no HTML here)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page
from django.http import QueryDict
from django.urls import reverse
from django.utils.formats import number_format

# Django's message levels and our own words -> DSGOV's classes, with the symbol that goes with the colour.
KINDS: dict[str, tuple[str, str, str]] = {
    "success": ("success", "fa-check-circle", "Feito"),
    "info": ("info", "fa-info-circle", "Informação"),
    "debug": ("info", "fa-info-circle", "Informação"),
    "warning": ("warning", "fa-exclamation-triangle", "Atenção"),
    "error": ("danger", "fa-times-circle", "Erro"),
    "danger": ("danger", "fa-times-circle", "Erro"),
    "neutral": ("neutral", "fa-circle", ""),
}


def integer(value: int) -> str:
    """1234567 -> "1.234.567"."""
    return number_format(value, decimal_pos=0, use_l10n=True, force_grouping=True)


def percent(part: float, whole: float) -> str:
    """ "43,2%" of the whole; "0%" of nothing. Never "100%" (nor "0%") unless it is all (or none) of it."""
    if not whole or not part:
        return "0%"
    share = 100.0 * part / whole
    if part == whole:
        return "100%"
    return number_format(round(min(max(share, 0.1), 99.9), 1), decimal_pos=1, use_l10n=True) + "%"


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its length in percent of the longest (a number for SVG), its share of the sum as text."""

    label: str
    value: int
    url: str
    length: str
    share: str


def bars(rows: Iterable[Sequence[Any]]) -> list[Bar]:
    """Rows are (label, value) or (label, value, url); values are counts, not negative."""
    given = [(str(row[0]), int(row[1]), str(row[2]) if len(row) > 2 else "") for row in rows]
    longest = max((value for _, value, _ in given), default=0)
    total = sum(value for _, value, _ in given)
    return [
        Bar(label, value, url, f"{100 * value / longest if longest else 0:.2f}", percent(value, total))
        for label, value, url in given
    ]


@dataclass(frozen=True, slots=True)
class Crumb:
    """One step of the breadcrumb; the last one has no URL: it is this page."""

    label: str
    url: str


def crumbs(parts: Sequence[str]) -> list[Crumb]:
    """Label, URL (a path, or the name of a URL without arguments), label, URL, …, label of this page."""
    steps = []
    for at in range(0, len(parts) - 1, 2):
        label, url = str(parts[at]), str(parts[at + 1])
        steps.append(Crumb(label, url if url.startswith("/") else reverse(url)))
    return [*steps, Crumb(str(parts[-1]), "")]


@dataclass(frozen=True, slots=True)
class PageLink:
    """One link of a pagination; number 0 is a gap."""

    number: int
    url: str
    current: bool


def page_links(page: Page[Any], query: QueryDict, parameter: str) -> list[PageLink]:
    """First, last and two around the current page, gaps between; the other parameters of the URL are kept."""
    last, links, before = page.paginator.num_pages, list[PageLink](), 0
    for number in sorted({1, last, *range(max(1, page.number - 2), min(last, page.number + 2) + 1)}):
        if number > before + 1:
            links.append(PageLink(0, "", False))
        links.append(PageLink(number, page_url(number, query, parameter), number == page.number))
        before = number
    return links


def page_url(number: int, query: QueryDict, parameter: str) -> str:
    """The relative URL of another page of the same list."""
    changed = query.copy()
    changed[parameter] = str(number)
    return f"?{changed.urlencode()}"
