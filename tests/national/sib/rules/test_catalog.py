"""The table of críticas: nothing of reference sib.md 5.2 is forgotten, and all of it fits the result file."""

from __future__ import annotations

from itertools import groupby

import pytest

from vincula.formats.sib import schema
from vincula.national.sib.rules import rejections
from vincula.national.sib.rules.catalog import Finding, Rule, rules
from vincula.national.sib.rules.fields import BY_COLUMN
from vincula.national.sib.rules.reasons import EXPLANATION, Reason
from vincula.national.sib.services.answer import error_text

MESSAGE_MAX = 200  # mensagemErro in the RPX

# Every rule of the reference, and where it is kept: in the table of críticas; by the structure of the file, which is
# rejected whole (16, 21); only counted (RQC); told by consolidation; or not evaluated without a base of plans.
WHERE = {
    "CCO-1": "structure",
    "CCO-2": "critica",
    "CCO-3": "critica",
    "COD-1": "critica",
    "COD-2": "critica",
    "NOM-1": "critica",
    "NOM-2": "critica",
    "NOM-3": "consolidation",
    "DNA-1": "critica",
    "SEX-1": "structure",
    "CPF-1": "critica",
    "CPF-2": "critica",
    "CPF-3": "counted",
    "PIS-1": "critica",
    "MAE-1": "critica",
    "MAE-2": "critica",
    "DN-1": "critica",
    "CNS-1": "critica",
    "CNS-2": "counted",
    "CNS-3": "counted",
    "TIT-1": "critica",
    "TIT-2": "critica",
    "TIT-3": "critica",
    "END-1": "critica",
    "END-2": "critica",
    "PLA-1": "critica",
    "PLA-2": "critica",  # only where the record contradicts itself; the rest needs a base of plans
    "PLA-3": "base of plans",
    "CNP-1": "critica",  # check digits; collective or individual needs a base of plans
    "DCT-1": "critica",
    "CAN-1": "critica",
    "CAN-2": "structure",  # the list; 42 on an individual plan needs a base of plans
    "REA-1": "critica",
    "SEQ-1": "structure",
}
ALL = [pytest.param(rule, id=rule.id) for rule in rules().values()]
INCLUSAO = schema.leaf_names(schema.INCLUSAO)


def test_the_table_has_the_criticas_of_the_reference_and_no_other() -> None:
    assert set(rules()) == {rule for rule, where in WHERE.items() if where == "critica"}


@pytest.mark.parametrize(
    ("rule", "element", "wrong"),
    [
        ("COD-1", "codigoBeneficiario", "1" * 31),
        ("NOM-1", "nome", "JO"),
        ("NOM-1", "nome", "A" * 71),
        ("NOM-1", "nome", "ANA-MARIA"),
        ("DNA-1", "dataNascimento", "1889-12-31"),
        ("DCT-1", "dataContratacao", "1939-12-31"),
        ("SEX-1", "sexo", "2"),
        ("DN-1", "dn", "1234567890"),
        ("CNS-1", "cns", "75000000000014"),
        ("CCO-2", "cco", "12345678901"),
        ("CAN-2", "motivoCancelamento", "45"),
    ],
)
def test_what_the_schema_refuses_no_record_can_bring(rule: str, element: str, wrong: str) -> None:
    assert rule in WHERE
    assert schema.FIELDS[element].type.problem(wrong) is not None


def test_an_inclusao_cannot_carry_a_cco_and_must_carry_a_codigo() -> None:
    assert "cco" not in INCLUSAO
    assert "codigoBeneficiario" in INCLUSAO


def test_too_many_procedures_are_a_rejection_of_the_file() -> None:
    assert rejections.too_many(rejections.MAX_PROCEDURES + 1).code == 21


def test_a_name_that_differs_from_the_receita_is_told_by_consolidation() -> None:
    """NOM-3 never rejects: it blocks the CNS, and the vínculo says why."""
    assert "Receita" in EXPLANATION[Reason.NOME_DIFERE].sentence


@pytest.mark.parametrize("rule", ALL)
def test_a_rule_says_why_and_what_to_do_within_the_limits_of_the_result_file(rule: Rule) -> None:
    text = error_text(rule.id)
    assert text.startswith(rule.id)
    assert len(text) <= MESSAGE_MAX
    for sentence in (rule.message, rule.remedy):
        assert sentence.endswith(".")
        assert sentence[0].isupper()
        sentence.encode("iso-8859-1")


def test_codes_have_four_digits_and_each_means_one_thing() -> None:
    findings = [Finding(rule.id, column) for rule in rules().values() for column in rule.columns]
    codes = [f.error_code for f in findings]
    assert all(len(code) == 4 and code.isascii() and code.isdigit() for code in codes)
    assert len(set(codes)) == len(codes)
    assert all(f.field_code == f.error_code[:2] for f in findings)


@pytest.mark.parametrize("rule", ALL)
def test_a_rule_belongs_to_fields_that_exist(rule: Rule) -> None:
    assert rule.columns
    assert set(rule.columns) <= BY_COLUMN.keys()
    assert len(rule.error) == 2


def test_rules_of_one_prefix_stand_together() -> None:
    prefixes = [prefix for prefix, _ in groupby(rules(), key=lambda rule: rule.split("-")[0])]
    assert len(set(prefixes)) == len(prefixes)


def test_only_what_is_not_certain_is_a_mere_warning() -> None:
    """The check digit of a CCO is derived from 22 numbers; the exact crítica of a short name is unknown."""
    assert {rule.id for rule in rules().values() if not rule.refuses} == {"CCO-2", "NOM-2"}


def test_no_code_of_ans_is_claimed() -> None:
    assert {rule.ans_code for rule in rules().values()} == {""}
