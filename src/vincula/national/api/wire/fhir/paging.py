"""Pages of a search: the first question is kept for some minutes, and the next page is asked for by a token.

Ours: no address that is handed out bears a criterion (formats/fhir/search.py).
"""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any, TypeVar

from vincula.common.outcomes import Refused
from vincula.formats.fhir import Key, PatientSearch
from vincula.formats.pdq import Identifier
from vincula.national.api.services import continuing

T = TypeVar("T")
PAGE = 20
"""Persons in an answer where the caller names no number."""
_ROOT = "urn:vincula:fhir"
_TOKEN = re.compile(r"([0-9A-Za-z_-]{22})\.([0-9]{1,4})", re.ASCII)
EXPIRED = Refused(
    "CONSULTA_VENCIDA",
    "A página seguinte não é conhecida, ou já venceu.",
    "Repita a procura desde o início; a continuação vale por alguns minutos.",
)


def cut(found: Sequence[T], count: int | None, start: int) -> tuple[list[T], bool]:
    """The page from place `start` (counted from 1) on, and whether there is more. A count of 0 asks for the total."""
    size = PAGE if count is None else count
    page = list(found[start - 1 : start - 1 + size])
    return page, start - 1 + len(page) < len(found)


def keep(client: str, wanted: PatientSearch, start: int) -> str:
    """The token for the page that begins at `start`."""
    known = _TOKEN.fullmatch(wanted.continuation)
    name = known[1] if known else secrets.token_urlsafe(16)
    if not known:
        continuing.keep(client, Identifier(_ROOT, name), json.dumps(asdict(wanted)).encode())
    return f"{name}.{start}"


def first_question(client: str, wanted: PatientSearch) -> tuple[PatientSearch, int] | None:
    """The question that a token goes on with, and where; None for one that is not known (any more)."""
    token = _TOKEN.fullmatch(wanted.continuation)
    kept = continuing.kept(client, Identifier(_ROOT, token[1])) if token else None
    if token is None or kept is None:
        return None
    first: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in json.loads(kept).items()
    }
    first["keys"] = tuple(Key(**one) for one in first["keys"])
    again = replace(PatientSearch(**first), continuation=wanted.continuation)
    if wanted.count is not None:
        again = replace(again, count=wanted.count)
    return again, max(1, int(token[2]))
