"""Messages for the next page that the person sees: what happened, and what to do next."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest

from vincula.common.outcomes import Refused


def done(request: HttpRequest, text: str) -> None:
    """Something was done."""
    messages.success(request, text)


def informed(request: HttpRequest, text: str) -> None:
    """Something to know; nothing went wrong."""
    messages.info(request, text)


def refused(request: HttpRequest, refusal: Refused) -> None:
    """Something was not done: why, and the next step."""
    messages.error(request, refusal.as_text())
