"""The manuals that are read on the site and downloaded: one Markdown text each, from which page and PDF are made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib.resources import files
from typing import Any

from django.templatetags.static import static
from markdown_it import MarkdownIt
from markdown_it.token import Token


@dataclass(frozen=True, slots=True)
class Guide:
    """`name`: of the file and of the address."""

    name: str
    title: str
    description: str


GUIDES = (
    Guide("sgop", "Manual do SGOP", "Cadastro, pedidos de acesso, aprovações, computadores."),
    Guide(
        "cadsus-web", "Manual do CadSUS Web", "O que a porta de entrada confere, e o que já há atrás dela."
    ),
)
BY_NAME = {one.name: one for one in GUIDES}
# Without HTML in the text and without addresses of other kinds than the web's.
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")
_PICTURES = ("onboarding", "manual")  # among the static files


@cache
def tokens(name: str) -> list[Token]:
    """The text of a guide in pieces. Raises KeyError for a name that is none."""
    found = _MARKDOWN.parse(_source(BY_NAME[name].name))
    for token in found:
        token.children = _without_local_links(token.children)
    return found


@cache
def page(name: str) -> str:
    """The text as HTML, without its title. Raises KeyError for a name that is none."""
    body = tokens(name)[3:]  # the title: opened, said, closed
    return str(_MARKDOWN.renderer.render(body, _MARKDOWN.options, {}))


def picture(token: Token) -> bytes:
    """The PNG that an image of a guide shows. Raises FileNotFoundError where there is none."""
    place = files("vincula.national.onboarding").joinpath("static", *_PICTURES, _name(token))
    return place.read_bytes()


def _name(token: Token) -> str:
    return str(token.attrGet("src")).rpartition("/")[2]


def _image(self: Any, tokens: Sequence[Token], place: int, options: Any, env: Any) -> str:
    address = static("/".join((*_PICTURES, _name(tokens[place]))))
    return f'<img class="v-figura" src="{escape(address)}" alt="{escape(tokens[place].content)}">'


_MARKDOWN.add_render_rule("image", _image)


def _without_local_links(children: list[Token] | None) -> list[Token] | None:
    """Links to other pages of the manual lead nowhere from here: their words stay."""
    kept: list[Token] = []
    dropped = False
    for one in children or ():
        if one.type == "link_open":
            dropped = not str(one.attrGet("href")).startswith("http")
        if dropped and one.type in ("link_open", "link_close"):
            dropped = one.type == "link_open"
            continue
        kept.append(one)
    return kept if children is not None else None


def _source(name: str) -> str:
    return files("vincula.national.onboarding").joinpath("manuais", f"{name}.md").read_text(encoding="utf-8")
