"""The archive, loaded, loaded again, and loaded when it has changed."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from tests.national.cnes.archives import (
    DIRECTOR,
    MONTH,
    OTHER,
    Tables,
    archive,
    establishment,
    load,
    number,
    table_bytes,
    tables,
    zipped,
)
from vincula.common.loads import LoadReport
from vincula.common.outcomes import Accepted, Refused
from vincula.national.cnes import models, services

pytestmark = pytest.mark.django_db

ONE, TWO, THREE, FOUR = map(number, range(1, 5))
PEOPLE = [("CO_PROFISSIONAL_SUS", "NO_PROFISSIONAL", "CO_CNS", "CO_CPF")]
WORK = [("CO_UNIDADE", "CO_PROFISSIONAL_SUS", "CO_CBO", "QT_CARGA_HORARIA")]


def figures(report: LoadReport) -> tuple[int, int, int, int]:
    return report.inserted, report.updated, report.unchanged, report.refused.count


def refusal(path: Path) -> Refused:
    outcome = services.load_zip(path)
    assert isinstance(outcome, Refused), outcome
    return outcome


@pytest.mark.requirement("R002", "R003", "R007")
def test_an_establishment_of_the_archive_counts_or_is_refused_for_what_it_is(tmp_path: Path) -> None:
    load(tmp_path, [
        establishment(ONE, NU_CNPJ="99999997000100", NO_FANTASIA="Saúde Ipê"),
        establishment(TWO, SUBTIPO="003"),
        establishment(THREE, CO_MOTIVO_DESAB="05"),
        establishment(FOUR, TP_UNIDADE="05", SUBTIPO=""),
    ])  # fmt: skip
    found = services.headquarters(ONE)
    assert isinstance(found, Accepted)
    one = found.value
    assert (one.tipo, one.subtipo, one.uf, one.municipio, one.nome) == (68, 5, "PE", "261160", "Saúde Ipê")
    assert (one.diretor_cpf, str(one.atualizado_em), one.origem) == (DIRECTOR, "2024-12-31", "CARGA")
    codes = [services.headquarters(cnes) for cnes in (TWO, THREE, FOUR, number(99))]
    assert [one.code for one in codes if isinstance(one, Refused)] == [
        "CNES_SUBTIPO", "CNES_DESATIVADO", "CNES_TIPO", "CNES_INEXISTENTE",
    ]  # fmt: skip
    assert [one.cnes for one in services.of_operadora("99999997000100")] == [ONE]


def test_the_same_archive_again_changes_nothing(tmp_path: Path) -> None:
    rows = [establishment(ONE), establishment(TWO)]
    assert figures(load(tmp_path, rows)) == (2, 0, 0, 0)
    before = list(models.Estabelecimento.objects.values())
    assert figures(load(tmp_path, rows)) == (0, 0, 2, 0)
    assert list(models.Estabelecimento.objects.values()) == before
    held = services.edition()
    assert held is not None
    assert (held.month, held.complete, held.text) == (MONTH, True, "01/2025")


@pytest.mark.requirement("R007")
def test_one_that_a_newer_archive_lacks_counts_no_more_and_counts_again_when_it_is_back(
    tmp_path: Path,
) -> None:
    load(tmp_path, [establishment(ONE), establishment(TWO), establishment(THREE)])
    report = load(tmp_path, [establishment(ONE), establishment(TWO, CO_CPFDIRETORCLN=OTHER)], 202502)
    assert figures(report) == (0, 1, 1, 0)
    gone = services.headquarters(THREE)
    assert isinstance(gone, Refused)
    assert gone.code == "CNES_AUSENTE"
    assert "02/2025" in gone.message
    assert any(THREE in note and "ausente" in note for note in report.notes)
    assert any(TWO in note and "diretor" in note for note in report.notes)
    assert services.directed_by(OTHER)[0].cnes == TWO
    assert [one.cnes for one in services.directed_by(DIRECTOR)] == [ONE]
    load(tmp_path, [establishment(ONE), establishment(TWO), establishment(THREE)], 202503)
    assert isinstance(services.headquarters(THREE), Accepted)


def test_an_older_archive_is_refused_and_changes_nothing(tmp_path: Path) -> None:
    load(tmp_path, [establishment(ONE)], 202503)
    path = tmp_path / "antigo.zip"
    path.write_bytes(archive([establishment(ONE, NO_RAZAO_SOCIAL="ANTIGA")], 202502))
    assert refusal(path).code == "CNES_ANTERIOR"
    found = services.get(ONE)
    assert found is not None
    assert found.razao_social != "ANTIGA"


def test_a_part_of_the_base_is_not_taken_for_the_whole(tmp_path: Path) -> None:
    load(tmp_path, [establishment(number(n)) for n in range(1, 7)])
    path = tmp_path / "parte.zip"
    path.write_bytes(archive([establishment(ONE)], 202502))
    assert refusal(path).code == "CNES_INCOMPLETO"
    assert isinstance(services.headquarters(TWO), Accepted)


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"CO_CNES": "890001"}, "CNES"),
        ({"CO_UNIDADE": "261160"}, "UNIDADE"),
        ({"CO_UNIDADE": f"261160{TWO}"}, "UNIDADE"),
        ({"TP_UNIDADE": "6 8"}, "TIPO"),
        ({"NO_RAZAO_SOCIAL": " "}, "NOME"),
        ({"NO_LOGRADOURO": "R" * 501}, "TAMANHO"),
    ],
)
def test_a_row_that_cannot_be_told_is_refused_and_the_base_keeps_what_it_had(
    tmp_path: Path, cells: dict[str, str], code: str
) -> None:
    load(tmp_path, [establishment(ONE), establishment(TWO)])
    report = load(tmp_path, [establishment(ONE) | cells, establishment(TWO)], 202502)
    assert report.refused.by_code == {code: 1}
    assert report.rows == 2
    found = services.get(ONE)
    assert found is not None
    assert found.active == (code != "CNES")  # a row that names nobody cannot keep anybody


def test_of_a_repeated_establishment_the_last_row_holds(tmp_path: Path) -> None:
    rows = [establishment(ONE, NO_RAZAO_SOCIAL="PRIMEIRA"), establishment(ONE, NO_RAZAO_SOCIAL="ÚLTIMA")]
    assert load(tmp_path, rows).repeated == 1
    found = services.get(ONE)
    assert found is not None
    assert found.razao_social == "ÚLTIMA"
    assert load(tmp_path, rows).updated == 0


def test_what_is_no_director_no_cnpj_no_day_is_as_if_not_given(tmp_path: Path) -> None:
    load(tmp_path, [establishment(
        ONE, CO_CPFDIRETORCLN="123", NU_CNPJ="00000000000000", CO_ESTADO_GESTOR="", CO_MUNICIPIO_GESTOR="2611606",
        **{"TO_CHAR(DT_ATUALIZACAO,'DD/MM/YYYY')": "31/02/2024"},
    )])  # fmt: skip
    found = services.get(ONE)
    assert found is not None
    assert (found.diretor_cpf, found.cnpj, found.atualizado_em, found.uf) == ("", "", None, "PE")
    assert services.directed_by("") == []
    assert services.of_operadora("") == []


# -- the other tables ----------------------------------------------------------------------------------------------


def test_types_and_reasons_are_loaded_by_the_names_of_their_columns(tmp_path: Path) -> None:
    more: Tables = {
        "tbTipoUnidade": [("OUTRA", "DS_TIPO_UNIDADE", "CO_TIPO_UNIDADE"), ("", "HOSPITAL GERAL", "05")],
        "tbSubTipo": [("CO_TIPO_UNIDADE", "CO_SUB_TIPO", "DS_SUB_TIPO"), ("05", "001", "HOSPITAL DIA")],
        "tbMotivoDesativacao": [("CD_MOTIVO_DESAB", "DS_MOTIVO_DESAB"), ("05", "FECHADO")],
    }
    load(tmp_path, [establishment(ONE, CO_MOTIVO_DESAB="05")], more=more)
    assert [(kind.code, kind.nome) for kind in services.types()] == [
        ("05", "HOSPITAL GERAL"), ("68", "Central de Gestão em Saúde"),
    ]  # fmt: skip
    found = services.get(ONE)
    assert found is not None
    assert services.reason_of(found) == "FECHADO"


def test_a_table_without_the_columns_is_told_and_the_rest_is_loaded(tmp_path: Path) -> None:
    report = load(tmp_path, [establishment(ONE)], more={"tbSubTipo": [("A", "B"), ("1", "2")]})
    assert any("tbSubTipo" in note and "CODIGO" in note for note in report.notes)
    assert any("tbTipoUnidade, tbMotivoDesativacao" in note for note in report.notes)
    assert isinstance(services.headquarters(ONE), Accepted)


def test_professionals_of_head_offices_are_linked_and_unlinked_and_never_excluded(tmp_path: Path) -> None:
    rows = [establishment(ONE), establishment(TWO, TP_UNIDADE="05", SUBTIPO="")]
    people = [*PEOPLE, ("P1", "ANA DE EXEMPLO", "898000000000001", OTHER), ("P2", "RUI DE EXEMPLO", "", "")]
    work = [
        *WORK,
        (f"261160{ONE}", "P1", "131210", "40"),
        (f"261160{ONE}", "P2", "131210", "40"),
        (f"261160{TWO}", "P1", "225125", "20"),
    ]
    more: Tables = {"tbDadosProfissionalSus": list(people), "tbCargaHorariaSus": list(work)}
    load(tmp_path, rows, more=more)
    found = services.professionals_of(ONE)
    assert [(one.nome, one.cpf, one.cbo, one.desde, one.ate) for one in found] == [
        ("ANA DE EXEMPLO", OTHER, "131210", None, None), ("RUI DE EXEMPLO", "", "131210", None, None),
    ]  # fmt: skip
    assert services.professionals_of(TWO) == []
    load(tmp_path, rows, more=more)
    assert services.professionals_of(ONE) == found
    load(
        tmp_path, rows, 202502, {"tbDadosProfissionalSus": list(people), "tbCargaHorariaSus": list(work[:2])}
    )
    assert [one.nome for one in services.professionals_of(ONE)] == ["ANA DE EXEMPLO"]
    ended = services.professionals_of(ONE, ended=True)
    assert [str(one.ate) for one in ended if one.nome == "RUI DE EXEMPLO"] == ["2025-02-01"]
    load(tmp_path, rows, 202503, more)
    assert len(services.professionals_of(ONE, ended=True)) == 3


def test_who_is_linked_and_cannot_be_read_stays_linked(tmp_path: Path) -> None:
    people, work = (
        [*PEOPLE, ("P1", "ANA DE EXEMPLO", "", OTHER)],
        [*WORK, (f"261160{ONE}", "P1", "131210", "40")],
    )
    load(tmp_path, [establishment(ONE)], more={"tbDadosProfissionalSus": people, "tbCargaHorariaSus": work})
    nameless = {"tbDadosProfissionalSus": [*PEOPLE, ("P1", "", "", OTHER)], "tbCargaHorariaSus": work}
    report = load(tmp_path, [establishment(ONE)], 202502, nameless)
    assert [one.nome for one in services.professionals_of(ONE)] == ["ANA DE EXEMPLO"]
    assert any("sem os dados do profissional" in one for one in report.notes)


@pytest.mark.parametrize("table", ["tbDadosProfissionalSus", "tbCargaHorariaSus", "tbTipoUnidade"])
def test_a_table_that_decides_nothing_is_told_where_it_is_damaged_and_the_rest_is_loaded(
    tmp_path: Path, table: str
) -> None:
    people = [*PEOPLE, *((f"P{n}", f"ANA {n}", "", OTHER) for n in range(20_000))]
    work = [*WORK, *((f"261160{ONE}", f"P{n}", "131210", "40") for n in range(20_000))]
    kinds = [
        ("CO_TIPO_UNIDADE", "DS_TIPO_UNIDADE"),
        *((f"{n % 1000:03d}", f"TIPO {n}" * 5) for n in range(9_000)),
    ]
    more: Tables = {"tbDadosProfissionalSus": people, "tbCargaHorariaSus": work, "tbTipoUnidade": kinds}
    content = bytearray(archive([establishment(ONE)], more=more))
    with zipfile.ZipFile(io.BytesIO(content)) as whole:
        member = whole.getinfo(f"{table}{MONTH}.csv")
    content[member.header_offset + member.compress_size] ^= 0xFF  # far behind the header of the table
    path = tmp_path / "base.zip"
    path.write_bytes(bytes(content))
    outcome = services.load_zip(path)
    assert isinstance(outcome, Accepted), outcome
    assert any("danificado" in one for one in outcome.value.notes)
    assert services.edition() == services.Edition(MONTH, complete=True)
    assert not services.professionals_of(ONE) or table == "tbTipoUnidade"


# -- archives that are refused whole ----------------------------------------------------------------------------------


def members(month: int = MONTH) -> dict[str, bytes]:
    return {f"{name}{month}.csv": table_bytes(rows) for name, rows in tables([establishment(ONE)]).items()}


def encrypted(content: bytes) -> bytes:
    """The same archive, saying that its members need a password."""
    changed = bytearray(content)
    for signature, at in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        place = changed.find(signature)
        while place >= 0:
            changed[place + at] |= 1
            place = changed.find(signature, place + 4)
    return bytes(changed)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "FORMATO"),
        (b"nada", "FORMATO"),
        (archive([establishment(ONE)])[:-40], "FORMATO"),
        (archive([establishment(ONE)])[:40], "FORMATO"),
        (encrypted(archive([establishment(ONE)])), "ARQUIVO_CIFRADO"),
        (zipped(members(), method=zipfile.ZIP_LZMA), "COMPACTACAO"),
        (zipped({}), "TABELA_AUSENTE"),
        (zipped({"leia-me.txt": b"x"}), "TABELA_AUSENTE"),
        (zipped({k: v for k, v in members().items() if k.startswith("tb")}), "TABELA_AUSENTE"),
        (zipped(members() | {"tbSubTipo202502.csv": b"x"}), "MESES_MISTURADOS"),
        (zipped(members(202513)), "MESES_MISTURADOS"),
        (zipped(members() | {"pasta/tbEstabelecimento202501.csv": b"x"}), "TABELA_REPETIDA"),
        (zipped(members() | {"tbEstabelecimento202501.csv": b""}), "CABECALHO"),
        (zipped(members() | {"tbEstabelecimento202501.csv": b'"A";"B"\n"1";"2"\n'}), "CABECALHO"),
        (zipped(members() | {"rlEstabSubTipo202501.csv": b"\0\0\0"}), "CABECALHO"),
        (archive([]), "SEM_ESTABELECIMENTOS"),
        (archive([establishment(ONE, CO_CNES="1")]), "SEM_ESTABELECIMENTOS"),
    ],
    ids=[
        "empty", "no archive", "its end cut off", "its beginning alone", "encrypted", "another compression",
        "no member", "another file", "no subtypes", "two months", "a month that is none", "a table twice",
        "an empty table", "other columns", "not text", "no row", "no row of the right form",
    ],
)  # fmt: skip
def test_an_archive_that_is_not_right_is_refused_and_nothing_changes(
    tmp_path: Path, content: bytes, code: str
) -> None:
    load(tmp_path, [establishment(TWO)])
    path = tmp_path / "base.zip"
    path.write_bytes(content)
    refused = refusal(path)
    assert refused.code == code
    assert refused.remedy
    assert [str(one) for one in models.Estabelecimento.objects.filter(ausente_desde__isnull=True)] == [TWO]


def test_a_member_cut_in_its_middle_is_found_before_anything_is_written(tmp_path: Path) -> None:
    content = bytearray(archive([establishment(number(n)) for n in range(200)]))
    content[2_000] ^= 0xFF
    path = tmp_path / "base.zip"
    path.write_bytes(bytes(content))
    assert refusal(path).code == "ARQUIVO_DANIFICADO"
    assert not models.Estabelecimento.objects.exists()


def test_a_table_that_says_it_is_enormous_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vincula.national.cnes.loading.archive.MEMBER_LIMIT", 1_000)
    path = tmp_path / "base.zip"
    path.write_bytes(archive([establishment(number(n)) for n in range(50)]))
    assert refusal(path).code == "ARQUIVO_GRANDE"


def test_an_endless_list_of_members_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vincula.national.cnes.loading.archive._DIRECTORY_LIMIT", 100)
    path = tmp_path / "base.zip"
    path.write_bytes(archive([establishment(ONE)]))
    assert refusal(path).code == "FORMATO"


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path / "nenhum.zip").code == "ARQUIVO_AUSENTE"
    assert refusal(tmp_path).code == "ARQUIVO_ESPECIAL"
