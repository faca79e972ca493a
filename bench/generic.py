"""What a generic Python SOAP server takes for an echo: no query read, no base, no token, no audit.

Reported beside the PDQ, to say what a service built the usual way would start from. Spyne runs on Python 3.11 only.
"""

from __future__ import annotations

from typing import Any

from spyne import Application, ServiceBase, Unicode, rpc
from spyne.protocol.soap import Soap12
from spyne.server.wsgi import WsgiApplication

NAMESPACE = "urn:vincula:bench"
ADDRESS = "/eco"


class Echo(ServiceBase):
    """One operation, with as little to do as there can be."""

    @rpc(Unicode, _returns=Unicode)
    def eco(self: Any, texto: str) -> str:
        return texto


application = WsgiApplication(Application([Echo], NAMESPACE, in_protocol=Soap12(), out_protocol=Soap12()))


def request(size: int) -> bytes:
    """A request whose text is so many bytes long."""
    body = (
        '<soap:Envelope xmlns:soap="http://www.w3.org/2003/05/soap-envelope"><soap:Body>'
        f'<eco xmlns="{NAMESPACE}"><texto>{"x" * size}</texto></eco></soap:Body></soap:Envelope>'
    ).encode()
    head = (
        f"POST {ADDRESS} HTTP/1.1\r\nHost: localhost\r\n"
        f"Content-Type: application/soap+xml; charset=utf-8\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body
