"""The gov.br of an installation: all of its configuration, or none, and the secret its owner's alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from vincula.common import provider
from vincula.common.outcomes import RefusedError

ISSUER = "https://sso.exemplo.gov.br"


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    path = tmp_path / "segredo"
    path.write_text("s3gr3d0\n")
    path.chmod(0o600)
    return path


def configure(
    monkeypatch: pytest.MonkeyPatch, issuer: str, client: str, secret: str, step_up: str = ""
) -> None:
    for name, value in (
        (provider.ISSUER, issuer), (provider.CLIENT, client), (provider.SECRET_FILE, secret), (provider.STEP_UP, step_up),
    ):  # fmt: skip
        monkeypatch.setenv(name, value)


def refusal(*, sandbox: bool = True) -> str:
    with pytest.raises(RefusedError) as caught:
        provider.load(sandbox=sandbox)
    assert caught.value.refused.code == "CONFIGURACAO"
    assert "s3gr3d0" not in caught.value.refused.as_text()
    return caught.value.refused.message


def test_nothing_configured_is_no_govbr(monkeypatch: pytest.MonkeyPatch) -> None:
    configure(monkeypatch, "", "", "")
    assert provider.load(sandbox=False) is None


def test_all_of_it_configured(monkeypatch: pytest.MonkeyPatch, secret: Path) -> None:
    configure(
        monkeypatch, f"{ISSUER}/", "sistema.exemplo", str(secret), "https://confiabilidades.exemplo.gov.br/"
    )
    found = provider.load(sandbox=False)
    assert found == provider.Provider(
        ISSUER, "sistema.exemplo", "s3gr3d0", "https://confiabilidades.exemplo.gov.br"
    )
    assert "s3gr3d0" not in repr(found)


@pytest.mark.parametrize("missing", range(3))
def test_a_half_is_refused_by_the_name_of_what_is_missing(
    monkeypatch: pytest.MonkeyPatch, secret: Path, missing: int
) -> None:
    given = [ISSUER, "sistema", str(secret)]
    given[missing] = " "
    configure(monkeypatch, *given)
    assert (provider.ISSUER, provider.CLIENT, provider.SECRET_FILE)[missing] in refusal()


def test_the_step_up_alone_is_a_half_too(monkeypatch: pytest.MonkeyPatch) -> None:
    configure(monkeypatch, "", "", "", "https://confiabilidades.exemplo.gov.br")
    assert provider.ISSUER in refusal()


@pytest.mark.parametrize(
    "address",
    [
        "sso.exemplo.gov.br", "ftp://sso.exemplo", "https://", "https://a@sso.exemplo", "https://sso.exemplo/?a=1",
        "https://sso.exemplo/#a", "https://sso.exemplo:x", "http://sso.exemplo", "http://127.0.0.1.mau.exemplo:8445",
    ],
)  # fmt: skip
def test_an_address_that_does_not_serve(monkeypatch: pytest.MonkeyPatch, secret: Path, address: str) -> None:
    configure(monkeypatch, address, "sistema", str(secret))
    assert provider.ISSUER in refusal()


@pytest.mark.parametrize("address", ["http://127.0.0.1:8445", "http://localhost:8445", "http://[::1]:8445"])
def test_plain_http_is_for_this_machine_and_the_sandbox_alone(
    monkeypatch: pytest.MonkeyPatch, secret: Path, address: str
) -> None:
    configure(monkeypatch, address, "sistema", str(secret))
    assert provider.load(sandbox=True) is not None
    assert "só https" in refusal(sandbox=False)


def test_a_secret_that_others_can_read(monkeypatch: pytest.MonkeyPatch, secret: Path) -> None:
    secret.chmod(0o640)
    configure(monkeypatch, ISSUER, "sistema", str(secret))
    assert "chmod 600" in refusal()


@pytest.mark.parametrize("content", [b"", b" \n", b"\xff\xfe", b"a\nb", b"x" * 5000])
def test_a_file_that_holds_no_secret(monkeypatch: pytest.MonkeyPatch, secret: Path, content: bytes) -> None:
    secret.write_bytes(content)
    configure(monkeypatch, ISSUER, "sistema", str(secret))
    assert provider.SECRET_FILE in refusal()


def test_a_file_that_is_not_there(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    configure(monkeypatch, ISSUER, "sistema", str(tmp_path / "nada"))
    assert provider.SECRET_FILE in refusal()


@pytest.mark.parametrize("client", ["com espaço", "a:b", "á", "x" * 201])
def test_a_client_that_does_not_serve(monkeypatch: pytest.MonkeyPatch, secret: Path, client: str) -> None:
    configure(monkeypatch, ISSUER, client, str(secret))
    assert provider.CLIENT in refusal()
