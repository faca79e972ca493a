"""The invented establishments: what each is there for, and an archive that is the same each time."""

from __future__ import annotations

from pathlib import Path

import pytest

from vincula.common.outcomes import Accepted, Refused
from vincula.identifiers import cnes as cnes_rules
from vincula.identifiers import cpf as cpf_rules
from vincula.national.cnes import services
from vincula.sandbox import establishments as made
from vincula.sandbox.operadoras import BY_REGISTRO

pytestmark = pytest.mark.django_db


@pytest.fixture
def _loaded(tmp_path: Path) -> None:
    path = tmp_path / "base.zip"
    path.write_bytes(made.cnes_zip())
    outcome = services.load_zip(path)
    assert isinstance(outcome, Accepted)
    assert not outcome.value.refused.count


def test_the_archive_is_the_same_each_time() -> None:
    assert made.cnes_zip() == made.cnes_zip()


@pytest.mark.usefixtures("_loaded")
@pytest.mark.requirement("R002", "R003", "R007")
@pytest.mark.parametrize(
    ("cnes", "code"),
    [
        (made.ARAUCARIA, ""),
        (made.IPE, ""),
        (made.WRONG_DIGIT, ""),
        (made.INACTIVE, "CNES_DESATIVADO"),
        (made.SECRETARIA, "CNES_SUBTIPO"),
        (made.CLINIC, "CNES_TIPO"),
    ],
)
def test_each_is_what_it_is_there_for(cnes: str, code: str) -> None:
    outcome = services.headquarters(cnes)
    assert (outcome.code if isinstance(outcome, Refused) else "") == code


@pytest.mark.usefixtures("_loaded")
def test_the_operadoras_have_their_head_offices_but_one() -> None:
    found = {registro: services.headquarters_of(one.cnpj) for registro, one in BY_REGISTRO.items()}
    assert {registro for registro, one in found.items() if isinstance(one, Accepted)} == {
        "999997", "999903", "000060",
    }  # fmt: skip
    missing = found["000001"]
    assert isinstance(missing, Refused)
    assert missing.code == "OPERADORA_SEM_CNES"


@pytest.mark.usefixtures("_loaded")
def test_one_number_has_a_wrong_digit_and_its_director_directs_a_clinic_too() -> None:
    wrong = [one.cnes for one in made.ESTABLISHMENTS if not cnes_rules.is_valid(one.cnes)]
    assert wrong == [made.WRONG_DIGIT]
    office = services.get(made.WRONG_DIGIT)
    assert office is not None
    assert [one.cnes for one in services.directed_by(office.diretor_cpf)] == sorted(
        [made.WRONG_DIGIT, made.CLINIC]
    )
    assert all(cpf_rules.is_valid(one.diretor) for one in made.ESTABLISHMENTS)
