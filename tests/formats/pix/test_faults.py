"""What of a feed cannot be read is told by field, reason and remedy, and never with what stood there."""

from __future__ import annotations

import pytest

from tests.formats.pix import messages as m

# What came and cannot be read: which field, and a word of the reason.
UNREADABLE = [
    ("a birth on 30 February", '<birthTime value="19850230"/>', "data_nascimento", "data de nascimento"),
    ("a birth in Brazilian writing", '<birthTime value="12/03/1985"/>', "data_nascimento", "data de nascimento"),
    ("a birth in words", "<birthTime>MARÇO</birthTime>", "data_nascimento", "data de nascimento"),
    ("a death without a day", '<deceasedInd value="true"/>', "data_obito", "sem a data"),
    ("a death on no day", '<deceasedTime value="20200231"/>', "data_obito", "data de óbito"),
    ("alive and dead", '<deceasedInd value="false"/><deceasedTime value="20200229"/>', "data_obito", "viva"),
    ("neither alive nor dead", '<deceasedInd value="talvez"/>', "data_obito", "viva"),
    ("a sex of no table", '<administrativeGenderCode code="X"/>', "sexo", "sexo"),
    ("a telephone in words", '<telecom use="PRN" value="recado com a Ana"/>', "telefones", "telefone"),
    ("a telephone of unknown country", '<telecom use="PRN" value="+541140000000"/>', "telefones", "telefone"),
    ("a country in words", m.BORN_ABROAD.replace("021", "ARGENTINA"), "pais_nascimento", "país"),
    ("an entry on no day", m.ENTERED.replace("19900101", "19901301"), "data_entrada", "data de entrada"),
    ("a naturalisation on no day", m.NATURALISED.replace("20010202", "01"), "data_naturalizacao", "data de naturalização"),
    ("an RG issued on no day", m.RG.replace("20030303", "20030332"), "documentos", "(RG)"),
    ("a passport that ends on no day", m.PASSPORT.replace("20300109", "2030"), "documentos", "validade"),
    ("RG and CNH in one group", m.group(("13.243", "1"), ("13.238", "2"), ("4.707", "GO")), "documentos", "RG e a CNH"),
    ("a UF of no document", m.group(("4.707", "GO")), "documentos", "UF"),
    ("two RGs in one group", m.group(("13.243", "1"), ("13.243", "2")), "documentos", "duas vezes"),
    ("two CPFs", m.CPF + m.group(("13.237", "52998224725")), "cpf", "mais de uma vez"),
    ("two births", m.BIRTH + m.BIRTH.replace("1985", "1986"), "data_nascimento", "mais de uma vez"),
    ("two mothers", m.PARENTS + m.parent("PRN", "IDA PRADO", "Nome da Mae"), "nome_mae", "mais de uma vez"),
    ("two entries", m.ENTERED + m.ENTERED.replace("1990", "1991"), "data_entrada", "mais de uma vez"),
    ("two NIS", m.NIS + m.group(("13.240", "10000000019")), "pis", "mais de uma vez"),
    ("a certidão of no type", m.group(("4.706", "1" * 32)), "certidoes", "sem o seu tipo"),
    ("a certidão of two types", m.group(("13.241.1", "null"), ("13.241.4", "null"), ("4.706", "1" * 32)), "certidoes", "mais de um tipo"),
    ("a new certidão without number", m.group(("13.241.1", "null"), ("4.706.5", "20060606")), "certidoes", "matrícula"),
    ("a certidão issued on no day", m.NEW_BIRTH.replace("20060606", "20060600"), "certidoes", "certidão"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("person", "field", "reason"), [case[1:] for case in UNREADABLE], ids=[case[0] for case in UNREADABLE]
)
def test_what_cannot_be_read_is_told(person: str, field: str, reason: str) -> None:
    (fault,) = m.fed(person).faults
    assert fault.field == field
    assert reason in fault.message
    assert fault.message.endswith(".")
    assert fault.remedy.endswith(".")


@pytest.mark.parametrize(
    ("ids", "field"),
    [
        ('<id extension="P-77"/>', "locais"),
        (f'<id root="{m.SYSTEM}"/>', "locais"),
        (f'<id root="{m.OID}.3.4594" extension="ABC"/>{m.LOCAL}', "id"),
        (f'<id root="{m.OID}.3.4594" extension="12345678901"/>{m.LOCAL}', "id"),
    ],
)
def test_an_id_that_is_none_is_told(ids: str, field: str) -> None:
    (fault,) = m.fed(m.NAMES, ids=ids).faults
    assert fault.field == field


def test_two_persons_in_a_message_are_told() -> None:
    feed = m.fed(payload=m.message(m.patient(m.WHOLE) + m.patient(m.NAMES)))
    assert [fault.field for fault in feed.faults] == [""]


@pytest.mark.parametrize(("mode", "refused"), [("D", True), ("R", False), ("N", False)])
def test_what_is_to_be_removed_is_not_taken_for_what_is_to_be_added(mode: str, refused: bool) -> None:
    feed = m.fed(m.TELECOMS.replace("<telecom", f'<telecom updateMode="{mode}"', 1))
    assert [fault.field for fault in feed.faults] == ([""] if refused else [])


def test_nothing_of_the_person_is_in_a_fault_or_a_repr() -> None:
    feed = m.fed(m.WHOLE.replace("19850312", "19850399").replace("20030303", "segredo"))
    said = repr(feed) + repr(feed.record) + repr(feed.faults)
    assert len(feed.faults) == 2
    assert not any(secret in said for secret in ("19850399", "segredo", "LÚCIA", "11144477735", "P-77"))
