"""`vincula interruption`: what who runs an installation types when a service stops, and when it is back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.faults.stage import Stage, stage
from tests.site.terminal import refused, wrongly_used

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("interrupcoes")]
NOTICE = "https://www.exemplo.gov.br/aviso"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """An empty installation in which CadSUS Web is interrupted (number 1) and a part of SGOP unstable (number 2)."""
    with stage(tmp_path_factory.mktemp("interrupcoes")) as made:
        web = said(made, "declare", "cadsus-web", "--texto", "Consultas suspensas.", "--inicio", "2022-01-06",
                   "--data", "2022-01-06", "--link", NOTICE, "--sem-previsao")  # fmt: skip
        part = said(
            made, "declare", "sgop", "--texto", "Instabilidade.", "--parcial", "--rotinas", "algumas rotinas"
        )
        assert (web["id"], part["id"]) == (1, 2)
        made.keep("declarada")
        yield made


@pytest.fixture(autouse=True)
def _set_back(place: Stage) -> Iterator[None]:
    yield
    place.back_to("declarada")


def said(place: Stage, *argv: str) -> Any:
    ended = place.run("interruption", *argv, "--json")
    assert (ended.status, ended.err) == (0, ""), ended
    return json.loads(ended.out)


@pytest.mark.requirement("R066", "R067", "R068", "R069", "R070")
def test_what_is_interrupted_is_listed_with_its_notice_and_the_forecast_that_is_missing(place: Stage) -> None:
    part, web = said(place, "list")
    assert web == {
        "id": 1,
        "servico": "cadsus-web",
        "situacao": "em vigor",
        "parcial": False,
        "rotinas": "",
        "inicio": "2022-01-06T00:00:00-03:00",
        "previsao": None,
        "encerrada_em": None,
        "aviso": {
            "titulo": "CadSUS Web, consultas individuais: interrupção",
            "texto": "Consultas suspensas.",
            "link": NOTICE,
            "data": "2022-01-06",
        },
    }
    assert (part["servico"], part["parcial"], part["rotinas"]) == ("sgop", True, "algumas rotinas")
    text = place.run("interruption", "list").out
    assert "desde 06/01/2022 às 00h00, sem previsão de retorno" in text
    assert (
        f"Aviso de 06/01/2022 “CadSUS Web, consultas individuais: interrupção”: Consultas suspensas. {NOTICE}"
        in text
    )
    assert "instabilidade (algumas rotinas)" in text
    assert "sem previsão de normalização" in text


def test_a_forecast_is_changed_and_taken_back(place: Stage) -> None:
    assert said(place, "forecast", "1", "--previsao", "2099-12-01")["previsao"] == "2099-12-01T23:59:00-03:00"
    assert "previsão de retorno: 01/12/2099 às 23h59" in place.run("interruption", "list").out
    assert said(place, "forecast", "1", "--sem-previsao")["previsao"] is None
    assert said(place, "forecast", "1", "--previsao", "4h")["previsao"] is not None


def test_what_was_ended_leaves_the_list_and_stays_in_the_whole_one(place: Stage) -> None:
    assert said(place, "end", "1")["situacao"] == "encerrada"
    assert [one["id"] for one in said(place, "list")] == [2]
    assert [one["id"] for one in said(place, "list", "--todas")] == [2, 1]
    refused(place.run("interruption", "end", "1"), "INTERRUPCAO_ENCERRADA")
    assert said(place, "end", "2")
    assert place.run("interruption", "list").out == "Nenhuma interrupção.\n"


@pytest.mark.parametrize(
    ("argv", "code"),
    [
        (("declare", "cadsus-web", "--texto", "x"), "INTERRUPCAO_SOBREPOSTA"),
        (("declare", "cadsus", "--texto", "x"), "SERVICO_DESCONHECIDO"),
        (("declare", "pdq", "--texto", " "), "TEXTO_AUSENTE"),
        (("declare", "pdq", "--texto", "x", "--parcial"), "ROTINAS_CONFUSAS"),
        (("declare", "pdq", "--texto", "x", "--rotinas", "y"), "ROTINAS_CONFUSAS"),
        (("declare", "pdq", "--texto", "x", "--inicio", "06/01/2022"), "DATA_INVALIDA"),
        (("declare", "pdq", "--texto", "x", "--data", "hoje"), "DATA_INVALIDA"),
        (("declare", "pdq", "--texto", "x", "--previsao", "logo"), "DATA_INVALIDA"),
        (("declare", "pdq", "--texto", "x", "--previsao", "2020-01-01"), "PREVISAO_INVALIDA"),
        (("declare", "pdq", "--texto", "x", "--previsao", "4h", "--sem-previsao"), "PREVISAO_CONFUSA"),
        (("declare", "pdq", "--texto", "x", "--link", "aviso"), "LINK_INVALIDO"),
        (("forecast", "1"), "PREVISAO_CONFUSA"),
        (("forecast", "9", "--sem-previsao"), "INTERRUPCAO_DESCONHECIDA"),
        (("end", "9"), "INTERRUPCAO_DESCONHECIDA"),
        (("end", "9223372036854775807"), "INTERRUPCAO_DESCONHECIDA"),
    ],
)
def test_what_does_not_serve_is_refused_with_what_to_do(
    place: Stage, argv: tuple[str, ...], code: str
) -> None:
    ended = place.run("interruption", *argv)
    refused(ended, code)
    # Who is at a command is told of commands; on the pages the same refusals name pages.
    assert ("vincula interruption" in ended.err) is code.startswith("INTERRUPCAO_")


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        ("declare", "Falta o argumento SERVICO."),
        ("declare pdq", "Falta a opção --texto."),
        ("end abc", "“abc” não serve para ID: não é um número inteiro"),
        ("end 0", "está fora dos limites"),
        ("end 9223372036854775808", "está fora dos limites"),
    ],
)
def test_wrong_usage_is_told(place: Stage, argv: str, words: str) -> None:
    wrongly_used(place.run("interruption", *argv.split()), words)


def test_every_change_is_in_the_audit(place: Stage) -> None:
    said(place, "forecast", "1", "--previsao", "2099-12-01")
    said(place, "end", "1")
    ended = place.run("audit", "about", "servico:cadsus-web", "--json")
    told = [one["acao"] for one in json.loads(ended.out)["registros"]]
    assert [one for one in told if one.startswith("support:")] == [
        "support:interrupcao:encerrada",
        "support:interrupcao:alterada",
        "support:interrupcao:declarada",
    ]
