"""A service's own description as its clients use it: a schema that validates, and zeep built from the WSDL alone."""

from __future__ import annotations

from typing import Any, Protocol

import pytest
from lxml import etree

from vincula.formats import soap

WSDL = {"w": "http://schemas.xmlsoap.org/wsdl/", "s": "http://schemas.xmlsoap.org/wsdl/soap12/"}


class Describing(Protocol):
    """`formats.pdq` or `formats.pix`."""

    def render_wsdl(self, address: str) -> bytes: ...

    def render_schema(self, name: str, address: str) -> bytes | None: ...


def schema_of(service: Describing, name: str, address: str) -> etree.XMLSchema:
    """The schema, with those that it includes handed out as a server would, by their addresses."""

    class Served(etree.Resolver):
        def resolve(self, url: str, _: object, context: Any) -> Any:
            text = service.render_schema(url.partition("?xsd=")[2], address)
            assert text is not None, url
            return self.resolve_string(text, context, base_url=url)

    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(Served())
    document = service.render_schema(name, address)
    assert document is not None
    return etree.XMLSchema(etree.fromstring(document, parser, base_url=f"{address}?xsd={name}"))


def zeep_client(service: Describing, address: str) -> Any:
    """Its transport hands out our documents, keeps what would be sent, and answers with `answer`."""
    zeep = pytest.importorskip("zeep")

    class Local(zeep.Transport):
        def load(self, url: str) -> bytes:
            if url == f"{address}?wsdl":
                return service.render_wsdl(address)
            text = service.render_schema(url.removeprefix(f"{address}?xsd="), address)
            assert text is not None, url
            return text

        def post(self, address: str, message: bytes, headers: dict[str, str]) -> Any:
            self.sent = (address, message, headers)
            return Answered(self.answer)

    return zeep.Client(f"{address}?wsdl", transport=Local())


class Answered:
    """What zeep reads of an HTTP answer."""

    status_code = 200
    encoding = "utf-8"

    def __init__(self, payload: str) -> None:
        self.content = soap.render_envelope(soap.SoapVersion.V12, payload)
        self.headers = {"Content-Type": soap.content_type(soap.SoapVersion.V12)}
