"""The pages on PIX and CadsusService: every request of theirs is sent, and every answer is the one that they show."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.interop import feeds as w
from tests.interop.test_cadsus_service import AUDITORIA, CADSUS
from tests.interop.test_protocol_pages import PAGES, blocks, plain
from tests.interop.world import world
from vincula.formats.cadsus_service.services import OPERATIONS
from vincula.sandbox import examples
from vincula.sandbox.bases import RECEITA_COLUMNS, write_csv

pytestmark = pytest.mark.django_db
_OF_NOW = re.compile(r"(<(?:\w+:)?(dataHora\w+|dataAtribuicao|identificadorTransacao)>)[^<]*<")
_CREDENTIAL = re.compile(r"credencial:[\w-]+")


def steady(message: str) -> str:
    """Without what differs each time: moments, numbers of transactions, the day a card was given."""
    return _CREDENTIAL.sub("credencial", _OF_NOW.sub(r"\1<", plain(message)))


def test_every_request_of_the_pages_is_answered_as_they_show(tmp_path: Path) -> None:
    """In their order: what one does is what another finds."""
    with world(tmp_path) as made:
        known = tmp_path / "receita.csv"
        with known.open("wb") as out:
            write_csv(out, RECEITA_COLUMNS, examples.receita_rows())  # as in the demo world
        made.run("bases", "load", "receita", str(known))
        for page in ("pix.md", "cadsus-service.md"):
            shown = blocks(page)
            requests = {name.split()[1]: body for name, body in shown.items() if name.startswith("pedido ")}
            answers = {name.split()[1]: name for name in shown if name.startswith("resposta ")}
            assert list(requests)
            assert set(requests) == set(answers)
            for name, body in sorted(requests.items(), key=lambda one: ORDER.index(one[0])):
                path = w.PIX if page == "pix.md" else AUDITORIA if "<au:request" in body else CADSUS
                answer = made.integrador.post(path, body)
                assert f"resposta {name} {answer.status_code}" == answers[name]
                assert steady(answer.text) == steady(shown[answers[name]]), name


ORDER = [
    "inserir", "recusado", "corrigir", "segundo", "unificar", "cruzar", "alheio", "incluir", "pesquisar", "consultar",
    "atualizar", "situacao", "grau", "ninguem", "transacoes", "campos", "unificacoes", "ultima", "impressao",
]  # fmt: skip


def test_the_pages_show_every_kind_of_request() -> None:
    pix = blocks("pix.md").values()
    for message in ("301", "302", "304", "309"):
        assert any(f"<PRPA_IN201{message}UV02 " in body for body in pix)
    cadsus = blocks("cadsus-service.md").values()
    text = (PAGES / "cadsus-service.md").read_text(encoding="utf-8")
    for operation in (one for listed in OPERATIONS.values() for one in listed):
        assert f"| `{operation.name}` |" in text
        assert any(f":{operation.request}" in body for body in cadsus)
