"""How a person came in, kept in the session (design, section 1)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.http import HttpRequest

_KEY = "entrada"
GOVBR_LEVELS = ("bronze", "prata", "ouro")


class EntryMeans(StrEnum):
    """By what the person proved who he is."""

    SENHA = "senha"
    CERTIFICADO = "certificado"
    GOVBR = "govbr"


@dataclass(frozen=True, slots=True)
class Entry:
    """The means, and for gov.br the level of the account (one of GOVBR_LEVELS, else "")."""

    means: EntryMeans
    level: str = ""


def mark_entry(request: HttpRequest, means: EntryMeans, level: str = "") -> None:
    """Note in the session how the person came in; call it after Django's `login`, which makes the session
    anew.

    Raises ValueError on a level that is not gov.br's, or a gov.br entry without one.
    """
    if (means is EntryMeans.GOVBR) != (level in GOVBR_LEVELS) or (level and level not in GOVBR_LEVELS):
        raise ValueError("only an entry by gov.br has a level, and it has one")
    request.session[_KEY] = [means.value, level]


def entry_of(request: HttpRequest) -> Entry | None:
    """How this session's person came in; None when nobody has."""
    means, level = request.session.get(_KEY, ("", ""))
    return Entry(EntryMeans(means), level) if means else None
