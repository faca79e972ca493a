"""What stands in a header, what is an address, when a mail is tried again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vincula.common.mail.models import Correio
from vincula.common.mail.rules import PAUSES, SUBJECT, Failure, is_address, next_try, one_line
from vincula.common.mail.sending import message

NOW = datetime(2026, 11, 22, tzinfo=UTC)


@given(st.text(max_size=400))
def test_a_subject_is_one_line_whatever_is_written_and_makes_no_header_of_its_own(text: str) -> None:
    line = one_line(text + "\r\nBcc: todos@exemplo.com.br")
    assert len(line) <= SUBJECT
    assert line == "" or line.isprintable()
    row = Correio(para="a@exemplo.com.br", assunto=line, texto="Olá\nBcc: x@y.com\n.\n")
    made = message(row, "nao-responda@exemplo.com.br").message()
    assert made["Bcc"] is None
    assert made.get_all("To") == ["a@exemplo.com.br"]
    assert made["Auto-Submitted"] == "auto-generated"


@pytest.mark.parametrize("text", ["a@exemplo.com.br", "nome.sobrenome+sib@exemplo-2.com.br"])
def test_one_address(text: str) -> None:
    assert is_address(text)


@pytest.mark.parametrize(
    "text",
    [
        "", "a", "a@", "@b.com", "a@b.com,c@d.com", "a@b.com;c@d.com", "A <a@b.com>", "a@b.com\nBcc: c@d.com", "a@b.com\r",
        "a b@c.com", '"a"@b.com', "é@exemplo.com.br", "a@b.com\0", "grupo:a@b.com", f"{'a' * 250}@b.com", "a@[127.0.0.1]",
    ],
)  # fmt: skip
def test_what_is_not_one_address(text: str) -> None:
    assert not is_address(text)


def test_pauses_grow_and_end_and_a_lasting_failure_is_not_tried_again() -> None:
    passing = Failure("SMTP_451", lasting=False)
    moments = [next_try(tries, passing, NOW) for tries in range(1, len(PAUSES) + 2)]
    waits = [moment - NOW for moment in moments if moment]
    assert waits == sorted(waits)
    assert waits[0] == timedelta(minutes=1)
    assert moments[-1] is None
    assert next_try(1, Failure("SMTP_550", lasting=True), NOW) is None
