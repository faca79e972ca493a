"""Archives of any rows: the base holds what a plain reading of each row says; and a large one takes no more memory."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.common.installation import Installation, copied
from tests.national.cnes.archives import COLUMNS, DIRECTOR, MONTH, archive, establishment, number
from vincula.common.outcomes import Accepted, Refused
from vincula.national.cnes import models, services

NAMES = st.one_of(
    st.sampled_from(["SEDE DE EXEMPLO", "", "  ", "=CMD()", 'Saúde; "Ipê"', "A" * 501]),
    st.text(st.characters(codec="iso-8859-1", categories=("L", "N", "P", "Zs")), max_size=30),
)
CELLS = st.fixed_dictionaries(
    {
        "NO_RAZAO_SOCIAL": NAMES,
        "TP_UNIDADE": st.sampled_from(["68", "68", "68", "068", " 68 ", "05", "", "x", "1234", "²"]),
        "SUBTIPO": st.sampled_from(["005", "5", "003", ""]),
        "CO_MOTIVO_DESAB": st.sampled_from(["", "", "05"]),
        "CO_CPFDIRETORCLN": st.sampled_from([DIRECTOR, "529.982.247-25", "1", "00000000000", ""]),
        "TO_CHAR(DT_ATUALIZACAO,'DD/MM/YYYY')": st.sampled_from(["31/12/2024", "31/02/2024", "ontem", ""]),
    }
)
Rows = dict[int, dict[str, str]]


def holds(row: dict[str, str]) -> bool:
    """Whether the row says which establishment it is, of which type: the rest is as if it were not given."""
    kind = row["TP_UNIDADE"].strip()
    readable = not kind or (kind.isascii() and kind.isdigit() and len(kind) <= 3)
    name = row["NO_RAZAO_SOCIAL"]
    return readable and bool(name.strip()) and len(name) <= 500


def counts(row: dict[str, str]) -> bool:
    kind, subtype = row["TP_UNIDADE"].strip(), row["SUBTIPO"]
    return kind in {"68", "068"} and subtype in {"005", "5"} and not row["CO_MOTIVO_DESAB"]


def check(given_rows: Rows, folder: Path) -> None:
    for model in (models.Estabelecimento, models.Carga, models.Subtipo, models.TipoUnidade):
        model.objects.all().delete()
    rows = {number(serial): cells for serial, cells in given_rows.items()}
    path = folder / "BASE_DE_DADOS_CNES_202501.ZIP"
    path.write_bytes(archive([establishment(cnes, **cells) for cnes, cells in rows.items()]))
    outcome = services.load_zip(path)
    sound = {cnes for cnes, row in rows.items() if holds(row)}
    if not sound:
        assert isinstance(outcome, Refused)
        assert outcome.code == "SEM_ESTABELECIMENTOS"
        assert not models.Estabelecimento.objects.exists()
        return
    assert isinstance(outcome, Accepted), outcome
    assert (outcome.value.inserted, outcome.value.refused.count) == (len(sound), len(rows) - len(sound))
    assert set(models.Estabelecimento.objects.values_list("pk", flat=True)) == sound
    for cnes, row in rows.items():
        valid = cnes in sound and counts(row)
        assert isinstance(services.headquarters(cnes), Accepted) is valid, row
        director = row["CO_CPFDIRETORCLN"].replace(".", "").replace("-", "")
        found = services.get(cnes)
        assert found is None or found.diretor_cpf == (director if len(director.strip("0")) > 1 else "")
    again = services.load_zip(path)
    assert isinstance(again, Accepted)
    assert (again.value.inserted, again.value.updated, again.value.unchanged) == (0, 0, len(sound))


any_rows = st.dictionaries(st.integers(0, 9_999), CELLS, min_size=1, max_size=12)
quiet = (HealthCheck.function_scoped_fixture, HealthCheck.too_slow)


@pytest.mark.django_db
@pytest.mark.requirement("R002", "R003", "R007")
@settings(max_examples=25, deadline=None, suppress_health_check=quiet)
@given(any_rows)
def test_the_base_holds_what_each_row_says(tmp_path: Path, rows: Rows) -> None:
    check(rows, tmp_path)


@pytest.mark.long
@pytest.mark.django_db
@settings(max_examples=2_000, deadline=None, suppress_health_check=quiet)
@given(any_rows)
def test_the_base_holds_what_each_row_says_at_length(tmp_path: Path, rows: Rows) -> None:
    check(rows, tmp_path)


# -- memory ----------------------------------------------------------------------------------------------------------

PEAK = """
import resource
from pathlib import Path
from vincula.national.cnes import services
def load(path):
    report = services.load_zip(Path(path)).value
    print(report.inserted, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def lines(rows: Iterator[tuple[str, ...]]) -> Iterator[bytes]:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    for row in rows:
        writer.writerow(row)
        yield out.getvalue().encode("iso-8859-1")
        out.seek(0)
        out.truncate()


def written(folder: Path, count: int) -> Path:
    """An archive of so many establishments, one in ten a head office, written row by row."""
    path = folder / f"BASE_{count}.ZIP"
    empty = dict.fromkeys(COLUMNS, "")

    def cells(serial: int) -> tuple[str, ...]:
        kind = {"TP_UNIDADE": "68" if serial % 10 == 0 else "36"}
        row = empty | establishment(f"{serial:07d}", **kind)
        return tuple(row[name] for name in COLUMNS)

    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        with made.open(f"tbEstabelecimento{MONTH}.csv", "w") as table:
            table.writelines(lines(iter([COLUMNS])))
            table.writelines(lines(cells(serial) for serial in range(1, count + 1)))
        with made.open(f"rlEstabSubTipo{MONTH}.csv", "w") as table:
            table.writelines(lines(iter([("CO_UNIDADE", "CO_TIPO_UNIDADE", "CO_SUB_TIPO_UNIDADE")])))
            offices = range(10, count + 1, 10)
            table.writelines(lines((f"261160{one:07d}", "68", "005") for one in offices))
    return path


@pytest.mark.long
@pytest.mark.timeout(900)
def test_five_times_the_rows_take_no_more_memory(fresh_installation: Installation, tmp_path: Path) -> None:
    peaks = {}
    for count in (20_000, 100_000):
        with copied(fresh_installation, tmp_path / f"dados{count}") as base:
            base.imports = PEAK
            inserted, peak = map(int, base.run(f"load({str(written(tmp_path, count))!r})").split())
            assert inserted == count
            peaks[count] = peak
    assert peaks[100_000] < peaks[20_000] + 32 * 1024, peaks  # KiB: one batch is the measure, not the archive
