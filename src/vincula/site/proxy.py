"""The proxy in front of the site: what it says of the visitor is believed from it alone, and from nobody else.

Runs before Django. `X-Forwarded-For` and `X-Forwarded-Proto` become REMOTE_ADDR and `wsgi.url_scheme` when the peer
is a proxy of VINCULA_PROXY; then, and from any other peer, they and their like are removed, so that nothing behind can
take them for true (that is why Django's SECURE_PROXY_SSL_HEADER is not needed).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from ipaddress import IPv4Network, IPv6Network, ip_address
from typing import Any

Environ = dict[str, Any]
Application = Callable[[Environ, Any], Iterable[bytes]]
Network = IPv4Network | IPv6Network

_TOLD_BY_PROXIES = (
    "HTTP_FORWARDED",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_X_FORWARDED_PORT",
    "HTTP_X_FORWARDED_SSL",
    "HTTP_X_REAL_IP",
)


class BehindProxy:
    """A WSGI application behind the proxies of these networks (none: nobody is believed)."""

    def __init__(self, application: Application, proxies: tuple[Network, ...]) -> None:
        self._application = application
        self._proxies = proxies

    def __call__(self, environ: Environ, start_response: Any) -> Iterable[bytes]:
        addresses = _items(environ.pop("HTTP_X_FORWARDED_FOR", ""))
        schemes = _items(environ.pop("HTTP_X_FORWARDED_PROTO", ""))
        for name in _TOLD_BY_PROXIES:
            environ.pop(name, None)
        if self._is_proxy(environ.get("REMOTE_ADDR", "")):
            environ["REMOTE_ADDR"] = self._visitor(addresses) or environ["REMOTE_ADDR"]
            if schemes and schemes[-1].lower() in {"http", "https"}:
                environ["wsgi.url_scheme"] = schemes[-1].lower()
        return self._application(environ, start_response)

    def _is_proxy(self, text: str) -> bool:
        try:
            address = ip_address(text)
        except ValueError:
            return False
        mapped = getattr(address, "ipv4_mapped", None) or address  # ::ffff:10.0.0.1 is 10.0.0.1
        return any(mapped in network for network in self._proxies)

    def _visitor(self, addresses: list[str]) -> str:
        """The last address that is no proxy of ours: those before it anybody may have written."""
        for text in reversed(addresses):
            if self._is_proxy(text):
                continue
            try:
                return str(ip_address(text))
            except ValueError:
                return ""
        return ""


def _items(header: str) -> list[str]:
    return [item.strip() for item in header.split(",") if item.strip()]
