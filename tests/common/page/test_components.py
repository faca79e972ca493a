"""What the template tags of the layout make."""

from __future__ import annotations

import pytest
from django.core.paginator import Paginator
from django.http import QueryDict
from django.template import engines
from django.test import RequestFactory

from vincula.common.outcomes import Refused
from vincula.common.page import components
from vincula.common.page.templatetags import vincula as tags


def render(text: str, **context: object) -> str:
    template = engines["django"].from_string("{% load vincula %}" + text)
    return template.render(context, RequestFactory().get("/", {"pagina": "3", "motivo": "A&B"}))


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [
        (0, 0, "0%"),
        (0, 10, "0%"),
        (10, 10, "100%"),
        (1, 3, "33,3%"),
        (999_999, 1_000_000, "99,9%"),
        (1, 1_000_000, "0,1%"),
    ],
)
def test_a_percentage_is_all_or_nothing_only_when_it_is(part: int, whole: int, text: str) -> None:
    assert components.percent(part, whole) == text


def test_the_chart_is_a_table_with_the_longest_bar_in_full() -> None:
    html = render(
        '{% bar_chart "Sem CNS" rows %}', rows=[("Nome difere", 1200, "/x/"), ("CPF <ausente>", 300)]
    )
    assert '<caption id="grafico-sem-cns">Sem CNS</caption>' in html
    assert 'width="100.00%"' in html
    assert 'width="25.00%"' in html
    assert "1.200" in html
    assert "80,0%" in html
    assert "CPF &lt;ausente&gt;" in html
    assert " style=" not in html


def test_a_chart_of_nothing_says_so() -> None:
    assert "Nada a mostrar." in render('{% bar_chart "Sem CNS" rows %}', rows=[])


def test_a_refusal_says_why_and_what_to_do() -> None:
    html = render("{% refusal it %}", it=Refused("X", "A competência está fechada.", "Envie na aberta."))
    assert 'role="alert"' in html
    assert "A competência está fechada." in html
    assert "<strong>O que fazer:</strong> Envie na aberta." in html


@pytest.mark.parametrize(
    ("call", "text"),
    [
        ('{% progress_bar 25 100 "Leitura" "linhas" %}', "25,0% – 25 de 100 linhas"),
        ('{% progress_bar 0 100 "Leitura" %}', "0% – 0 de 100"),
        ('{% progress_bar None None "Leitura" %}', "Em andamento"),
        ('{% progress_bar 7 None "Leitura" "linhas" %}', "Em andamento – 7 linhas"),
        ('{% progress_bar 120 100 "Leitura" %}', "100%"),
    ],
)
def test_progress_is_said_in_words_too(call: str, text: str) -> None:
    assert text in render(call)


def test_a_table_has_a_caption_and_a_region_that_the_keyboard_reaches() -> None:
    html = render('{% table "Críticas" %}<tbody></tbody>{% endtable %}')
    assert 'role="region" tabindex="0" aria-labelledby="tabela-criticas"' in html
    assert '<caption id="tabela-criticas">Críticas</caption>' in html


def test_pagination_keeps_the_other_parameters_and_leaves_gaps() -> None:
    page = Paginator(range(1000), 10).page(50)
    links = components.page_links(page, QueryDict("motivo=A%26B&pagina=50"), "pagina")
    assert [link.number for link in links] == [1, 0, 48, 49, 50, 51, 52, 0, 100]
    assert links[0].url == "?motivo=A%26B&pagina=1"
    assert [link.number for link in links if link.current] == [50]


def test_one_page_needs_no_pagination() -> None:
    assert render('{% pagination page "x" %}', page=Paginator(range(3), 10).page(1)).strip() == ""


def test_the_breadcrumb_takes_names_and_paths_and_ends_with_this_page() -> None:
    made = components.crumbs(["Mapa", "mapa", "Arquivo", "/sib/1/", "Resultado"])
    assert [(one.label, one.url) for one in made] == [
        ("Mapa", "/mapa/"),
        ("Arquivo", "/sib/1/"),
        ("Resultado", ""),
    ]


def test_a_cpf_is_shown_masked() -> None:
    assert "***.982.247-**" in tags.mask_cpf("52998224725")
    assert tags.mask_cpf("") == ""


@pytest.mark.parametrize(("count", "text"), [(0, "0 arquivos"), (1, "1 arquivo"), (2_000, "2.000 arquivos")])
def test_a_number_goes_with_its_noun(count: int, text: str) -> None:
    assert render('{{ n|contado:"arquivo,arquivos" }}', n=count) == text
