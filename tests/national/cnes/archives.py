"""Archives of CNES for tests, table by table; synthetic establishments only."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from vincula.common.loads import LoadReport
from vincula.common.outcomes import Accepted
from vincula.identifiers import cnes as cnes_rules
from vincula.identifiers import cpf as cpf_rules
from vincula.national.cnes import services

MONTH = 202501
COLUMNS = (
    "CO_UNIDADE", "CO_CNES", "NU_CNPJ_MANTENEDORA", "NO_RAZAO_SOCIAL", "NO_FANTASIA", "NO_LOGRADOURO", "NU_ENDERECO",
    "NU_CNPJ", "TP_UNIDADE", "CO_ESTADO_GESTOR", "CO_MUNICIPIO_GESTOR", "TO_CHAR(DT_ATUALIZACAO,'DD/MM/YYYY')",
    "CO_CPFDIRETORCLN", "CO_MOTIVO_DESAB", "TO_CHAR(DT_ATUALIZACAO_ORIGEM,'DD/MM/YYYY')",
)  # fmt: skip
DIRECTOR, OTHER = cpf_rules.complete("990200101"), cpf_rules.complete("990200102")
Row = Mapping[str, str]
Tables = dict[str, list[Sequence[str]]]


def number(serial: int) -> str:
    """A CNES with the observed check digit."""
    return cnes_rules.complete(f"{890000 + serial:06d}")


def establishment(cnes: str, **cells: str) -> dict[str, str]:
    """A head office of an operadora in Recife, active, with a director; `cells` change what they name."""
    return {
        "CO_UNIDADE": f"261160{cnes}", "CO_CNES": cnes, "NO_RAZAO_SOCIAL": f"OPERADORA DE EXEMPLO {cnes}",
        "TP_UNIDADE": "68", "SUBTIPO": "005", "CO_ESTADO_GESTOR": "26", "CO_MUNICIPIO_GESTOR": "261160",
        "TO_CHAR(DT_ATUALIZACAO,'DD/MM/YYYY')": "31/12/2024", "CO_CPFDIRETORCLN": DIRECTOR,
    } | cells  # fmt: skip


def tables(rows: Iterable[Row]) -> Tables:
    """The two tables without which there is no archive."""
    listed = list(rows)
    return {
        "tbEstabelecimento": [COLUMNS, *([row.get(name, "") for name in COLUMNS] for row in listed)],
        "rlEstabSubTipo": [
            ("CO_UNIDADE", "CO_TIPO_UNIDADE", "CO_SUB_TIPO_UNIDADE"),
            *((row["CO_UNIDADE"], row["TP_UNIDADE"], row["SUBTIPO"]) for row in listed if row["SUBTIPO"]),
        ],
    }


def table_bytes(rows: Iterable[Sequence[str]]) -> bytes:
    """A table as the archive has it: quoted, `;`, ISO-8859-1."""
    text = io.StringIO()
    csv.writer(text, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode("iso-8859-1")


def zipped(members: Mapping[str, bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP of these members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def archive(rows: Iterable[Row], month: int = MONTH, more: Tables | None = None) -> bytes:
    """A whole archive of a month."""
    found = tables(rows) | (more or {})
    return zipped({f"{name}{month}.csv": table_bytes(content) for name, content in found.items()})


def load(folder: Path, rows: Iterable[Row], month: int = MONTH, more: Tables | None = None) -> LoadReport:
    """Load an archive of these rows, which must be accepted."""
    path = folder / f"BASE_DE_DADOS_CNES_{month}.ZIP"
    path.write_bytes(archive(rows, month, more))
    outcome = services.load_zip(path)
    assert isinstance(outcome, Accepted), outcome
    return outcome.value
