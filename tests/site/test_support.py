"""`vincula support` and `vincula mail`: the team's queue without a browser, and how the mail stands."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.faults.stage import Stage, stage
from tests.site.terminal import refused

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("atendimento")]
TICKET = """
from vincula.site import ready
ready.setup()
ready.prepare()
from vincula.national.support import services
made = services.open_ticket("sgop", "Nao entro", "Onde\\nclico?", contato="ana@exemplo.com.br", cpf="52998224725")
print(made.value.numero)
"""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Stage, str]]:
    """An installation with one ticket in it, and its number."""
    with stage(tmp_path_factory.mktemp("atendimento")) as made:
        number = made.run(code=TICKET).out.split()[-1]
        made.keep("aberto")
        yield made, number


@pytest.fixture(autouse=True)
def _set_back(place: tuple[Stage, str]) -> Iterator[None]:
    yield
    place[0].back_to("aberto")


def said(place: Stage, *argv: str, text: str = "") -> Any:
    ended = place.run(*argv, "--json", said=text)
    assert (ended.status, ended.err) == (0, ""), ended
    return json.loads(ended.out)


@pytest.mark.requirement("R059", "R060")
def test_a_ticket_is_listed_read_and_answered_and_the_mail_waits_for_the_worker(
    place: tuple[Stage, str],
) -> None:
    here, number = place
    (listed,) = said(here, "support", "list", "--area", "sgop")
    assert (listed["numero"], listed["estado"], listed["assunto"]) == (number, "ABERTO", "Nao entro")
    assert said(here, "support", "list", "--area", "cnes") == []
    shown = said(here, "support", "show", number)
    assert [one["texto"] for one in shown["mensagens"]] == ["Onde\nclico?"]
    answered = said(here, "support", "answer", number, text="No botão Entrar.\n")
    assert (answered["estado"], answered["mensagens"][-1]["texto"]) == ("RESPONDIDO", "No botão Entrar.")
    mail = said(here, "mail", "status")
    assert (mail["caminho"], mail["na_fila"], mail["enviados"], mail["falharam"]) == ("sandbox", 2, 0, 0)
    assert said(here, "mail", "retry") == {"na_fila": 0}
    told = here.run("support", "show", number).out
    assert "RESPONDIDO" in told
    assert "ana@exemplo.com.br" not in told + here.run("mail", "status").out


def test_what_is_refused(place: tuple[Stage, str]) -> None:
    here, number = place
    refused(here.run("support", "show", "2026112200000000"), "CHAMADO_DESCONHECIDO")
    empty = here.run("support", "answer", number, "--texto", " ")
    refused(empty, "TEXTO_AUSENTE")
    assert "Escreva a resposta em --texto" in empty.err
    refused(here.run("support", "list", "--area", "outra"), "AREA_DESCONHECIDA")


def test_who_runs_the_registry_without_a_server_is_told_that_nothing_leaves(place: tuple[Stage, str]) -> None:
    here, _ = place
    here.env["VINCULA_PROFILE"] = "registry"
    try:
        assert "nenhum e-mail sai" in here.command("mail", "status").communicate()[0]
    finally:
        here.env["VINCULA_PROFILE"] = "sandbox"
