"""The gov.br of this installation, as its environment describes it: all of it or none (manual, "Entrar com gov.br")."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn
from urllib.parse import urlsplit

from vincula.common.outcomes import Refused, RefusedError

ISSUER = "VINCULA_GOVBR_EMISSOR"
CLIENT = "VINCULA_GOVBR_CLIENTE"
SECRET_FILE = "VINCULA_GOVBR_SEGREDO_ARQUIVO"  # noqa: S105 - the name of a variable
STEP_UP = "VINCULA_GOVBR_CONFIABILIDADES"
LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
_LARGEST = 4096  # bytes of the file with the secret


@dataclass(frozen=True, slots=True)
class Provider:
    """Whom people are sent to: `issuer` and `step_up` (or "") without a final slash."""

    issuer: str
    client: str
    secret: str = field(repr=False)
    step_up: str = ""


def load(*, sandbox: bool) -> Provider | None:
    """None where nothing is configured. Raises RefusedError naming the variable that is missing or does not serve."""
    given = {name: os.environ.get(name, "").strip() for name in (ISSUER, CLIENT, SECRET_FILE, STEP_UP)}
    if not any(given.values()):
        return None
    for name in (ISSUER, CLIENT, SECRET_FILE):
        if not given[name]:
            _refuse(name, "falta, e as outras variáveis do gov.br estão preenchidas")
    if not re.fullmatch(r"[!-9;-~]{1,200}", given[CLIENT]):
        _refuse(
            CLIENT, "não serve: é o identificador que o gov.br deu ao sistema, sem espaços nem dois-pontos"
        )
    return Provider(
        _address(ISSUER, given[ISSUER], sandbox),
        given[CLIENT],
        _secret(Path(given[SECRET_FILE])),
        _address(STEP_UP, given[STEP_UP], sandbox) if given[STEP_UP] else "",
    )


def _address(name: str, text: str, sandbox: bool) -> str:
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname, parts.port
    except ValueError:
        host, parts = None, urlsplit("")
    plain = sandbox and parts.scheme == "http" and re.sub(r":[0-9]+$", "", parts.netloc) in LOOPBACK
    if not host or "@" in parts.netloc or parts.query or parts.fragment:
        _refuse(name, "não serve: é um endereço como https://sso.acesso.gov.br")
    if parts.scheme != "https" and not plain:
        _refuse(name, "não serve: só https é aceito (http, só neste computador e no perfil sandbox)")
    return text.rstrip("/")


def _secret(path: Path) -> str:
    """What the file holds, never told back. Others must not be able to read it."""
    try:
        if path.stat().st_mode & 0o077:
            _refuse(SECRET_FILE, f"não serve: outros podem ler {path}; deixe-o só para o dono (chmod 600)")
        with path.open("rb") as file:
            text = file.read(_LARGEST + 1).decode("ascii").strip()
    except (OSError, UnicodeDecodeError):
        _refuse(SECRET_FILE, f"não serve: o arquivo {path} não existe ou não pode ser lido como texto")
    if not text or len(text) > _LARGEST or not text.isprintable():
        _refuse(SECRET_FILE, f"não serve: o arquivo {path} está vazio, ou tem mais do que o segredo")
    return text


def _refuse(name: str, why: str) -> NoReturn:
    remedy = f"Corrija a variável {name} e repita; sem gov.br, deixe vazias todas as que começam com VINCULA_GOVBR_."
    raise RefusedError(Refused("CONFIGURACAO", f"{name} {why}.", remedy))
