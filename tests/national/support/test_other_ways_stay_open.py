"""While the individual queries of CadSUS Web stand still, SIB goes on giving the CNS, and nobody gets an invented one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.national.sib import world
from vincula.common import config
from vincula.common.outcomes import Accepted
from vincula.formats.sib import COLUMNS_CNX
from vincula.formats.sib.cnx_reader import read_cnx
from vincula.identifiers import cco
from vincula.national.cadsus.models import Cartao
from vincula.national.sib import services as sib
from vincula.national.sib.models import Atribuicao, Vinculo
from vincula.national.sib.rules.reasons import Action, Reason
from vincula.national.support import services as support

pytestmark = [pytest.mark.django_db(databases=["default", "audit", "jobs"], transaction=True)]
MONTH, NEXT = 202611, 202612
BIRTH, KNOWN, NEW = "1980-05-17", world.valid_cpf(701), world.valid_cpf(702)
MASTER, LATER = world.valid_cns(7_001), world.valid_cns(7_100)


@pytest.fixture(autouse=True)
def _interrupted() -> Iterator[None]:
    """CadSUS Web is interrupted from before the first file until after the last step."""
    declared = support.declare("cadsus-web", "Consultas individuais suspensas.", actor="teste")
    assert isinstance(declared, Accepted)
    yield
    assert support.refusal_of("cadsus-web") is not None


@pytest.fixture
def sent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> world.Files:
    """Two persons, both right at the Receita; the CNS base knows one. The installation has no range of its own."""
    granted = replace(config.load(), cns_range=None)
    monkeypatch.setattr(config, "load", lambda: granted)
    world.load_cadop(tmp_path)
    people = {KNOWN: "ANA CONHECIDA", NEW: "BIA NOVA"}
    world.load_receita(
        tmp_path,
        [
            {"cpf": cpf, "nome": name, "nome_mae": "RITA MAE", "data_nascimento": BIRTH}
            for cpf, name in people.items()
        ],
    )
    world.load_cadsus(tmp_path, [_registered(KNOWN, "ANA CONHECIDA", MASTER)])
    files = world.Files(tmp_path)
    rows = [
        (1, world.inclusao(name.split()[0], cpf=cpf, nome=name, dataNascimento=BIRTH, nomeMae="RITA MAE"))
        for cpf, name in people.items()
    ]
    assert files.send(rows, MONTH).state == "PROCESSADO"
    return files


def _registered(cpf: str, name: str, cns: str) -> dict[str, str]:
    return {"cns": cns, "cpf": cpf, "nome": name, "nome_mae": "RITA MAE", "data_nascimento": BIRTH}


def _given(codigo: str, month: int) -> tuple[Action, Reason, str]:
    vinculo = Vinculo.objects.get(codigo=codigo)
    one = Atribuicao.objects.get(competencia=month, vinculo_id=vinculo.id)
    return Action(one.acao), Reason(one.motivo), one.cns


@pytest.mark.requirement("R071")
def test_consolidation_gives_the_cns_and_the_cnx_carries_it(sent: world.Files) -> None:
    world.close(MONTH)
    assert _given("ANA", MONTH) == (Action.ATRIBUIDO, Reason.VALIDADO, MASTER)
    made = sib.conference(world.OPERADORA, MONTH, "teste")
    assert isinstance(made, Accepted)
    with made.value.path.open("rb") as source:
        rows = [dict(zip(COLUMNS_CNX, row, strict=True)) for row in read_cnx(source)]
    ana = Vinculo.objects.get(codigo="ANA")
    assert {cco.from_number(ana.id): MASTER}.items() <= {row["cco"]: row["cns"] for row in rows}.items()


@pytest.mark.requirement("R072")
def test_who_has_no_cns_stays_without_and_gets_it_later(sent: world.Files, tmp_path: Path) -> None:
    world.close(MONTH)
    assert _given("BIA", MONTH) == (Action.NENHUMA, Reason.AGUARDA_CADSUS, "")
    assert list(Cartao.objects.values_list("cns", flat=True)) == [MASTER], "no number was invented"
    world.load_cadsus(
        tmp_path,
        [_registered(KNOWN, "ANA CONHECIDA", MASTER), _registered(NEW, "BIA NOVA", LATER)],
    )
    sent.send([], NEXT, no_movement="62")
    world.close(NEXT)
    assert _given("BIA", NEXT) == (Action.ATRIBUIDO, Reason.VALIDADO, LATER)
    assert _given("BIA", MONTH) == (Action.NENHUMA, Reason.AGUARDA_CADSUS, ""), "what was closed stays"
