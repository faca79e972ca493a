"""The site's search: the menu's pages and the apps' help texts. No personal data is searched."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from vincula.common.page.menu import Visible, everybody, flat, visible_menu
from vincula.people.folding import without_accents

MAXIMUM_QUERY = 100
MAXIMUM_RESULTS = 50


@dataclass(frozen=True, slots=True)
class HelpText:
    """An explanation that the search can find; it leads to `url_name` (+ `#anchor`)."""

    key: str
    title: str
    text: str
    url_name: str
    anchor: str = ""
    visible: Visible = everybody


@dataclass(frozen=True, slots=True)
class Hit:
    """One result: where it leads and what it says. `kind` is "Página" or "Ajuda"."""

    kind: str
    title: str
    text: str
    url: str


_help: dict[str, HelpText] = {}


def register_help(*texts: HelpText) -> None:
    """Add help texts to the search; the same key again replaces the text."""
    for text in texts:
        _help[text.key] = text


def fold(text: str) -> str:
    """Lower case without accents, so that "competencia" finds "Competência"."""
    return without_accents(text).casefold()


def _score(words: list[str], title: str, rest: str) -> int:
    """0 when some word is missing; a word in the title counts more than one in the text."""
    score = 0
    for word in words:
        if word in title:
            score += 3
        elif word in rest:
            score += 1
        else:
            return 0
    return score


def search(request: HttpRequest, query: str) -> list[Hit]:
    """What holds every word of the query (at most MAXIMUM_QUERY characters of it), best first."""
    words = fold(query[:MAXIMUM_QUERY]).split()
    if not words:
        return []
    scored: list[tuple[int, Hit]] = []
    for node in flat(visible_menu(request)):
        item = node.item
        score = _score(words, fold(item.label), fold(f"{item.description} {' '.join(item.keywords)}"))
        scored.append((score + 1 if score else 0, Hit("Página", item.label, item.description, node.url)))
    for text in _help.values():
        if text.visible(request):
            url = reverse(text.url_name) + (f"#{text.anchor}" if text.anchor else "")
            score = _score(words, fold(text.title), fold(text.text))
            scored.append((score, Hit("Ajuda", text.title, text.text, url)))
    hits = [pair for pair in scored if pair[0]]
    hits.sort(key=lambda pair: (-pair[0], pair[1].title))
    return [hit for _, hit in hits[:MAXIMUM_RESULTS]]
