"""Why a whole file is rejected, in the order in which it is found out."""

from __future__ import annotations

import pytest

from vincula.formats.sib import CNPJ_ANS, REJECTION_NAMES
from vincula.national.sib.rules import rejections as r


@pytest.mark.parametrize(
    ("registro", "known", "active", "code"),
    [
        (None, True, True, 17),
        ("", True, True, 17),
        ("999903", True, True, 18),
        ("999997", False, False, 18),
        ("999997", True, False, 19),
        ("999997", True, True, None),
    ],
)
def test_the_origin_must_be_the_active_operadora_of_the_file_name(
    registro: str | None, known: bool, active: bool, code: int | None
) -> None:
    found = r.check_origin(registro, "999997", known=known, active=active)
    assert (found.code if found else None) == code


@pytest.mark.parametrize(
    ("cnpj", "version", "code"),
    [
        (None, "1.1", 22),
        ("", "1.1", 22),
        ("11222333000181", "1.1", 23),
        ("03589068000146 ", "1.1", 23),
        (CNPJ_ANS, "1.2", 24),
        (CNPJ_ANS, None, 24),
        (None, None, 22),
        (CNPJ_ANS, "1.1", None),
    ],
)
def test_the_destination_must_be_ans_in_the_only_version(
    cnpj: str | None, version: str | None, code: int | None
) -> None:
    found = r.check_destination(cnpj, version)
    assert (found.code if found else None) == code


FAULT = {"message": "Falta o nome."}
EVERY = [
    r.structure((FAULT,), 1),
    r.structure((), 0),
    r.wrong_hash("O hash não confere.", "Gere o hash de novo."),
    r.too_many(100_001),
    r.bad_name("errado.xml"),
    r.duplicate_name(),
    r.duplicate_content("99999720261101100000.SBX"),
    *filter(None, (r.check_origin(None, "999997", known=True, active=True),
                   r.check_origin("1", "999997", known=True, active=True),
                   r.check_origin("999997", "999997", known=False, active=False),
                   r.check_origin("999997", "999997", known=True, active=False),
                   r.check_destination(None, None),
                   r.check_destination("1", "1.1"),
                   r.check_destination(CNPJ_ANS, "2"))),
]  # fmt: skip


def test_every_official_code_is_given_somewhere() -> None:
    assert {rejection.code for rejection in EVERY} == REJECTION_NAMES.keys()


@pytest.mark.parametrize("rejection", EVERY, ids=lambda one: f"{one.code}")
def test_a_rejection_says_the_official_name_why_and_what_to_do(rejection: r.Rejection) -> None:
    refused = rejection.as_refused()
    assert refused.code == rejection.name
    assert str(rejection.code) in refused.message
    assert rejection.message.endswith((".", ")"))
    assert rejection.remedy.endswith(".")


def test_what_a_sender_wrote_is_shown_only_in_part() -> None:
    assert len(r.bad_name("x" * 5_000).message) < 100
    found = r.check_origin("9" * 5_000, "999997", known=True, active=True)
    assert found is not None
    assert len(found.message) < 100
    found = r.check_destination(CNPJ_ANS, "1" * 5_000)
    assert found is not None
    assert len(found.message) < 100


def test_the_number_of_further_faults_is_told() -> None:
    rejection = r.structure((FAULT, FAULT), 7)
    assert rejection.message == "Falta o nome. E mais 6 falha(s)."
    assert rejection.fault_count == 7


def test_the_number_of_procedures_is_written_as_people_do() -> None:
    assert "100.001 procedimentos" in r.too_many(100_001).message
