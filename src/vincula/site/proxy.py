"""The proxy in front of the site: what it says of the visitor is believed from it alone, and from nobody else.

Runs before Django. `X-Forwarded-For` and `X-Forwarded-Proto` become REMOTE_ADDR and `wsgi.url_scheme` when the peer
is a proxy of VINCULA_PROXY; then, and from any other peer, they and their like are removed, so that nothing behind can
take them for true (that is why Django's SECURE_PROXY_SSL_HEADER is not needed).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from vincula.common import proxies

Environ = dict[str, Any]
Application = Callable[[Environ, Any], Iterable[bytes]]

_TOLD_BY_PROXIES = (
    "HTTP_FORWARDED",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_X_FORWARDED_PORT",
    "HTTP_X_FORWARDED_SSL",
    "HTTP_X_REAL_IP",
)


class BehindProxy:
    """A WSGI application behind the proxies of these networks (none: nobody is believed)."""

    def __init__(self, application: Application, networks: proxies.Networks) -> None:
        self._application = application
        self._networks = networks

    def __call__(self, environ: Environ, start_response: Any) -> Iterable[bytes]:
        addresses = environ.pop("HTTP_X_FORWARDED_FOR", "")
        schemes = environ.pop("HTTP_X_FORWARDED_PROTO", "")
        for name in _TOLD_BY_PROXIES:
            environ.pop(name, None)
        if proxies.is_proxy(environ.get("REMOTE_ADDR", ""), self._networks):
            environ["REMOTE_ADDR"] = proxies.visitor(addresses, self._networks) or environ["REMOTE_ADDR"]
            environ["wsgi.url_scheme"] = proxies.scheme(schemes) or environ["wsgi.url_scheme"]
        return self._application(environ, start_response)
