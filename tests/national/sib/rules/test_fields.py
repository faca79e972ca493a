"""The fields: the same in the files, in the rules and in the base."""

from __future__ import annotations

import pytest

from vincula.formats.sib import COLUMNS_CNX, COLUMNS_INCLUSAO, schema
from vincula.national.sib.rules.fields import BY_COLUMN, BY_ELEMENT, INCLUSAO, MOVEMENTS, WIRE


def test_an_inclusao_has_its_columns_in_the_order_of_the_reader() -> None:
    assert tuple(BY_COLUMN[column].element for column in INCLUSAO) == COLUMNS_INCLUSAO


@pytest.mark.parametrize("movement", schema.MOVEMENTS, ids=lambda m: m.element)
def test_every_element_of_a_movement_has_a_column(movement: schema.Movement) -> None:
    without = set(schema.leaf_names(movement.content)) - BY_ELEMENT.keys()
    # The number of an administrative proceeding is about the movement, not about the beneficiary.
    assert without == ({"codigoProcedimentoAdministrativo"} if movement.element == "retificacao" else set())


def test_the_state_of_a_vinculo_holds_every_field_of_the_conference_file() -> None:
    shown = {BY_COLUMN[column].element for column in WIRE}
    shown = (shown - {"codigoBeneficiarioTitular"}) | {"ccoBeneficiarioTitular"}
    assert shown == set(COLUMNS_CNX) - {"cco", "situacao", "dataAtualizacao", "situacaoTransferencia"}


def test_numbers_and_labels_of_fields_fit_the_result_file() -> None:
    numbers = [field.number for field in BY_COLUMN.values()]
    assert len(set(numbers)) == len(numbers)
    assert all(1 <= number <= 99 for number in numbers)
    for field in BY_COLUMN.values():
        assert 1 <= len(field.label) <= 70
        field.label.encode("iso-8859-1")


def test_movements_have_the_numbers_of_ans() -> None:
    assert list(MOVEMENTS) == [*(m.kind for m in schema.MOVEMENTS), 6]
