import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vincula.common.audit import vocabulary
from vincula.common.audit.events import GENESIS, Event, canonical, chained, digest

ACTION = "cns:pessoa:consultada"


@given(st.text(), st.text())
def test_whatever_somebody_typed_can_be_recorded(actor: str, subject: str) -> None:
    event = Event(actor, ACTION, subject)
    assert len(event.actor) <= 100
    assert len(event.subject) <= 200
    assert event.subject.isprintable()
    event.subject.encode("utf-8")


@pytest.mark.parametrize(
    "action", ["", "entrada", "a:b", "a:b:c:d", "A:b:c", "a:b:ç", "a: b:c", "a:b:" + "c" * 100]
)
def test_an_action_has_three_plain_parts(action: str) -> None:
    with pytest.raises(ValueError, match="source:subject:action"):
        Event("sistema", action, "x")


@pytest.mark.parametrize(
    ("action", "term"),
    [
        ("cadsus:pessoa:adicionada", "ADICIONADO"),
        ("cadsus:pessoa:ativada", "ATIVO"),
        ("cadsus:pessoa:desativada", "DESATIVO"),
        ("cadsus:pessoa:unida", "UNIDO"),
        ("cadsus:pessoa:desunida", "DESUNIDO"),
        ("cadsus:pessoa:atualizada", "ATUALIZADO"),
        ("cadsus:base:mantida", "MANUTENCAO"),
        ("cadsus:cartao:impresso", "IMPRESSAO"),
        (ACTION, ""),
    ],
)
def test_an_action_on_the_cns_base_carries_its_cadsus_term(action: str, term: str) -> None:
    assert Event("sistema", action, "x").term == term
    assert term == "" or term in vocabulary.TERMS


def test_a_term_may_be_given_but_only_one_of_the_vocabulary() -> None:
    assert Event("sistema", "sib:numero:emitido", "x", term="ADICIONADO").term == "ADICIONADO"
    with pytest.raises(ValueError, match="CadSUS"):
        Event("sistema", ACTION, "x", term="INVENTADO")


def test_details_are_bounded() -> None:
    with pytest.raises(ValueError, match="too long"):
        Event("sistema", ACTION, "x", details={"texto": "a" * 20_000})


@given(st.dictionaries(st.text(), st.integers() | st.text() | st.none()))
def test_equal_details_have_one_text_whatever_their_order(details: dict[str, int | str | None]) -> None:
    text = canonical(details)
    assert text == canonical(dict(reversed(details.items())))
    assert json.loads(text) == details
    assert text.isascii()
    assert "\x00" not in text


def test_a_record_is_the_known_sha256_of_its_canonical_json() -> None:
    row = chained("w", 1, "2026-01-02T03:04:05.000006Z", Event("sistema", "a:b:c", "x"), GENESIS)
    # sha256 of ["w",1,"2026-01-02T03:04:05.000006Z","sistema","a:b:c","x","","","{}","000…0"], by sha256sum
    assert row[10] == "485f510165c00e96f8ac386c0c161d6beb9113719d742ace216a456ec348a12e"


@given(st.integers(min_value=0, max_value=9))
def test_a_change_in_any_column_changes_the_hash(column: int) -> None:
    row = chained("w", 7, "2026-01-02T03:04:05.000006Z", Event("a", "a:b:c", "x", "p", {"k": 1}), GENESIS)
    changed = list(row)
    changed[column] = 8 if column == 1 else changed[column] + "x"
    assert digest(tuple(changed)) != row[10]
    assert re.fullmatch("[0-9a-f]{64}", row[10])
