"""The identity listener: a certificate comes, a token goes (cadsus-services.md, 2.1). A plain WSGI callable.

The certificate is the one of the TLS connection (gunicorn hands its socket over), or, from a configured proxy alone,
the one in its header. Either is validated here in full, whatever was verified before.
"""

from __future__ import annotations

import json
import ssl
from collections.abc import Callable, Iterable
from typing import Any

from django.db import close_old_connections
from django.utils import timezone

from vincula.common import proxies
from vincula.common.log import get_logger
from vincula.common.outcomes import Refused, RefusedError
from vincula.national.api.services import keys, tokens
from vincula.national.api.services.limits import Limiter
from vincula.national.api.wire import proxy
from vincula.national.icp import services as icp
from vincula.national.support import services as support

TOKEN, KEYS = "/api/osb/token", "/.well-known/jwks.json"
TOKENS_A_MINUTE = 60  # of one certificate; a token serves for half an hour
_JSON = "application/json; charset=utf-8"
_STATUS = {
    200: "200 OK", 400: "400 Bad Request", 401: "401 Unauthorized", 403: "403 Forbidden", 404: "404 Not Found",
    405: "405 Method Not Allowed", 429: "429 Too Many Requests", 500: "500 Internal Server Error",
    503: "503 Service Unavailable",
}  # fmt: skip

log = get_logger(__name__)
Headers = list[tuple[str, str]]
Start = Callable[[str, Headers], Any]


class Identity:
    """`proxies`: whose header is believed. `on_error` keeps the trace of a slip of ours."""

    def __init__(self, networks: proxies.Networks, on_error: Callable[[Exception], object]) -> None:
        self._networks = networks
        self._on_error = on_error
        self._limiter = Limiter()

    def __call__(self, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        try:
            close_old_connections()
            status, content, extra = self._answer(environ)
        except RefusedError as error:
            status, content, extra = (
                503,
                _error("temporarily_unavailable", error.refused),
                [("Retry-After", "30")],
            )
        except Exception as error:
            self._on_error(error)
            log.error("identity.unexpected", kind=type(error).__name__)
            status, content, extra = 500, _error("server_error", _BROKEN), []
        body = json.dumps(content, ensure_ascii=False).encode()
        head = environ.get("REQUEST_METHOD") == "HEAD"
        headers = [
            ("Content-Type", _JSON),
            ("Content-Length", str(len(body))),
            ("Cache-Control", "no-store"),
            *extra,
        ]
        start(_STATUS[status], headers)
        return [] if head else [body]

    def _answer(self, environ: dict[str, Any]) -> tuple[int, Any, Headers]:
        path = environ.get("PATH_INFO", "")
        if path not in (TOKEN, KEYS):
            return 404, _error("not_found", _NOT_HERE), []
        allowed = (
            ("GET", "HEAD") if path == KEYS else ("GET",)
        )  # who asks for headers alone would lose his token
        if environ.get("REQUEST_METHOD") not in allowed:
            return 405, _error("invalid_request", _WRONG_METHOD), [("Allow", ", ".join(allowed))]
        return (200, keys.jwks(), []) if path == KEYS else self._token(environ)

    def _token(self, environ: dict[str, Any]) -> tuple[int, Any, Headers]:
        stopped = support.refusal_of("token")
        if stopped is not None:
            found = support.interruption_of("token")
            seconds = support.retry_after(found, timezone.now()) if found else 60
            return 503, _error("temporarily_unavailable", stopped), [("Retry-After", str(seconds))]
        certificate = self._certificate(environ)
        if not certificate:
            return 401, _error("invalid_client", _NO_CERTIFICATE), []
        judged = icp.validate(certificate)
        if isinstance(judged, Refused):
            return 401, _error("invalid_client", judged), []
        allowance = self._limiter.take(judged.value.sha256, TOKENS_A_MINUTE)
        if allowance.wait:
            return 429, _error("slow_down", _TOO_OFTEN), [("Retry-After", str(allowance.wait))]
        issued = tokens.issue(judged.value)
        if isinstance(issued, Refused):
            return 403, _error("unauthorized_client", issued), []
        return 200, issued.value.body(), [("Pragma", "no-cache")]

    def _certificate(self, environ: dict[str, Any]) -> bytes:
        """DER of the TLS connection's, else PEM of the proxy's; b"" where there is none to be believed."""
        own = environ.get("gunicorn.socket")
        if isinstance(own, ssl.SSLSocket):
            found = own.getpeercert(binary_form=True)
            if found:
                return found
        if proxies.is_proxy(str(environ.get("REMOTE_ADDR", "")), self._networks):
            return proxy.certificate_of(str(environ.get("HTTP_X_VINCULA_CERTIFICADO", "")))
        return b""


def _error(code: str, refused: Refused) -> dict[str, str]:
    """As OAuth writes errors (observed to be understood), with the reason and the next step."""
    return {"error": code, "error_description": f"{refused.message} {refused.remedy}", "codigo": refused.code}


_NOT_HERE = Refused("NAO_ENCONTRADO", "Este endereço não existe.", f"O token está em GET {TOKEN}.")
_WRONG_METHOD = Refused("METODO", "Este endereço atende só GET.", f"Peça o token com GET {TOKEN}, sem corpo.")
_NO_CERTIFICATE = Refused(
    "SEM_CERTIFICADO",
    "A conexão veio sem certificado de cliente.",
    "Apresente na conexão TLS o certificado ICP-Brasil do CNPJ da credencial, com a sua chave.",
)
_TOO_OFTEN = Refused(
    "LIMITE",
    "Este certificado pediu tokens demais.",
    "Cada token vale 30 minutos: guarde-o e peça outro só perto do vencimento.",
)
_BROKEN = Refused(
    "ERRO_INESPERADO",
    "Erro inesperado deste serviço; nenhum token foi emitido.",
    "Repita em alguns minutos; se acontecer de novo, avise quem mantém o serviço.",
)
