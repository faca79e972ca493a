"""VINCULA_SMTP_URL: what it says, what it may not say, and that nobody is told what stood in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from vincula.common import config, smtp
from vincula.common.outcomes import RefusedError

GOOD = "smtps://robo@mail.exemplo.com.br?de=nao-responda@exemplo.com.br&senha=/etc/vincula/senha"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (GOOD, ("smtps", "mail.exemplo.com.br", 465, "robo", "/etc/vincula/senha")),
        ("smtp://m.exemplo.com:2525?de=a@b.com", ("smtp", "m.exemplo.com", 2525, "", "")),
        ("smtp+claro://127.0.0.1?de=a@b.com", ("smtp+claro", "127.0.0.1", 25, "", "")),
        (GOOD.replace("robo", "robo%40exemplo.com"), ("smtps", "mail.exemplo.com.br", 465, "robo@exemplo.com", "/etc/vincula/senha")),
    ],
)  # fmt: skip
def test_what_it_says(text: str, expected: tuple[str, str, int, str, str]) -> None:
    scheme, host, port, user, file = expected
    path = Path(file) if file else None
    found = smtp.read(text)
    assert (found.scheme, found.host, found.port, found.user, found.password_file) == (
        scheme,
        host,
        port,
        user,
        path,
    )


@pytest.mark.parametrize(
    "text",
    [
        "mail.exemplo.com.br",
        "http://mail.exemplo.com.br?de=a@b.com",
        "smtps://robo:segredo@mail.exemplo.com.br?de=a@b.com",  # a password does not stand in the environment
        GOOD.replace("&senha=/etc/vincula/senha", ""),
        GOOD.replace("robo@", ""),
        "smtps://mail.exemplo.com.br",
        "smtps://mail.exemplo.com.br?de=um%0d%0aBcc:x@y.com",
        "smtps://mail.exemplo.com.br?de=A <a@b.com>",
        "smtps://mail.exemplo.com.br?de=a@b.com&outra=1",
        "smtps://mail.exemplo.com.br:porta?de=a@b.com",
        "smtps://mail.exemplo.com.br/caminho?de=a@b.com",
        "smtp+claro://mail.exemplo.com.br?de=a@b.com",  # without cipher to this machine only
        "smtps://?de=a@b.com",
        "smtps://x?de",
    ],
)
def test_what_does_not_fit_is_refused_and_never_repeated(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ValueError, match="smtps://usuario@maquina") as found:
        smtp.read(text)
    assert "segredo" not in str(found.value)
    monkeypatch.setenv("VINCULA_SMTP_URL", text)
    config.load.cache_clear()
    try:
        with pytest.raises(RefusedError) as refused:
            config.load()
        assert refused.value.refused.code == "CONFIGURACAO"
        assert "VINCULA_SMTP_URL" in refused.value.refused.as_text()
        assert "segredo" not in refused.value.refused.as_text()
    finally:
        monkeypatch.undo()
        config.load.cache_clear()


def test_the_password_is_the_files_without_its_line_end_and_shows_in_no_repr(tmp_path: Path) -> None:
    file = tmp_path / "senha"
    file.write_text("segredo 1\n")
    found = smtp.read(f"smtps://robo@x.com?de=a@b.com&senha={file}")
    assert found.password() == "segredo 1"
    assert "segredo" not in repr(found)
