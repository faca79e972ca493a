"""The load of a CNS base file."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.national.cadsus.example import a_cns, a_cpf, accepted, empty, load, picture, row, write_csv
from vincula.common.outcomes import Refused
from vincula.national.cadsus import services
from vincula.national.cadsus.models import Revisao, Transacao
from vincula.national.cadsus.services import loading

pytestmark = pytest.mark.django_db


def test_a_person_is_found_by_cpf_and_by_each_number(tmp_path: Path) -> None:
    report = load(tmp_path, [row(1, cns_outros=f"{a_cns(50, '8')};{a_cns(51, '9')}")])
    assert (report.rows, report.inserted, report.refused.count) == (1, 1, 0)
    person = accepted(services.find_by_cpf(a_cpf(1)))
    assert person.cns_mestre == a_cns(1)
    assert set(person.cns) == {a_cns(1), a_cns(50, "8"), a_cns(51, "9")}
    for number in person.cns:
        assert services.find_by_cns(number) == person


def test_a_second_load_changes_nothing(tmp_path: Path) -> None:
    rows = [
        row(1),
        row(2, cpf=a_cpf(1)),
        row(3, cpf="", nome_mae=""),
        row(4, cpf="", nome_mae="", cns=a_cns(9)),
    ]
    rows += [row(5, cpf=a_cpf(1), nome=rows[0]["nome"], atualizado_em="2025-06-01", email="A@B.BR")]
    load(tmp_path, rows)
    before = picture()
    report = load(tmp_path, rows)
    assert (report.inserted, report.updated, report.unchanged) == (0, 0, 5)
    assert picture() == before


def test_same_cpf_and_name_are_one_person_with_all_numbers_and_the_newest_data(tmp_path: Path) -> None:
    old = row(1, email="VELHO@B.BR", telefone="6133334444")
    new = row(2, cpf=a_cpf(1), nome=old["nome"].lower(), atualizado_em="2025-09-01", email="NOVO@B.BR")
    load(tmp_path, [old, new])
    person = accepted(services.find_by_cpf(a_cpf(1)))
    assert set(person.cns) == {a_cns(1), a_cns(2)}
    assert (person.data["email"], person.data["telefone"]) == ("NOVO@B.BR", "6133334444")
    assert services.find_by_cns(a_cns(2)) == person


def test_a_cpf_of_two_who_do_not_fit_is_disputed_and_never_guessed(tmp_path: Path) -> None:
    report = load(tmp_path, [row(1), row(2, cpf=a_cpf(1), data_nascimento="2015-05-05")])
    outcome = services.find_by_cpf(a_cpf(1))
    assert isinstance(outcome, Refused)
    assert outcome.code == "CPF_DISPUTADO"
    one, other = services.find_by_cns(a_cns(1)), services.find_by_cns(a_cns(2))
    assert one is not None
    assert other is not None
    assert one.pessoa_id != other.pessoa_id
    assert Revisao.objects.get().motivo == "CPF_DISPUTADO"
    assert report.notes[0].startswith("1 CPF em disputa na base, 1 a mais do que antes da carga: ")


def test_a_load_tells_the_disputes_of_the_base_however_often_it_is_run(tmp_path: Path) -> None:
    rows = [row(1), *(row(n, cpf=a_cpf(1), data_nascimento=f"201{n}-05-05") for n in range(2, 5))]
    told = [[note.partition(":")[0] for note in load(tmp_path, rows).notes] for _ in range(3)]
    same = "1 CPF em disputa na base, como antes da carga"
    assert told == [["1 CPF em disputa na base, 1 a mais do que antes da carga"], [same], [same]]
    rows += [row(5), row(6, cpf=a_cpf(5), data_nascimento="2015-05-05")]
    assert (
        load(tmp_path, rows).notes[0].startswith("2 CPF em disputa na base, 1 a mais do que antes da carga")
    )
    resolved = [row(n, atualizado_em="2025-09-01") for n in (2, 3, 4, 6)]
    assert load(tmp_path, resolved).notes == ["Nenhum CPF em disputa na base; antes da carga: 2."]
    assert load(tmp_path, resolved).notes == []


def test_without_cpf_name_birth_and_mother_make_the_same_person(tmp_path: Path) -> None:
    load(tmp_path, [row(1), row(2, cpf="", nome=row(1)["nome"], nome_mae=row(1)["nome_mae"])])
    assert services.find_by_cns(a_cns(2)) == services.find_by_cns(a_cns(1))


def test_a_person_without_cpf_gains_the_one_that_comes_later(tmp_path: Path) -> None:
    load(tmp_path, [row(1, cpf=""), row(2, nome=row(1)["nome"], nome_mae=row(1)["nome_mae"])])
    person = accepted(services.find_by_cpf(a_cpf(2)))
    assert set(person.cns) == {a_cns(1), a_cns(2)}


def test_name_and_birth_alone_are_two_persons_and_a_pair_for_people(tmp_path: Path) -> None:
    load(
        tmp_path,
        [row(1, cpf="", nome_mae=""), row(2, cpf="", nome=row(1)["nome"], nome_mae="SEM INFORMAÇÃO")],
    )
    assert services.find_by_cns(a_cns(2)) != services.find_by_cns(a_cns(1))
    assert Revisao.objects.get().motivo == "NOME_E_NASCIMENTO"


def test_a_newer_row_of_a_registration_replaces_what_it_said_and_keeps_what_was_there(tmp_path: Path) -> None:
    load(tmp_path, [row(1, email="VELHO@B.BR")])
    report = load(tmp_path, [row(1, email="NOVO@B.BR", atualizado_em="2025-02-02", cns_outros=a_cns(80))])
    assert report.updated == 1
    person = accepted(services.find_by_cpf(a_cpf(1)))
    assert person.data["email"] == "NOVO@B.BR"
    assert services.find_by_cns(a_cns(80)) == person
    change = Transacao.objects.get(tipo="ATUALIZADO")
    assert change.campos["email"] == ["VELHO@B.BR", "NOVO@B.BR"]


def test_an_older_row_of_a_registration_changes_nothing(tmp_path: Path) -> None:
    load(tmp_path, [row(1, email="NOVO@B.BR")])
    assert load(tmp_path, [row(1, email="VELHO@B.BR", atualizado_em="2024-01-01")]).unchanged == 1
    assert accepted(services.find_by_cpf(a_cpf(1))).data["email"] == "NOVO@B.BR"


def test_a_registration_whose_cpf_was_corrected_gives_the_old_one_up(tmp_path: Path) -> None:
    load(tmp_path, [row(1, cpf=a_cpf(90)), row(2, cpf=a_cpf(90), data_nascimento="2015-05-05")])
    load(tmp_path, [row(1, atualizado_em="2025-02-02")])
    assert accepted(services.find_by_cpf(a_cpf(1))).cns_mestre == a_cns(1)
    assert accepted(services.find_by_cpf(a_cpf(90))).cns_mestre == a_cns(2)


REFUSALS = [
    ({"registro_id": ""}, "REGISTRO", "registro_id"),
    ({"nome": "  "}, "NOME", "nome"),
    ({"cpf": "12345678901"}, "CPF", "cpf"),
    ({"cpf": "1234567890"}, "CPF", "cpf"),
    ({"cpf": "1234567890a"}, "CPF", "cpf"),
    ({"cns": "700000000000004"}, "CNS", "cns"),
    ({"cns": "", "cns_outros": a_cns(70)}, "CNS", "cns"),
    ({"cns_outros": f"{a_cns(70)};123"}, "CNS", "cns_outros"),
    ({"data_nascimento": "31/12/1980"}, "DATA", "data_nascimento"),
    ({"data_nascimento": "1980-02-30"}, "DATA", "data_nascimento"),
    ({"atualizado_em": "ontem"}, "DATA", "atualizado_em"),
    ({"sexo": "X"}, "SEXO", "sexo"),
    ({"cpf_situacao": "7"}, "SITUACAO", "cpf_situacao"),
    ({"cep": "700000000"}, "TAMANHO", "cep"),
    ({"bairro": "B" * 300}, "TAMANHO", "bairro"),
]


@pytest.mark.parametrize(
    ("values", "code", "column"), REFUSALS, ids=[f"{r[1]}-{r[2]}-{i}" for i, r in enumerate(REFUSALS)]
)
def test_a_row_that_is_not_fit_is_left_out_and_named_without_its_value(
    tmp_path: Path, values: dict[str, str], code: str, column: str
) -> None:
    report = load(tmp_path, [row(1), row(2, **values), row(3)])
    assert report.inserted == 2
    (refused,) = report.refused.rows
    assert (refused.line, refused.code, refused.column) == (3, code, column)
    assert all(len(value) < 3 or value not in refused.message for value in values.values())


def test_a_number_of_somebody_else_refuses_the_row(tmp_path: Path) -> None:
    report = load(tmp_path, [row(1), row(2, cns_outros=a_cns(1)), row(3)])
    assert [(r.line, r.code) for r in report.refused.rows] == [(3, "CNS_DE_OUTRO")]
    assert services.find_by_cns(a_cns(2)) is None
    assert accepted(services.find_by_cpf(a_cpf(1))).cns == (a_cns(1),)


def test_a_file_without_the_columns_is_refused_and_they_are_named(tmp_path: Path) -> None:
    path = tmp_path / "outra.csv"
    path.write_text("registro_id,nome\n1,ANA\n")
    outcome = services.load_csv(path)
    assert isinstance(outcome, Refused)
    assert "cpf" in outcome.details["faltam"]


def test_progress_is_told_at_each_commit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "BATCH", 2)
    seen: list[int] = []
    accepted(services.load_csv(write_csv(tmp_path / "b.csv", [row(n) for n in range(1, 6)]), seen.append))
    assert seen == [2, 4, 5]


@st.composite
def files(draw: st.DrawFn) -> list[dict[str, str]]:
    """Rows of few persons, so that they meet in all ways."""
    few = st.integers(1, 3)
    return [
        row(
            draw(st.integers(1, 8)),
            cns=a_cns(100 + number),
            cpf=draw(st.sampled_from(["", a_cpf(1), a_cpf(2)])),
            nome=f"PESSOA {'ABC'[draw(few) - 1]} SILVA",
            nome_mae=draw(st.sampled_from(["", "RITA SILVA", "SEM INFORMAÇÃO"])),
            data_nascimento=draw(st.sampled_from(["1980-01-01", "1990-01-01", ""])),
            atualizado_em=draw(st.sampled_from(["2024-01-01", "2025-01-01"])),
            email=draw(st.sampled_from(["", "A@B.BR"])),
        )
        for number in range(draw(st.integers(1, 12)))
    ]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(files())
def test_however_the_file_is_cut_into_commits_the_base_is_the_same_and_again_nothing_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rows: list[dict[str, str]]
) -> None:
    pictures = []
    for size in (1, 3, 1000):
        empty()
        monkeypatch.setattr(loading, "BATCH", size)
        load(tmp_path, rows)
        pictures.append(picture())
    assert pictures[0] == pictures[1] == pictures[2]
    for one in rows:
        assert services.find_by_cns(one["cns"]) is not None
