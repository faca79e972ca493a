"""Where a text says "abra um chamado", that is a link, and nothing else becomes one."""

from __future__ import annotations

import pytest
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from hypothesis import given
from hypothesis import strategies as st

from vincula.common.outcomes import Refused
from vincula.common.page.help_links import ticket_links
from vincula.common.page.templatetags.vincula import refusal

LINK = '<a href="/atendimento/abrir/">'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Abra um chamado e espere.", f"{LINK}Abra um chamado</a> e espere."),
        (
            "Se quiser abrir um chamado, abra um chamado.",
            f"Se quiser {LINK}abrir um chamado</a>, {LINK}abra um chamado</a>.",
        ),
        ("Confira o número.", "Confira o número."),
        ("Abra um chamadoX", "Abra um chamadoX"),
        ("<b>abra um chamado</b>", f"&lt;b&gt;{LINK}abra um chamado</a>&lt;/b&gt;"),
        (mark_safe("<b>abra um chamado</b>"), f"<b>{LINK}abra um chamado</a></b>"),
    ],
)
def test_the_link(text: str, expected: str) -> None:
    assert ticket_links(text) == expected


@given(st.text(alphabet="<>&\"'ab um chamado", max_size=60))
def test_whatever_is_written_nothing_but_our_links_is_markup(text: str) -> None:
    shown = ticket_links(f"{text} abra um chamado {text}")
    assert "<" not in shown.replace(LINK, "").replace("</a>", "")


def test_a_refusal_leads_to_the_area_that_it_names() -> None:
    refused = Refused("X", "Não.", "Abra um chamado.", {"chamado": "sgop"})
    assert 'href="/atendimento/abrir/?area=sgop"' in render_to_string(
        "page/componentes/aviso.html", refusal(refused)
    )
