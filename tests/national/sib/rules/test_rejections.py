"""Why a whole file is rejected, in the order in which it is found out."""

from __future__ import annotations

import pytest

from vincula.formats.sib import CNPJ_ANS, REJECTION_NAMES
from vincula.formats.sib.faults import ENCODING_RULE, KIND_RULE, SCHEMA_RULE
from vincula.national.sib.rules import rejections as r
from vincula.national.sib.rules.repeated import Earlier, duplicate_content, duplicate_name


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
EARLIER = Earlier(7, "99999720261110090001.SBX", "10/11/2026 às 09:00:05", "20261110000000000007")
UNDER_WAY = Earlier(8, "99999720261110090001.SBX", "10/11/2026 às 09:00:05", "")
EVERY = [
    r.structure((FAULT,), 1),
    r.structure((), 0),
    r.wrong_hash("O hash não confere.", "Gere o hash de novo."),
    r.too_many(100_001),
    r.bad_name("errado.xml"),
    r.bad_name("99999720261110090001.SBX.zip"),
    duplicate_name(EARLIER),
    duplicate_content(EARLIER, same_name=False),
    duplicate_content(UNDER_WAY, same_name=True),
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
    assert rejection.message == "Falta o nome. E mais 6 falhas."
    assert rejection.fault_count == 7
    assert r.structure((FAULT, FAULT), 2).message == "Falta o nome. E mais 1 falha."


def test_the_number_of_procedures_is_written_as_people_do() -> None:
    assert "100.001 procedimentos" in r.too_many(100_001).message


REPEATED = [
    # what came before, same name, same content, what is said of it
    (EARLIER, True, True, "Este mesmo arquivo, nome e conteúdo, já tinha sido recebido"),
    (EARLIER, False, True, "O conteúdo é o mesmo do arquivo 99999720261110090001.SBX, recebido"),
    (EARLIER, True, False, "Já há um arquivo com este nome e outro conteúdo, recebido"),
]


@pytest.mark.parametrize(("earlier", "same_name", "same_content", "says"), REPEATED)
def test_a_repeated_file_is_told_what_it_repeats(
    earlier: Earlier, same_name: bool, same_content: bool, says: str
) -> None:
    found = duplicate_content(earlier, same_name=same_name) if same_content else duplicate_name(earlier)
    assert found.message.startswith(says)
    assert "em 10/11/2026 às 09:00:05 com o protocolo 20261110000000000007" in found.message
    assert ("Não é preciso fazer nada" in found.remedy) == same_content == found.repeats
    assert found.earlier == earlier.id


def test_a_file_that_repeats_one_still_under_way_is_told_so() -> None:
    assert "e ainda em processamento:" in duplicate_content(UNDER_WAY, same_name=True).message


@pytest.mark.parametrize(("name", "unpack"), [("a.SBX.zip", True), ("A.GZ", True), ("a.xml", False)])
def test_the_name_of_an_archive_is_told_to_be_unpacked(name: str, unpack: bool) -> None:
    assert ("descompacte" in r.bad_name(name).remedy) == unpack


@pytest.mark.parametrize(
    ("rule", "own_remedy", "told_whole"),
    [(KIND_RULE, True, True), (ENCODING_RULE, True, False), (SCHEMA_RULE, False, False)],
)
def test_a_fault_of_the_whole_file_keeps_its_own_remedy(
    rule: str, own_remedy: bool, told_whole: bool
) -> None:
    fault = {"message": "É um ZIP.", "remedy": "Descompacte.", "rule": rule}
    found = r.structure((fault,), 1)
    assert (found.remedy == "Descompacte.") == own_remedy
    assert found.told_whole == told_whole
