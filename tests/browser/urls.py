"""The real site's addresses, the gallery, and pages that fail on purpose."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.urls import path

from tests.browser.gallery import gallery, progress, upload
from vincula.common.accounts.session import operadora_required
from vincula.site import urls as real


def forbidden(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


def suspicious(request: HttpRequest) -> HttpResponse:
    raise SuspiciousOperation("de propósito")


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("de propósito")


@operadora_required
def mine(request: HttpRequest, registro: str) -> HttpResponse:
    return HttpResponse(f"<!DOCTYPE html><title>minha</title><p id='registro'>{registro}</p>")


urlpatterns = [
    *real.urlpatterns,
    path("exemplo/", gallery, name="exemplo"),
    path("exemplo/envio/", upload, name="exemplo-envio"),
    path("exemplo/andamento/", progress, name="exemplo-andamento"),
    path("exemplo/minha/", mine, name="exemplo-minha"),
    path("exemplo/403/", forbidden),
    path("exemplo/400/", suspicious),
    path("exemplo/500/", broken),
]
handler400, handler403, handler404, handler500 = (
    real.handler400,
    real.handler403,
    real.handler404,
    real.handler500,
)
