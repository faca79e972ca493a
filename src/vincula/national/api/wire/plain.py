"""What the listener answers beside the services: the published keys, and that an address is none."""

from __future__ import annotations

import json

from vincula.common.outcomes import Refused
from vincula.formats.soap import SoapVersion
from vincula.national.api.services import keys
from vincula.national.api.wire import faults
from vincula.national.api.wire.engine import Engine
from vincula.national.api.wire.http import Reply, Request

KEYS = "/.well-known/jwks.json"
JSON = "application/json; charset=utf-8"
_NOT_HERE = Refused(
    "NAO_ENCONTRADO",
    "Este endereço não existe nesta instalação.",
    "Confira o caminho; cada serviço descreve a si mesmo em ?wsdl.",
)


class PublishedKeys:
    """The public keys of the tokens (RFC 7517)."""

    async def answer(self, request: Request, engine: Engine) -> Reply:
        found = await engine.aside(keys.jwks)
        return Reply(200, json.dumps(found).encode(), JSON)


class NotHere:
    """A fault, so that a SOAP client at a wrong address can show why."""

    async def answer(self, request: Request, engine: Engine) -> Reply:
        return faults.fault(SoapVersion.V12, _NOT_HERE, status=404)
