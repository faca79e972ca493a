"""Who sends a large message, told by its first bytes: the same user as the whole message names, or nobody."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vincula.formats.soap import (
    OPENING_BYTES,
    SoapVersion,
    UnreadableEnvelopeError,
    read_envelope,
    read_opening,
    read_username_token,
)

LOGIN = "<Security><UsernameToken><Username>{user}</Username><Password>{password}</Password></UsernameToken></Security>"
LARGE = "<a>" + "x" * 200_000 + "</a>"


def _message(header: str, version: SoapVersion = SoapVersion.V12, inside: str = LARGE) -> bytes:
    return f'<e:Envelope xmlns:e="{version.value}">{header}<e:Body>{inside}</e:Body></e:Envelope>'.encode()


@given(
    user=st.text(
        st.characters(codec="utf-8", exclude_categories=("C", "Z"), exclude_characters="<>&"), min_size=1
    ),
    version=st.sampled_from(SoapVersion),
    cut=st.integers(min_value=600, max_value=OPENING_BYTES),
)
def test_the_beginning_names_whom_the_whole_names(user: str, version: SoapVersion, cut: int) -> None:
    header = f"<e:Header>{LOGIN.format(user=user[:40], password='certa')}</e:Header>"
    whole = _message(header, version)
    login = read_username_token(read_envelope(whole))
    seen_version, seen = read_opening(whole[:cut])
    assert login is not None
    assert seen is not None
    assert (seen_version, seen.username, seen.password) == (version, login.username, login.password)


NOBODY = {
    "no header": _message(""),
    "an empty header": _message("<e:Header/>"),
    "the login beyond the beginning": _message(
        f"<e:Header><a>{'x' * OPENING_BYTES}</a>{LOGIN.format(user='u', password='p')}</e:Header>"
    ),
    "a login in the body": _message("<e:Header/>", inside=LOGIN.format(user="u", password="p") + LARGE),
    "a header after the body": _message(
        "", inside=f"</e:Body><e:Header>{LOGIN.format(user='u', password='p')}</e:Header><e:Body>{LARGE}"
    ),
    "a header in the header": _message(
        f"<e:Header><e:Header/></e:Header><e:Header>{LOGIN.format(user='u', password='p')}</e:Header>"
    ),
}


@pytest.mark.parametrize("message", NOBODY.values(), ids=NOBODY)
def test_where_the_beginning_names_nobody_there_is_nobody(message: bytes) -> None:
    assert read_opening(message) == (SoapVersion.V12, None)


NO_MESSAGE = {
    "nothing": b"",
    "no XML": b"x" * 100_000,
    "no envelope": b"<a>" + b"x" * 100_000,
    "a document type": b"<!DOCTYPE a>" + _message(""),
    "another encoding": b'<?xml version="1.0" encoding="utf-7"?>' + _message(""),
    "broken in the header": _message("<e:Header><a></b></e:Header>"),
    "attributes without end": b'<e:Envelope xmlns:e="http://www.w3.org/2003/05/soap-envelope" '
    + b" ".join(b'a%d="1"' % n for n in range(100_000)),
}


@pytest.mark.parametrize("message", NO_MESSAGE.values(), ids=NO_MESSAGE)
def test_what_is_no_message_from_its_beginning_on_is_refused(message: bytes) -> None:
    with pytest.raises(UnreadableEnvelopeError):
        read_opening(message)


def test_a_refusal_is_in_the_version_of_the_message() -> None:
    broken = _message("<e:Header><a></b></e:Header>", SoapVersion.V11)
    with pytest.raises(UnreadableEnvelopeError) as raised:
        read_opening(broken)
    assert raised.value.version is SoapVersion.V11
