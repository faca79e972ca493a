"""The manuals that are read on the site and downloaded: one Markdown text each, from which page and PDF are made."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

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


@cache
def tokens(name: str) -> list[Token]:
    """The text of a guide in pieces. Raises KeyError for a name that is none."""
    return _MARKDOWN.parse(_source(BY_NAME[name].name))


@cache
def page(name: str) -> str:
    """The text as HTML, without its title. Raises KeyError for a name that is none."""
    body = _source(BY_NAME[name].name).split("\n", 1)[1]
    return str(_MARKDOWN.render(body))


def _source(name: str) -> str:
    return files("vincula.national.onboarding").joinpath("manuais", f"{name}.md").read_text(encoding="utf-8")
