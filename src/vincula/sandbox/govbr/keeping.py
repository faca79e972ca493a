"""What the simulation is made with, at random for each installation: the client's secret and the key that signs."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import TYPE_CHECKING

from vincula.common import config, provider
from vincula.common.files import private_folder, write_private

if TYPE_CHECKING:
    from joserfc.jwk import RSAKey

ADDRESS = "127.0.0.1"  # always: nobody elsewhere shall log in as somebody else with a click
CLIENT = "vincula-sandbox"
FOLDER = "govbr-simulado"
STEP_UP_PATH = "/confiabilidades"
KID = "rsa1"


def folder() -> Path:
    return private_folder(config.load().data / FOLDER)


def secret_file() -> Path:
    """The file with the client's secret, made on first use."""
    path = folder() / "segredo"
    write_private(path, secrets.token_urlsafe(32).encode(), exclusive=True)
    return path


def signing_key() -> RSAKey:
    """The key whose public half `/jwk` shows, made on first use."""
    from joserfc.jwk import RSAKey

    path = folder() / "chave.pem"
    if not path.exists():
        made = RSAKey.generate_key(2048, private=True)
        write_private(path, made.as_pem(private=True), exclusive=True)
    return RSAKey.import_key(path.read_bytes(), {"kid": KID, "alg": "RS256", "use": "sig"})


def issuer(port: int) -> str:
    return f"http://{ADDRESS}:{port}"


def environment(port: int) -> dict[str, str]:
    """What makes an installation send its people to the simulation at this port."""
    return {
        provider.ISSUER: issuer(port),
        provider.CLIENT: CLIENT,
        provider.SECRET_FILE: str(secret_file()),
        provider.STEP_UP: f"{issuer(port)}{STEP_UP_PATH}",
    }
