"""The files of the sandbox read back, and what comes in the competência after."""

from __future__ import annotations

import datetime as dt
import io
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from vincula.formats.sib import COLUMNS_INCLUSAO, HashDiagnosis, parse_name, read_sbx
from vincula.identifiers import cco
from vincula.sandbox.beneficiaries import Beneficiary, beneficiaries
from vincula.sandbox.movements import Movement, follow_up
from vincula.sandbox.sbx import write_inclusoes, write_sbx_file

MOMENT = dt.datetime(2026, 10, 7, 23, 59, 59)
SEED = 31


@pytest.fixture(scope="module")
def records() -> list[Beneficiary]:
    return list(beneficiaries(SEED, "999903", 9_000, 0.4))


@pytest.fixture(scope="module")
def ccos(records: list[Beneficiary]) -> dict[str, str]:
    accepted = [r.truth.codigo for r in records if not r.truth.critica]
    return {codigo: cco.from_number(i) for i, codigo in enumerate(accepted, 1)}


@pytest.fixture(scope="module")
def moves(records: list[Beneficiary], ccos: dict[str, str]) -> list[Movement]:
    return follow_up(records, ccos, SEED, "999903")


def test_files_read_back_whole_and_no_family_is_cut(tmp_path: Path, records: list[Beneficiary]) -> None:
    files = list(write_inclusoes(tmp_path, "999903", records, MOMENT, most=4_000))
    assert [parse_name(f.path.name) is not None for f in files] == [True] * len(files)
    assert len({f.path.name for f in files}) == len(files) == 3
    rows, families = [], []
    for file in files:
        with file.path.open("rb") as source:
            reader = read_sbx(source)
            read = [row for run in reader.runs() for row in run.rows]
        assert reader.outcome.hash_diagnosis is HashDiagnosis.OK
        assert reader.outcome.faults == []
        assert len(read) == file.procedures <= 4_000
        rows += read
        families.append({row[COLUMNS_INCLUSAO.index("codigoBeneficiario")][:9] for row in read})
    assert rows == [record.row for record in records]
    assert sum(map(len, families)) == len(set().union(*families))


def test_the_same_file_is_the_same_bytes(records: list[Beneficiary]) -> None:
    once, again = io.BytesIO(), io.BytesIO()
    write_sbx_file(once, "999903", 1, MOMENT, ((1, r.row) for r in records[:500]))
    fresh = list(beneficiaries(SEED, "999903", 9_000, 0.4))[:500]
    write_sbx_file(again, "999903", 1, MOMENT, ((1, r.row) for r in fresh))
    assert once.getvalue() == again.getvalue()


def test_movements_come_in_the_order_of_the_instructions_and_fit_the_schema(moves: list[Movement]) -> None:
    kinds = [move.kind for move in moves]
    assert kinds == sorted(kinds)
    assert set(kinds) == {1, 2, 3, 4, 5}
    out = io.BytesIO()
    write_sbx_file(out, "999903", 2, MOMENT, ((m.kind, m.fields) for m in moves))
    out.seek(0)
    reader = read_sbx(out)
    assert sum(len(run.rows) for run in reader.runs()) == len(moves)
    assert reader.outcome.faults == []


def test_movements_speak_of_known_vinculos_except_on_purpose(
    moves: list[Movement], ccos: dict[str, str]
) -> None:
    known = set(ccos.values())
    for move in moves:
        if move.kind != 1:
            assert (dict(move.fields)["cco"] in known) == (move.truth.critica != "CCO-3")
    wrong = Counter(move.truth.critica for move in moves if move.truth.critica)
    assert set(wrong) == {"CCO-3", "CNS-1", "CAN-1", "REA-1"}


def test_corrections_lead_to_a_cns(moves: list[Movement], records: list[Beneficiary]) -> None:
    before = {r.truth.codigo: r.truth for r in records if not r.truth.critica}
    mended = [
        m.truth
        for m in moves
        if m.kind == 2 and not m.truth.critica and before[m.truth.codigo].motivo.endswith("DIFERE")
    ]
    assert len(mended) > 200
    assert sum(t.motivo == "VALIDADO" for t in mended) > 0.9 * len(mended)


def test_whoever_is_sent_again_has_a_titular_in_the_base(moves: list[Movement], ccos: dict[str, str]) -> None:
    """Titulares come before their dependents here too."""
    there: dict[str, bool] = defaultdict(bool, dict.fromkeys(ccos, True))
    for move in moves:
        if move.kind == 1:
            sent = dict(zip(COLUMNS_INCLUSAO, move.fields, strict=True))
            titular = sent["codigoBeneficiarioTitular"]
            assert not there[sent["codigoBeneficiario"]]
            assert not titular or there[titular]
            there[sent["codigoBeneficiario"]] = True
