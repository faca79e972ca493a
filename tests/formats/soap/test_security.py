"""UsernameToken in every form of section 2.3."""

from __future__ import annotations

import pytest

from vincula.formats.soap import SoapVersion, UsernameToken, read_envelope, read_username_token

WSSE = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"
WSU = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd"
PROFILE = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0"
USER = "<w:Username>USUARIO</w:Username>"
PASSWORD = f'<w:Password Type="{PROFILE}#PasswordText">SENHA</w:Password>'
TOKEN = f"<w:UsernameToken>{USER}{PASSWORD}</w:UsernameToken>"


def header(security: str) -> bytes:
    return (
        f'<s:Envelope xmlns:s="{SoapVersion.V12.value}" xmlns:w="{WSSE}" xmlns:u="{WSU}">{security}'
        "<s:Body><a/></s:Body></s:Envelope>"
    ).encode()


def secured(inside: str, attributes: str = "") -> bytes:
    return header(f"<s:Header><w:Security{attributes}>{inside}</w:Security></s:Header>")


ACCEPTED = {
    "as documented": secured(TOKEN),
    "no type": secured(TOKEN.replace(f' Type="{PROFILE}#PasswordText"', "")),
    "with an id": secured(TOKEN.replace("<w:UsernameToken>", '<w:UsernameToken u:Id="t-1">')),
    "nonce and created": secured(
        f'<w:UsernameToken>{USER}{PASSWORD}<w:Nonce EncodingType="x#Base64Binary">AAAA</w:Nonce>'
        "<u:Created>2026-08-01T12:00:00Z</u:Created></w:UsernameToken>"
    ),
    "time stamp before": secured(f"<u:Timestamp><u:Created>2026-08-01T12:00:00Z</u:Created></u:Timestamp>{TOKEN}"),
    "must be understood": secured(TOKEN, ' s:mustUnderstand="1"'),
    "other headers": header(
        f'<s:Header><work:WorkContext xmlns:work="urn:w">x</work:WorkContext><w:Security>{TOKEN}</w:Security></s:Header>'
    ),
    "default namespace": header(
        f'<s:Header><Security xmlns="{WSSE}"><UsernameToken><Username>USUARIO</Username><Password>SENHA</Password>'
        "</UsernameToken></Security></s:Header>"
    ),
    "password first": secured(f"<w:UsernameToken>{PASSWORD}{USER}</w:UsernameToken>"),
    "indented": secured(TOKEN.replace("USUARIO", "\n  USUARIO\n").replace("SENHA", "\n  SENHA\n")),
}  # fmt: skip


@pytest.mark.parametrize("name", ACCEPTED)
def test_every_form_of_the_token_is_read(name: str) -> None:
    assert read_username_token(read_envelope(ACCEPTED[name])) == UsernameToken("USUARIO", "SENHA")


def test_a_digest_is_told_apart_because_it_cannot_be_checked() -> None:
    token = read_username_token(read_envelope(secured(TOKEN.replace("PasswordText", "PasswordDigest"))))
    assert token is not None
    assert token.digest


@pytest.mark.parametrize(
    "body",
    [
        header(""),
        header("<s:Header/>"),
        secured(""),
        secured(f"<w:UsernameToken>{USER}</w:UsernameToken>"),
        secured(f"<w:UsernameToken>{PASSWORD}</w:UsernameToken>"),
    ],
    ids=["no header", "empty header", "no token", "no password", "no user"],
)
def test_without_user_and_password_there_is_no_token(body: bytes) -> None:
    assert read_username_token(read_envelope(body)) is None


def test_no_trace_shows_a_password() -> None:
    assert "SENHA" not in repr(UsernameToken("USUARIO", "SENHA"))
