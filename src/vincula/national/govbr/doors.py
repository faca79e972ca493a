"""gov.br's button on the login page, and its end of a session; called from AppConfig.ready()."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse

from vincula.common.accounts.doors import Door, register_departure, register_door
from vincula.common.accounts.services import Entry, EntryMeans
from vincula.national.govbr.services.links import is_configured


def register() -> None:
    register_door(Door("govbr", "govbr/porta.html", is_configured))
    register_departure("govbr", _departure)


def _departure(request: HttpRequest, entry: Entry) -> str:
    """Who came in by gov.br is logged in there, too, until he leaves."""
    return reverse("govbr-sair") if entry.means is EntryMeans.GOVBR and is_configured() else ""
