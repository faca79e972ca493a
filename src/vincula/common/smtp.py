"""The address of a mail server, as VINCULA_SMTP_URL writes it. The password is never in it: it names the file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

EXPECTED = (
    "é um endereço como smtps://usuario@maquina:465?de=nao-responda@exemplo.com.br&senha=/caminho/do/arquivo"
    " (smtp:// com STARTTLS; smtp+claro:// sem cifra, só para a própria máquina); a senha fica num arquivo"
)
PORTS = {"smtp": 587, "smtps": 465, "smtp+claro": 25}
_SENDER = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9.-]{1,190}")
_HERE = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class Smtp:
    """A server that takes mail. `scheme`: one of PORTS; `user` "" logs in nowhere; `sender` stands in From."""

    scheme: str
    host: str
    port: int
    user: str
    sender: str
    password_file: Path | None

    def password(self) -> str:
        """Read anew at each use, so that it can be changed without a restart. Raises OSError."""
        if self.password_file is None:
            return ""
        return self.password_file.read_text(encoding="utf-8").strip("\r\n")


def read(text: str) -> Smtp:
    """Raises ValueError(EXPECTED), which never repeats the text."""
    try:
        return _read(text)
    except ValueError:
        raise ValueError(EXPECTED) from None


def _read(text: str) -> Smtp:
    if not text.isprintable() or " " in text:
        raise ValueError
    parts = urlsplit(text)
    options = dict(parse_qsl(parts.query, strict_parsing=bool(parts.query)))
    sender = options.pop("de", "")
    file = options.pop("senha", "")
    user = unquote(parts.username or "")
    fits = (
        parts.scheme in PORTS
        and parts.hostname
        and parts.password is None
        and parts.path in {"", "/"}
        and not options
        and _SENDER.fullmatch(sender)
        and bool(user) == bool(file)
    )
    if not fits or (parts.scheme == "smtp+claro" and (parts.hostname not in _HERE or user)):
        raise ValueError
    port = parts.port or PORTS[parts.scheme]
    return Smtp(
        parts.scheme, str(parts.hostname), port, user, sender, Path(file).absolute() if file else None
    )
