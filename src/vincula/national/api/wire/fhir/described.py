"""What the service says of itself, to anybody: the CapabilityStatement and the OpenAPI document."""

from __future__ import annotations

import json
from importlib.metadata import PackageNotFoundError, version

from vincula.common.outcomes import Refused
from vincula.formats import fhir
from vincula.national.api.rules import PURPOSES
from vincula.national.api.wire.engine import Engine
from vincula.national.api.wire.fhir import replies
from vincula.national.api.wire.http import Reply, Request

STATED_ON = "2026-11-01"
"""The day of the last change of what the CapabilityStatement says."""
_JSON = "application/json; charset=utf-8"


def release() -> str:
    try:
        return version("vincula")
    except PackageNotFoundError:
        return "0"


def metadata(request: Request) -> Reply:
    return replies.resource(fhir.capability(request.origin, release(), STATED_ON))


class OpenApi:
    """`/openapi.json`. `legacy`: whether the addresses with user and password are served."""

    def __init__(self, *, legacy: bool) -> None:
        self._soap = tuple(one for one in fhir.SOAP_SERVICES if one.token or legacy)

    async def answer(self, request: Request, engine: Engine) -> Reply:
        if request.method not in ("GET", "HEAD"):
            return replies.wrong_method(("GET", "HEAD"))
        document = fhir.openapi(request.origin, release(), soap=self._soap, purposes=tuple(PURPOSES))
        return Reply(200, json.dumps(document, ensure_ascii=False).encode(), _JSON)

    def trouble(self, refused: Refused, status: int, seconds: int) -> Reply:
        return replies.later(refused, seconds, status) if seconds else replies.refuse(refused, status)
