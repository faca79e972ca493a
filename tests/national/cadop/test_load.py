"""The register of operadoras, loaded, loaded again, and loaded when it has changed."""

from __future__ import annotations

import gzip
import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tests.formats.opendata.registers import COLUMNS, REGISTROS, cnpj_of, former_register, line, register
from vincula.common.loads import LoadReport
from vincula.common.outcomes import Accepted, Refused
from vincula.national.cadop import services as cadop

pytestmark = pytest.mark.django_db

ONE, TWO, THREE, FOUR, FIVE = REGISTROS[:5]
TODAY = date(2026, 1, 15)
Load = Callable[..., LoadReport]


@pytest.fixture
def save(tmp_path: Path) -> Callable[[bytes], Path]:
    def saved(data: bytes) -> Path:
        path = tmp_path / "Relatorio_cadop.csv"
        path.write_bytes(data)
        return path

    return saved


@pytest.fixture
def load(save: Callable[[bytes], Path]) -> Load:
    def loaded(data: bytes, today: date = TODAY) -> LoadReport:
        outcome = cadop.load_csv(save(data), today=today)
        assert isinstance(outcome, Accepted), outcome
        return outcome.value

    return loaded


def base() -> dict[str, cadop.Operadora]:
    return {o.registro_ans: o for o in cadop.listing(size=10_000).items}


def counts(report: LoadReport) -> tuple[int, int, int, int]:
    return report.inserted, report.updated, report.unchanged, report.refused.count


def test_a_load_brings_every_field(load: Load) -> None:
    report = load(register([line(ONE), line(TWO, Regiao_de_Comercializacao="", Data_Registro_ANS="")]))
    assert (report.rows, counts(report)) == (2, (2, 0, 0, 0))
    found = cadop.get(ONE)
    assert found is not None
    assert found.cnpj == cnpj_of(ONE)
    assert found.razao_social == f"OPERADORA FICTÍCIA {ONE} LTDA."
    assert (found.modalidade, found.cidade, found.uf) == ("Medicina de Grupo", "Curitiba", "PR")
    assert found.representante == "PESSOA EXEMPLO DA AMOSTRA"
    assert found.email == f"contato@operadora-{ONE}.example"
    assert (found.regiao, found.data_registro) == (4, date(2010, 3, 1))
    assert (found.ativa, found.inativa_desde) == (True, None)
    other = cadop.get(TWO)
    assert other is not None
    assert (other.regiao, other.data_registro) == (None, None)


def test_the_same_file_again_changes_nothing(load: Load) -> None:
    data = register(map(line, REGISTROS))
    load(data)
    before = base()
    assert counts(load(data, date(2026, 2, 1))) == (0, 0, 40, 0)
    assert base() == before


def test_a_changed_row_is_brought_up_to_date(load: Load) -> None:
    load(register(map(line, (ONE, TWO, THREE))))
    report = load(register([line(ONE), line(TWO, Representante="OUTRA EXEMPLO"), line(THREE)]))
    assert counts(report) == (0, 1, 2, 0)
    assert base()[TWO].representante == "OUTRA EXEMPLO"


def test_who_is_no_longer_in_the_register_becomes_inactive_and_is_kept(load: Load) -> None:
    load(register(map(line, (ONE, TWO, THREE))))
    report = load(register(map(line, (ONE, THREE))))
    gone = base()[TWO]
    assert (gone.ativa, gone.inativa_desde, gone.razao_social) == (
        False,
        TODAY,
        f"OPERADORA FICTÍCIA {TWO} LTDA.",
    )
    assert not cadop.is_active(TWO)
    assert any(TWO in note and "15/01/2026" in note for note in report.notes)


def test_the_day_it_became_inactive_stays(load: Load) -> None:
    load(register(map(line, (ONE, TWO, THREE))))
    load(register(map(line, (ONE, THREE))))
    report = load(register(map(line, (ONE, THREE))), date(2026, 3, 1))
    assert base()[TWO].inativa_desde == TODAY
    assert not any(TWO in note for note in report.notes)


def test_who_comes_back_is_active_again(load: Load) -> None:
    load(register(map(line, (ONE, TWO, THREE))))
    load(register(map(line, (ONE, THREE))))
    report = load(register(map(line, (ONE, TWO, THREE))))
    assert (base()[TWO].ativa, base()[TWO].inativa_desde) == (True, None)
    assert any(TWO in note and "voltou" in note for note in report.notes)


def test_a_refused_row_does_not_make_its_operadora_inactive(load: Load) -> None:
    load(register(map(line, (ONE, TWO, THREE, FOUR, FIVE))))
    damaged = [line(ONE, CNPJ="1,18281E+13"), line(TWO, Registro_ANS="60"), line(THREE), line(FOUR)]
    report = load(register(damaged))
    assert {r for r, o in base().items() if o.ativa} == {ONE, TWO, THREE, FOUR}
    assert [(row.line, row.code) for row in report.refused.rows] == [
        (2, "CNPJ_NOTACAO_CIENTIFICA"),
        (3, "REGISTRO"),
    ]
    assert all("planilha" in row.message for row in report.refused.rows)
    assert any(ONE in note and TWO in note and "recusada" in note for note in report.notes)


def test_rows_that_name_nobody_are_told_where_somebody_became_inactive(load: Load) -> None:
    load(register(map(line, (ONE, TWO, THREE))))
    report = load(register([line(ONE), line(TWO), '"rodapé"']))
    assert any("1 linha recusada não diz de que operadora é" in note for note in report.notes)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "ARQUIVO_VAZIO"),
        (register([]), "SEM_OPERADORAS"),
        (register([line("000000", CNPJ="x")]), "SEM_OPERADORAS"),
        (register([line(ONE)]), "CADOP_INCOMPLETO"),
        (register(map(line, (ONE, FOUR, FIVE))), "CADOP_INCOMPLETO"),
        (b"cpf;nome\n1;A\n", "CABECALHO"),
        (register([line(ONE)], header=COLUMNS.replace("Modalidade;", "")), "CABECALHO"),
    ],
)
def test_a_file_that_is_not_the_whole_register_changes_nothing(
    load: Load, save: Callable[[bytes], Path], data: bytes, code: str
) -> None:
    load(register(map(line, (ONE, TWO, THREE))))
    before = base()
    outcome = cadop.load_csv(save(data), today=TODAY)
    assert isinstance(outcome, Refused)
    assert outcome.code == code
    assert outcome.message
    assert outcome.remedy
    assert base() == before


def test_half_of_them_may_go_at_once(load: Load) -> None:
    load(register(map(line, (ONE, TWO, THREE, FOUR))))
    load(register(map(line, (ONE, TWO))))
    assert {r for r, o in base().items() if o.ativa} == {ONE, TWO}


def test_a_whole_register_may_replace_a_sample(load: Load) -> None:
    load(register(map(line, (ONE, TWO))))
    load(register(map(line, REGISTROS[10:20])))
    assert {r for r, o in base().items() if o.ativa} == set(REGISTROS[10:20])


def test_the_former_layout_keeps_the_region_that_the_base_knows(load: Load) -> None:
    load(register(map(line, (ONE, TWO))))
    report = load(former_register([ONE, TWO, THREE]))
    assert counts(report) == (1, 0, 2, 0)
    assert (base()[ONE].regiao, base()[THREE].regiao) == (4, None)
    assert any("modelo anterior" in note for note in report.notes)


def test_of_an_operadora_that_comes_twice_the_last_row_holds(load: Load) -> None:
    data = register([line(ONE, Cidade="Londrina"), line(TWO), line(ONE, Cidade="Maringá")])
    report = load(data)
    assert (report.rows, report.repeated, counts(report)) == (3, 1, (2, 0, 0, 0))
    assert base()[ONE].cidade == "Maringá"
    assert counts(load(data)) == (0, 0, 2, 0)


def test_administradoras_are_counted_and_owe_no_sib(load: Load) -> None:
    data = register([line(ONE), line(TWO, Modalidade="Administradora de Benefícios"), line(THREE)])
    assert any("1 administradora de benefícios" in note for note in load(data).notes)
    load(register([line(ONE), line(TWO, Modalidade="Administradora de Benefícios")]))
    assert [cadop.owes_sib(r) for r in (ONE, TWO, THREE, FOUR)] == [True, False, False, False]
    assert [cadop.is_active(r) for r in (ONE, TWO, THREE, FOUR)] == [True, True, False, False]


def test_a_register_that_looks_older_than_the_base_is_said(load: Load) -> None:
    load(register([line(ONE, Data_Registro_ANS="01/03/2024"), line(TWO), line(THREE)]))
    report = load(register(map(line, (TWO, THREE))))
    assert any("mais antigo" in note and "01/03/2024" in note for note in report.notes)


def test_a_packed_file_and_its_progress(save: Callable[[bytes], Path]) -> None:
    seen: list[int] = []
    outcome = cadop.load_csv(save(gzip.compress(register(map(line, REGISTROS)))), seen.append)
    assert isinstance(outcome, Accepted)
    assert seen == sorted(seen)
    assert seen[-1] == 40


def test_a_truncated_packed_file_is_refused(save: Callable[[bytes], Path]) -> None:
    outcome = cadop.load_csv(save(gzip.compress(register(map(line, REGISTROS)))[:-20]))
    assert isinstance(outcome, Refused)
    assert outcome.code == "ARQUIVO_DANIFICADO"


def test_the_real_register_where_it_is_at_hand(load: Load) -> None:
    """Extra: proves no requirement."""
    shared = Path(os.environ.get("VINCULA_SHARED") or Path(__file__).parents[4] / "shared")
    path = shared / "data" / "cadop" / "operadoras.csv"
    if not path.is_file():
        pytest.skip("the real register is not here")
    report = load(path.read_bytes())
    assert (report.rows, counts(report)) == (1170, (1170, 0, 0, 0))
    assert any(note.startswith("172 administradora") for note in report.notes)
    assert counts(load(path.read_bytes())) == (0, 0, 1170, 0)
    conab = cadop.get("334189")
    assert conab is not None
    assert conab.logradouro == 'SGAS QUADRA 901, CONJUNTO "A", EDIFÍCIO'
