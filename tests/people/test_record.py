"""A person's record says which card is his, and shows itself to no log."""

from __future__ import annotations

from vincula.people.record import Card, PersonRecord


def test_the_first_card_is_the_master() -> None:
    assert (
        PersonRecord(id=1, cartoes=(Card("700000000000005", "D"), Card("800000000000001", "P"))).cns
        == "700000000000005"
    )
    assert PersonRecord(id=1).cns == ""


def test_no_trace_shows_a_person() -> None:
    record = PersonRecord(
        id=1, nome="MARIA EXEMPLO", cpf="11144477735", cartoes=(Card("700000000000005", "D"),)
    )
    shown = f"{record!r} {record.cartoes!r}"
    assert "MARIA" not in shown
    assert "11144477735" not in shown
    assert "700000000000005" not in shown
