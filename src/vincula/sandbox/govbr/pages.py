"""The simulation's few pages: plain HTML that nobody can take for the real gov.br."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from vincula.identifiers import cpf as cpf_rules
from vincula.sandbox.govbr.people import LEVELS, Person

WARNING = "gov.br SIMULADO – não é o gov.br"
STYLE = """
:root { color-scheme: light; font: 16px/1.5 system-ui, sans-serif; color: #1b1b1b; background: #fff; }
body { margin: 0; }
header { background: #7a0000; color: #fff; padding: 12px 16px; font-weight: 700; }
main { max-width: 46rem; margin: 0 auto; padding: 8px 16px 48px; }
ul { list-style: none; margin: 0; padding: 0; }
li { margin: 8px 0; }
button { width: 100%; text-align: left; font: inherit; padding: 10px 14px; border: 1px solid #555; border-radius: 6px;
  background: #fff; color: inherit; cursor: pointer; }
button:hover { background: #eef3fc; }
button:focus-visible, a:focus-visible { outline: 3px solid #0d4195; outline-offset: 2px; }
button span { display: block; color: #444; overflow-wrap: anywhere; }
"""


def choose(people: Sequence[Person], action: str) -> str:
    """Whose account is used: a button for each."""
    buttons = "".join(
        f'<li><button type="submit" name="pessoa" value="{escape(one.cpf)}"><strong>{escape(one.name)}</strong>'
        f"<span>{cpf_rules.format(one.cpf)} · {escape(one.case)}</span></button></li>"
        for one in people
    )
    return _page(
        "Escolha a conta",
        "<p>O Vincula pediu para identificar você. Escolha como quem entrar; todas as pessoas são sintéticas, e não há"
        f' senha.</p><form method="post" action="{escape(action)}"><ul>{buttons}</ul>'
        '<p><button type="submit" name="pessoa" value="">Cancelar e voltar ao Vincula</button></p></form>',
    )


def raise_level(person: Person, level: str, action: str) -> str:
    """The level is raised by a button."""
    return _page(
        "Aumentar o nível da conta",
        f"<p>{escape(person.name)}: {escape(person.case)}.</p>"
        f'<form method="post" action="{escape(action)}"><p><button type="submit" name="nivel" value="{level}">'
        f"Passar ao nível {LEVELS[level]}</button></p></form>",
    )


def told(title: str, text: str) -> str:
    """A page that says one thing."""
    return _page(title, f"<p>{escape(text)}</p>")


def _page(title: str, content: str) -> str:
    return (
        f'<!DOCTYPE html><html lang="pt-BR"><head><meta charset="utf-8"><title>{escape(title)} – {WARNING}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">'
        '<link rel="stylesheet" href="/estilo.css"></head><body>'
        f"<header>{WARNING}</header><main><h1>{escape(title)}</h1>{content}</main></body></html>"
    )
