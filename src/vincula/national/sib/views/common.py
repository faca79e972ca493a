"""What SIB's views share: the audit of what a page reveals, files handed over, lists continued by key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO, Generic, TypeVar

from django.core.paginator import Page, Paginator
from django.http import FileResponse, HttpRequest

from vincula.common.audit.services import Event, record
from vincula.national.sib.access import actor

T = TypeVar("T")
PAGE_SIZE = 50


def audited(request: HttpRequest, action: str, subject: str, purpose: str, **details: Any) -> None:
    """Durable before the answer leaves: who saw what, and what for."""
    record(Event(actor(request), action, subject, purpose=purpose, details=details))


def attachment(source: BinaryIO, name: str) -> FileResponse:
    """An open file as a download that no browser opens in place. `source` is closed when it has been sent."""
    return FileResponse(source, as_attachment=True, filename=name, content_type="application/octet-stream")


def paged(request: HttpRequest, rows: Any, parameter: str = "pagina", size: int = PAGE_SIZE) -> Page[Any]:
    """The page of a list that the request asks for; the nearest one when there is no such page."""
    return Paginator(rows, size).get_page(request.GET.get(parameter))


@dataclass(frozen=True, slots=True)
class Slice(Generic[T]):
    """A part of a long list that is continued by the key of its last item ("" when it ends here)."""

    items: Sequence[T]
    next_key: str
    first: bool


def sliced(items: Sequence[T], keys: Sequence[str], after: object, size: int = PAGE_SIZE) -> Slice[T]:
    """`items` was fetched with one more than fits: whether there are more. `after`: falsy at the beginning."""
    more = len(items) > size
    return Slice(items[:size], keys[size - 1] if more else "", not after)


def capital(text: str) -> str:
    """With a capital first letter, the rest as it is (CNS stays CNS)."""
    return text[:1].upper() + text[1:]


def after_number(request: HttpRequest) -> int:
    """The plain number in `?apos=`, 0 for none or nonsense."""
    text = request.GET.get("apos", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 18 else 0
