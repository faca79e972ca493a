"""Headers that keep a page to itself: a strict Content-Security-Policy, no caching of what a person sees."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from vincula.common.outcomes import RefusedError
from vincula.common.page.errors import not_allowed, refused

# No inline script or style anywhere, nothing from another host. `data:` images are the small drawings inside
# the DSGOV style sheet.
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "manifest-src 'self'",
    )
)
PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


class PageHeaders:
    """Sets the headers on every answer. A signed-in person's pages are stored by no browser or proxy."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        self._keep_private(request, response)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        """A refusal that came up from a depth (`RefusedError`) is a page with its remedy, not a fault."""
        return refused(request, exception.refused) if isinstance(exception, RefusedError) else None

    @staticmethod
    def _keep_private(request: HttpRequest, response: HttpResponseBase) -> None:
        # Static files have no session: WhiteNoise answers them earlier.
        session = getattr(request, "session", None)
        if session is not None and session.accessed and "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = "private, no-store"


class WrongMethod:
    """A page for the empty 405 of Django. Innermost, where the session is still open for what the page shows."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if response.status_code == 405:
            return not_allowed(request, response.headers.get("Allow", ""))
        return response
