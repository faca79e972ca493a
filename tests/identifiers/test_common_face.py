"""What holds for every identifier: absent, exact length, ASCII digits only, human form, messages without
the value.
"""

from __future__ import annotations

from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vincula.identifiers import Status, caepf, cco, cei, cnes, cnpj, cns, cpf, pis, plano, registro_ans

VALID = {
    cpf: "11122233396",
    cnpj: "11222333000181",
    cns: "750000000000141",
    cnes: "1234560",
    cco: "000123456709",
    registro_ans: "999997",
    plano: "123456211",
    pis: "12345678900",
    caepf: "11122233300156",
    cei: "112223333347",
}
HUMAN = {
    cpf: "111.222.333-96",
    cnpj: "11.222.333/0001-81",
    cns: "750 0000 0000 0141",
    cnes: "1234560",
    cco: "0001234567-09",
    registro_ans: "99999-7",
    plano: "123456/21-1",
    pis: "123.45678.90-0",
    caepf: "111.222.333/001-56",
    cei: "11.222.33333/47",
}
MODULES = pytest.mark.parametrize(
    "module", list(VALID), ids=lambda module: module.__name__.rsplit(".", 1)[-1]
)
WIDTH = {module: len(number) for module, number in VALID.items()}
COMPLETED = pytest.mark.parametrize(
    "module",
    [module for module in VALID if module is not cns],
    ids=lambda module: module.__name__.rsplit(".", 1)[-1],
)  # a CNS is issued, not completed: see test_cns
OTHER_DIGITS = ("²", "١", "５", "Ⅷ")


@MODULES
def test_nothing_given_is_absent_and_not_invalid(module: ModuleType) -> None:
    verdict = module.check("")
    assert (verdict.status, verdict.ok, verdict.message) == (Status.ABSENT, True, "")
    assert not module.is_valid("")


@MODULES
def test_a_right_number_is_valid_and_has_no_message(module: ModuleType) -> None:
    verdict = module.check(VALID[module])
    assert verdict.status is Status.VALID
    assert (verdict.value, verdict.rule, verdict.message) == (VALID[module], "", "")
    assert module.is_valid(VALID[module])


@MODULES
def test_one_digit_less_or_more_is_invalid(module: ModuleType) -> None:
    for text in (VALID[module][:-1], VALID[module] + "0", "0" + VALID[module]):
        verdict = module.check(text)
        assert verdict.status is Status.INVALID
        assert verdict.rule.endswith(".forma")
        assert f"este tem {len(text)}" in verdict.message
        assert verdict.remedy


@MODULES
@pytest.mark.parametrize("digit", OTHER_DIGITS)
def test_only_ascii_digits_are_digits(module: ModuleType, digit: str) -> None:
    verdict = module.check(digit + VALID[module][1:])
    assert verdict.status is Status.INVALID
    assert not module.is_valid(digit + VALID[module][1:])


@MODULES
@pytest.mark.parametrize("blank", [" ", "\n", "\u00a0", "\t"])
def test_a_blank_around_the_number_is_invalid_on_the_wire_and_named(module: ModuleType, blank: str) -> None:
    for text in (VALID[module] + blank, blank + VALID[module]):
        verdict = module.check(text)
        assert verdict.status is Status.INVALID
        assert "espaços" in verdict.message
        assert not module.is_valid(text)


@MODULES
def test_format_shows_the_human_form_and_parse_takes_it_back(module: ModuleType) -> None:
    assert module.format(VALID[module]) == HUMAN[module]
    assert module.parse(f" \u00a0{HUMAN[module]}\ufeff\n") == VALID[module]


@MODULES
@given(text=st.text(max_size=20))
def test_nothing_that_a_user_types_raises(module: ModuleType, text: str) -> None:
    assert module.check(text).status in Status
    assert module.check(module.parse(text)).status in Status
    assert isinstance(module.format(text), str)
    assert module.is_valid(text) == (module.check(text).status is Status.VALID)


@COMPLETED
@given(data=st.data())
def test_what_is_completed_is_valid_and_survives_format_and_parse(
    module: ModuleType, data: st.DataObject
) -> None:
    width = _base_width(module)
    number = module.complete(data.draw(st.text("0123456789", min_size=width, max_size=width)))
    may_repeat = module in (cnes, cco, registro_ans, plano)
    assert module.is_valid(number) is (may_repeat or len(set(number)) > 1)
    assert module.parse(module.format(number)) == number


def _base_width(module: ModuleType) -> int:
    two = module in (cpf, cnpj, cco, caepf)
    return WIDTH[module] - (2 if two else 1)


@MODULES
@given(text=st.text("0123456789", min_size=4, max_size=20))
def test_no_message_shows_the_number(module: ModuleType, text: str) -> None:
    verdict = module.check(text)
    assert text not in verdict.message + verdict.remedy


@MODULES
def test_a_base_of_the_wrong_form_raises_without_showing_it(module: ModuleType) -> None:
    compute = module.issue if module is cns else module.check_digits
    with pytest.raises(ValueError) as caught:
        compute("12x")
    assert "12x" not in str(caught.value)
