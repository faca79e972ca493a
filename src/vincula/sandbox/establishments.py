"""Invented establishments, as an archive of CNES brings them: head offices of the invented operadoras, and those that
only look like one.

Their numbers begin with 899. Whether real archives use that range is not known; what an archive brings is worth more
than what was invented.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from vincula.identifiers import cnes, cpf
from vincula.sandbox.operadoras import BY_REGISTRO, SandboxOperadora

MONTH = 202501
_TYPE = 68
_PLACES = {"Curitiba": "410690", "Belo Horizonte": "310620", "Goiânia": "520870", "Salvador": "292740"}
_UF_CODES = {"PR": "41", "MG": "31", "GO": "52", "BA": "29"}
_WRONG_DIGIT = str((int(cnes.check_digits("899900")) + 1) % 10)


@dataclass(frozen=True, slots=True)
class SandboxEstablishment:
    """An establishment that does not exist. `tipo`, `subtipo`: codes (None: without subtype); `diretor`: a CPF."""

    cnes: str
    cnpj: str
    nome: str
    cidade: str
    uf: str
    tipo: int
    subtipo: int | None
    diretor: str = ""
    desativado: bool = False


def _office(registro: str, number: str, director: str, *, desativado: bool = False) -> SandboxEstablishment:
    of: SandboxOperadora = BY_REGISTRO[registro]
    return SandboxEstablishment(
        number,
        of.cnpj,
        of.nome_fantasia.upper(),
        of.cidade,
        of.uf,
        _TYPE,
        5,
        cpf.complete(director),
        desativado,
    )


ARAUCARIA, IPE = cnes.complete("899901"), cnes.complete("899902")
"""Head offices of 999997 and 999903; 000001 has none, and registers it."""
WRONG_DIGIT = "899900" + _WRONG_DIGIT
"""Head office of 000060: the check digit is not the observed one, and the number counts all the same. Its director
directs a clinic too."""
INACTIVE, SECRETARIA, CLINIC = cnes.complete("899903"), cnes.complete("899904"), cnes.complete("899905")
_TWICE_DIRECTOR = "990100106"
ESTABLISHMENTS: tuple[SandboxEstablishment, ...] = (
    _office("999997", ARAUCARIA, "990100101"),
    _office("999903", IPE, "990100102"),
    _office("000060", WRONG_DIGIT, _TWICE_DIRECTOR),
    _office("999873", INACTIVE, "990100107", desativado=True),
    SandboxEstablishment(
        SECRETARIA,
        "",
        "SECRETARIA DE SAÚDE (FICTÍCIA)",
        "Curitiba",
        "PR",
        _TYPE,
        3,
        cpf.complete("990100108"),
    ),
    SandboxEstablishment(
        CLINIC, "", "CLÍNICA DO CERRADO (FICTÍCIA)", "Goiânia", "GO", 36, None, cpf.complete(_TWICE_DIRECTOR)
    ),
)

_COLUMNS = (
    "CO_UNIDADE", "CO_CNES", "NU_CNPJ_MANTENEDORA", "TP_PFPJ", "NIVEL_DEP", "NO_RAZAO_SOCIAL", "NO_FANTASIA",
    "NO_LOGRADOURO", "NU_ENDERECO", "NO_COMPLEMENTO", "NO_BAIRRO", "CO_CEP", "NU_TELEFONE", "NO_EMAIL", "NU_CPF",
    "NU_CNPJ", "TP_UNIDADE", "CO_ESTADO_GESTOR", "CO_MUNICIPIO_GESTOR", "TO_CHAR(DT_ATUALIZACAO,'DD/MM/YYYY')",
    "CO_CPFDIRETORCLN", "CO_MOTIVO_DESAB", "CO_NATUREZA_JUR", "TP_GESTAO",
    "TO_CHAR(DT_ATUALIZACAO_ORIGEM,'DD/MM/YYYY')",
)  # fmt: skip


def cnes_zip(month: int = MONTH, establishments: Iterable[SandboxEstablishment] = ESTABLISHMENTS) -> bytes:
    """An archive of the official layout (a choice of its columns; ISO-8859-1, `;`, quoted) with these."""
    listed = list(establishments)
    tables: dict[str, list[Sequence[str]]] = {
        "tbEstabelecimento": [_COLUMNS, *map(_row, listed)],
        "rlEstabSubTipo": [
            ("CO_UNIDADE", "CO_TIPO_UNIDADE", "CO_SUB_TIPO_UNIDADE"),
            *(
                (_unit(one), f"{one.tipo:02d}", f"{one.subtipo:03d}")
                for one in listed
                if one.subtipo is not None
            ),
        ],
        "tbTipoUnidade": [
            ("CO_TIPO_UNIDADE", "DS_TIPO_UNIDADE"),
            ("36", "CLINICA/CENTRO DE ESPECIALIDADE"),
            ("68", "CENTRAL DE GESTAO EM SAUDE"),
        ],
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, rows in tables.items():
            info = zipfile.ZipInfo(f"{name}{month}.csv")  # of a fixed date: the same bytes each time
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, _csv(rows))
    return out.getvalue()


def _csv(rows: Iterable[Sequence[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode("iso-8859-1")


def _unit(one: SandboxEstablishment) -> str:
    return _PLACES[one.cidade] + one.cnes


def _row(one: SandboxEstablishment) -> tuple[str, ...]:
    return (
        _unit(one), one.cnes, "", "3", "1", one.nome, one.nome, "RUA DA AMOSTRA", "100", "", "CENTRO", "80000000", "",
        f"cnes{one.cnes}@exemplo.invalid", "", one.cnpj, f"{one.tipo:02d}", _UF_CODES[one.uf], _PLACES[one.cidade],
        "15/01/2025", one.diretor, "01" if one.desativado else "", "2062", "M", "",
    )  # fmt: skip
