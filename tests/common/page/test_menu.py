"""The menu's registry, the site map and the search that stand on it."""

from __future__ import annotations

import dataclasses

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.test import Client, RequestFactory

from vincula.common.page import menu, search
from vincula.common.page.menu import MenuItem, everybody, flat, register, signed_in, visible_menu


@pytest.fixture
def request_at(monkeypatch: pytest.MonkeyPatch) -> RequestFactory:
    """Requests of a visitor, and a menu of our own for the time of the test."""
    monkeypatch.setattr(menu, "_items", {})
    return RequestFactory()


def visit(factory: RequestFactory, path: str = "/") -> HttpRequest:
    request = factory.get(path)
    request.user = AnonymousUser()
    return request


def test_lines_are_ordered_grouped_and_mark_where_one_is(request_at: RequestFactory) -> None:
    register(
        MenuItem("b", "Bê", "busca", order=2),
        MenuItem("a", "Grupo", order=1),
        MenuItem("a1", "Mapa", "mapa", parent="a"),
    )
    nodes = visible_menu(visit(request_at, "/mapa/"))
    assert [node.item.label for node in nodes] == ["Grupo", "Bê"]
    assert nodes[0].open
    assert not nodes[0].current
    assert nodes[0].children[0].current
    assert [node.item.key for node in flat(nodes)] == ["a1", "b"]


def test_a_line_nobody_may_see_is_left_out_and_a_group_without_lines_too(request_at: RequestFactory) -> None:
    register(MenuItem("a", "Grupo"), MenuItem("a1", "Mapa", "mapa", parent="a", visible=signed_in))
    assert visible_menu(visit(request_at)) == ()


def test_the_same_key_again_replaces_the_line(request_at: RequestFactory) -> None:
    item = MenuItem("a", "Um", "mapa")
    register(item)
    register(dataclasses.replace(item, label="Dois"))
    assert [node.item.label for node in visible_menu(visit(request_at))] == ["Dois"]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("acessibilidade", "Acessibilidade"),
        ("ACESSIBILIDADE", "Acessibilidade"),
        ("teclado leitor", "Acessibilidade"),
        ("senha errada", "Acesso bloqueado depois de várias senhas erradas"),
        ("ministerio saude", "De quem são os dados do CNS"),
    ],
)
def test_a_search_finds_pages_and_help_without_regard_to_case_and_accents(query: str, first: str) -> None:
    assert search.search(visit(RequestFactory()), query)[0].title == first


@pytest.mark.parametrize("query", ["", "   ", "palavra-que-nao-ha", "acessibilidade inexistente"])
def test_a_search_that_finds_nothing_answers_nothing(query: str) -> None:
    assert search.search(visit(RequestFactory()), query) == []


def test_a_hit_is_hidden_from_those_who_may_not_see_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "_help", {})
    text = search.HelpText("x", "Segredo", "texto", "inicio", visible=signed_in)
    search.register_help(text)
    assert search.search(visit(RequestFactory()), "segredo") == []
    search.register_help(dataclasses.replace(text, visible=everybody))
    assert [hit.title for hit in search.search(visit(RequestFactory()), "segredo")] == ["Segredo"]


@pytest.mark.django_db
def test_what_is_searched_for_comes_back_escaped_and_cut(client: Client) -> None:
    answer = client.get("/busca/", {"q": "<script>alert(1)</script>" + "x" * 500})
    assert answer.status_code == 200
    assert b"<script>alert" not in answer.content
    assert b"x" * 101 not in answer.content


@pytest.mark.django_db
def test_the_site_map_lists_every_page_of_the_menu(client: Client) -> None:
    text = client.get("/mapa/").content.decode()
    for label in ("Página inicial", "Entrar", "Mapa do site", "Acessibilidade"):
        assert label in text
