"""Merges: which ids stay and which disappear (cadsus-services.md, section 4)."""

from __future__ import annotations

import pytest

from tests.formats.pix import messages as m
from vincula.formats import pix, soap


def merged(payload: str) -> pix.Merge | None:
    return pix.read_merge(soap.read_envelope(m.enveloped(payload)).payload)


@pytest.mark.parametrize(
    ("after", "gone"),
    [
        (m.CUSTODIAN + m.replaced("P-78"), ["P-78"]),
        (m.replaced("P-78") + m.CUSTODIAN, ["P-78"]),
        (m.CUSTODIAN + m.replaced("P-78") + m.replaced("P-79"), ["P-78", "P-79"]),
        (m.CUSTODIAN + m.replaced("P-78") + m.replaced("P-78"), ["P-78"]),
        (m.CUSTODIAN, []),
    ],
)
def test_one_stays_and_the_others_disappear(after: str, gone: list[str]) -> None:
    merge = merged(m.message(m.patient(m.NAMES), name="PRPA_IN201304UV02", after=after))
    assert merge is not None
    assert [m.known(one) for one in merge.surviving] == [
        {"raiz": m.SYSTEM, "extensao": "P-77", "sistema": "PRONTUARIO"}
    ]
    assert [one.extensao for one in merge.replaced] == gone
    assert {one.raiz for one in merge.replaced} <= {m.SYSTEM}
    assert merge.target.extension == m.FEED_ID


def test_a_message_without_patient_is_no_merge() -> None:
    assert merged(m.message("", name="PRPA_IN201304UV02", after=m.replaced("P-78"))) is None


def test_ids_come_as_they_are() -> None:
    ids = f'<id extension="P-77"/><id root="{m.OID}.13.236" extension="700000000000005"/><id/>'
    merge = merged(m.message(m.patient("", ids=ids), name="PRPA_IN201304UV02", after=""))
    assert merge is not None
    assert [(one.raiz, one.extensao) for one in merge.surviving] == [
        ("", "P-77"),
        (f"{m.OID}.13.236", "700000000000005"),
    ]
    assert merge.replaced == ()
