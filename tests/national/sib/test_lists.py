"""The list of who has no CNS, and of whose was replaced: when it can be had, and what it says until then."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.national.sib import world
from tests.national.sib.world import inclusao
from vincula.common.outcomes import Accepted, Refused
from vincula.national.sib import services
from vincula.national.sib.services.lists import HEADER

pytestmark = pytest.mark.django_db(databases=["default", "audit", "jobs"], transaction=True)
MONTH = 202611


def listed(out: Path, registro: str = world.OPERADORA) -> Refused | int:
    outcome = services.write_list(registro, MONTH, out, "teste")
    return outcome.value if isinstance(outcome, Accepted) else outcome


def test_it_is_refused_in_words_of_its_own_until_the_consolidation(tmp_path: Path) -> None:
    world.load_cadop(tmp_path)
    world.Files(tmp_path).send([(1, inclusao("A1"))], MONTH)
    out = tmp_path / "nova" / "lista.csv"
    unknown = listed(out, "123456")
    early = listed(out)
    assert isinstance(services.close(MONTH, "teste", world.quiet), Accepted)
    waiting = listed(out)
    for refused, code in (
        (unknown, "OPERADORA_DESCONHECIDA"),
        (early, "COMPETENCIA_ABERTA"),
        (waiting, "COMPETENCIA_NAO_CONSOLIDADA"),
    ):
        assert isinstance(refused, Refused)
        assert refused.code == code
        assert "CNX" not in refused.as_text()
        assert refused.remedy
    assert not out.parent.exists()
    assert isinstance(services.consolidate(MONTH, "teste", world.quiet), Accepted)
    assert listed(out) == 1
    with out.open(encoding="utf-8-sig", newline="") as source:
        header, row = csv.reader(source, delimiter=";")
    assert tuple(header) == HEADER
    assert row[1] == "A1"
