"""The answer of a page whose service is interrupted: 503, and when to come back where that is known (R066, R067)."""

from __future__ import annotations

from django.http import HttpResponse

from vincula.common.outcomes import Refused
from vincula.national.sgop.services.stopped import INTERRUPTED


def told(response: HttpResponse, refused: Refused | None) -> HttpResponse:
    """The response, as one of a service that stands still where that is why it was refused."""
    if refused is None or refused.code != INTERRUPTED:
        return response
    response.status_code = 503
    if refused.details.get("previsao"):
        response.headers["Retry-After"] = str(refused.details["repetir_em_segundos"])
    return response
