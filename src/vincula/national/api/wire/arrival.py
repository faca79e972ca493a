"""How a request came to the listener: from whom, and at which of our addresses (VINCULA_HOSTS).

A proxy of VINCULA_PROXY tells the visitor's address, the scheme he used and the certificate he showed. The name he
called us by is the Host that the proxy passes on; our answers lead back to it (WSDL, FHIR links), so a name that is not
ours is refused: else a stranger could have our answers lead to him.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from django.http.request import split_domain_port, validate_host

from vincula.common import proxies
from vincula.common.outcomes import Refused
from vincula.national.api.wire import proxy

if TYPE_CHECKING:
    from vincula.national.api.wire.http import Scope

MALFORMED = 400  # RFC 9112, 3.2
MISDIRECTED = 421  # RFC 9110, 15.5.20
NO_HOST = Refused(
    "HOST_AUSENTE",
    "A requisição não diz por que nome chama este serviço (cabeçalho Host).",
    "Envie um cabeçalho Host, com o nome do endereço chamado; o HTTP/1.1 o exige.",
)
TWO_HOSTS = Refused(
    "HOST_REPETIDO",
    "A requisição traz mais de um cabeçalho Host.",
    "Envie um só, com o nome do endereço chamado.",
)
FOREIGN = Refused(
    "ENDERECO_ALHEIO",
    "Este serviço não atende pelo nome que veio no cabeçalho Host.",
    "Chame-o por um dos nomes desta instalação; quem a mantém acrescenta outros em VINCULA_HOSTS.",
)
_NEEDS_HOST = "1.1"  # HTTP/1.0 knows none
_HOST = re.compile(r"[A-Za-z0-9.\-_]{1,253}(:[0-9]{1,5})?|\[[0-9A-Fa-f:.]{2,45}\](:[0-9]{1,5})?")


@dataclass(frozen=True, slots=True)
class Arrival:
    """`client`: the caller's address, without port. `origin`: scheme, host and port as he wrote them; "" where he is
    to be turned away (Front.refusal). `certificate`: the thumbprint of the one he showed a proxy of ours, or ""."""

    client: str = ""
    origin: str = ""
    certificate: str = ""


NOWHERE = Arrival()


class Front:
    """What stands before the listener: the proxies that are believed, and the names that it answers to."""

    def __init__(self, networks: proxies.Networks, hosts: tuple[str, ...]) -> None:
        self._networks = networks
        named = [host for host in hosts if not host.startswith((".", "*"))]
        self._nameless = named[0] if named else ""
        self._ours = lru_cache(maxsize=1_000)(lambda host: _is_ours(host, hosts))

    def arrival(self, scope: Scope) -> Arrival:
        peer = proxies.without_port(scope.client)
        host = self._host(scope)
        if not proxies.is_proxy(peer, self._networks):
            return Arrival(peer, self._origin(scope.scheme, host))
        told = scope.headers.get
        scheme = proxies.scheme(told("x-forwarded-proto") or "") or scope.scheme
        visitor = proxies.visitor(told("x-forwarded-for") or "", self._networks) or peer
        return Arrival(visitor, self._origin(scheme, host), proxy.thumbprint_of(told(proxy.HEADER) or ""))

    def refusal(self, scope: Scope) -> tuple[Refused, int]:
        """Why there is no origin, and the HTTP status for it."""
        hosts = scope.headers.get_all("host")
        if len(hosts) > 1:
            return TWO_HOSTS, MALFORMED
        if not self._host(scope):
            return NO_HOST, MALFORMED
        return FOREIGN, MISDIRECTED

    def _host(self, scope: Scope) -> str:
        """The name that was called, "" for none or more than one. An address that was sent whole goes before the
        header (RFC 9112, 3.2.2), which must be there all the same."""
        hosts = scope.headers.get_all("host")
        if len(hosts) == 1 and hosts[0]:
            return scope.authority or str(hosts[0])
        if hosts[1:] or scope.http_version == _NEEDS_HOST:
            return ""
        return scope.authority or self._nameless or scope.server

    def _origin(self, scheme: str, host: str) -> str:
        return f"{scheme}://{host}" if host and self._ours(host) else ""


def _is_ours(host: str, hosts: tuple[str, ...]) -> bool:
    """By the rules of the site: `.exemplo.br` stands for all names below it, `*` for every one; any port."""
    if not _HOST.fullmatch(host):
        return False
    domain, _ = split_domain_port(host)
    return bool(domain) and validate_host(domain, hosts)
