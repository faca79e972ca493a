"""The hash: the official vector, the accepted readings, and the causes of a wrong one."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import pytest

from tests.formats.sib.files import GOOD, check, sbx, swap
from tests.formats.sib.makers import LOCATION
from vincula.formats.sib import HashDiagnosis, read_cnx, read_rpx
from vincula.formats.sib.digest import Digest

HERE = Path(__file__).with_name("samples")
SHARED = Path(__file__).parents[4] / "shared/reference/samples/sib"


def test_the_vector_of_the_reference() -> None:
    values = "Atualização SIB|2|2025-06-02T10:30:00|999997|03589068000146|1.1|AMOSTRA|0.1|AMOSTRA|62".split(
        "|"
    )
    digest = Digest()
    digest.feed([LOCATION, *values])
    assert digest.hexdigest() == "03E4580D6318ACF81ECB87C92FAF616B"


@pytest.mark.parametrize(
    "path", sorted([*HERE.iterdir(), *(SHARED.glob("*") if SHARED.is_dir() else [])]), ids=str
)
def test_the_hash_of_every_sample_is_accepted(path: Path) -> None:
    data = path.read_bytes()
    if path.suffix == ".SBX":
        outcome = check(data)
        assert not outcome.faults
        assert outcome.hash_diagnosis is HashDiagnosis.OK
        assert outcome.hash_informed == outcome.hash_computed
        return
    answer = read_cnx(io.BytesIO(data)) if path.suffix == ".CNX" else read_rpx(io.BytesIO(data))
    for _ in answer:
        pass
    assert answer.hash_diagnosis is HashDiagnosis.OK


def _values(nome: str) -> list[str]:
    header = "Atualização SIB|1|2026-10-05T10:00:00|999997|03589068000146|1.1|TESTE|1|TESTE"
    procedure = f"11122233396|{nome}|1|1980-02-28|330455|0001|1|2025-04-15|123456211"
    return [LOCATION, *f"{header}|{procedure}".split("|")]


def _md5(values: list[str], encoding: str = "iso-8859-1") -> str:
    return hashlib.md5("".join(values).encode(encoding)).hexdigest().upper()


NOME = " JOÃO DA CONCEIÇÃO "
RIGHT = _md5(_values(NOME))
TRIMMED = [value.strip() for value in _values(NOME)]
DIAGNOSES = [
    (RIGHT, HashDiagnosis.OK),
    (f"\n  {RIGHT}\n", HashDiagnosis.OK),
    (RIGHT.lower(), HashDiagnosis.LOWER_CASE),
    (_md5(_values(NOME), "utf-8"), HashDiagnosis.UTF8),
    (_md5(_values(NOME), "utf-8").lower(), HashDiagnosis.UTF8),
    (_md5(TRIMMED), HashDiagnosis.TRIMMED),
    (_md5(TRIMMED, "utf-8"), HashDiagnosis.UTF8_TRIMMED),
    (_md5(_values(NOME)[1:]), HashDiagnosis.WITHOUT_SCHEMA_LOCATION),
    ("0" * 32, HashDiagnosis.WRONG),
    ("sem hash", HashDiagnosis.NOT_HEX),
    ("  ", HashDiagnosis.MISSING),
]


@pytest.mark.parametrize(("informed", "diagnosis"), DIAGNOSES)
def test_the_cause_of_a_wrong_hash_is_told(informed: str, diagnosis: HashDiagnosis) -> None:
    text = sbx(swap("JOÃO DA CONCEIÇÃO", NOME)).replace("<hash>X</hash>", f"<hash>{informed}</hash>")
    outcome = check(text)
    assert not outcome.faults
    assert outcome.hash_computed == RIGHT
    assert outcome.hash_diagnosis is diagnosis
    assert diagnosis.message
    assert diagnosis.accepted == (diagnosis in (HashDiagnosis.OK, HashDiagnosis.LOWER_CASE))
    assert bool(diagnosis.remedy) == (diagnosis is not HashDiagnosis.OK)


@pytest.mark.parametrize(
    ("values", "diagnosis"),
    [(_values(NOME)[1:], HashDiagnosis.OK), (_values(NOME), HashDiagnosis.CONSTANT_PREFIX)],
)
def test_without_schema_location_both_readings_are_accepted(
    values: list[str], diagnosis: HashDiagnosis
) -> None:
    text = sbx(swap("JOÃO DA CONCEIÇÃO", NOME)).replace("<hash>X</hash>", f"<hash>{_md5(values)}</hash>")
    outcome = check(text.replace(f' xsi:schemaLocation="{LOCATION}"', ""))
    assert not outcome.faults
    assert outcome.hash_diagnosis is diagnosis
    assert diagnosis.accepted


def test_attributes_and_blank_values_count_as_the_definition_has_it() -> None:
    """An xsi attribute on any element counts; a value of blanks alone does not."""
    body = swap("<codigoMunicipio>", "<complemento>   </complemento><codigoMunicipio>")
    body = body.replace("<inclusao>", f'<inclusao xsi:schemaLocation="{LOCATION}">')
    expected = _values("JOÃO DA CONCEIÇÃO")
    expected.insert(10, LOCATION)
    outcome = check(sbx(body))
    assert not outcome.faults
    assert outcome.hash_computed == _md5(expected)


def test_the_hash_of_a_faulty_file_that_can_be_read_is_still_told() -> None:
    outcome = check(sbx(GOOD + swap("<sexo>1", "<sexo>2")))
    assert outcome.fault_count == 1
    assert len(outcome.hash_computed) == 32
    assert outcome.hash_diagnosis is HashDiagnosis.NOT_HEX
