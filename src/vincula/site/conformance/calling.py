"""HTTP as clients speak it, one connection a call, and nothing that a stranger sends read without bounds."""

from __future__ import annotations

import ssl
from collections.abc import Iterable
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from pathlib import Path
from urllib.parse import urlsplit

from vincula.common.outcomes import Refused, RefusedError

SECONDS = 30
MAX_BYTES = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True, repr=False)
class Heard:
    """An answer. Header names in lower case; `status` 0 where there was none, `body` then says why."""

    status: int
    headers: dict[str, str]
    body: bytes
    version: int = 11

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls: the authorities he trusts, and his certificate with its key (PEM files)."""

    ca: Path | None
    certificate: Path
    key: Path

    def context(self, *, shown: bool) -> ssl.SSLContext:
        """Raises RefusedError where the files do not serve."""
        try:
            made = ssl.create_default_context(cafile=str(self.ca) if self.ca else None)
            if shown:
                made.load_cert_chain(self.certificate, self.key)
        except (OSError, ValueError) as error:
            raise RefusedError(
                Refused(
                    "CERTIFICADO_DO_CLIENTE",
                    "O certificado, a chave ou as autoridades (--cert, --key, --ca) não puderam ser lidos"
                    f" ({type(error).__name__}).",
                    "São arquivos PEM; a chave, sem senha e a do certificado.",
                )
            ) from None
        return made

    def call(
        self,
        url: str,
        *,
        method: str = "GET",
        body: bytes | Iterable[bytes] | None = None,
        headers: dict[str, str] | None = None,
        shown: bool = True,
    ) -> Heard:
        """One request. `shown`: with the certificate. What fails on the way is an answer of status 0."""
        place = urlsplit(url)
        context = self.context(shown=shown)
        connection: HTTPConnection = (
            HTTPSConnection(place.hostname or "", place.port, timeout=SECONDS, context=context)
            if place.scheme == "https"
            else HTTPConnection(place.hostname or "", place.port, timeout=SECONDS)
        )
        path = (place.path or "/") + (f"?{place.query}" if place.query else "")
        try:
            connection.request(method, path, body=body, headers=headers or {})
            answer = connection.getresponse()
            told = {name.lower(): value for name, value in answer.getheaders()}
            return Heard(answer.status, told, answer.read(MAX_BYTES), answer.version)
        except (OSError, HTTPException) as error:
            return Heard(0, {}, f"{type(error).__name__}: {error}".encode())
        finally:
            connection.close()
