"""Under which key the audit keeps what was asked by a number."""

from __future__ import annotations

import pytest

from vincula.national.api.services.finding import Number
from vincula.site.cli.subjects import subject_key

SYSTEM = "2.16.840.1.113883.3.4594.100.999903"


@pytest.mark.parametrize(
    ("number", "subject"),
    [
        (Number("CPF", "52998224725"), "cpf:52998224725"),
        (Number("CNS", "700000000000005"), "cns:700000000000005"),
        (Number("NIS", "12056412545"), "nis:12056412545"),
        (Number("ID", "1234"), "pessoa:1234"),
        (Number("LOCAL", "NADA-9", SYSTEM), f"local:{SYSTEM}/NADA-9"),
    ],
)
def test_a_report_finds_it_by_what_people_write(number: Number, subject: str) -> None:
    """Also of whom nobody was found: two systems may call two persons the same."""
    assert number.subject == subject == subject_key(subject)
