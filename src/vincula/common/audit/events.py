"""An audited event, and the record that the chain keeps of it (pure: no store, no clock)."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from vincula.common.audit import vocabulary

GENESIS = "0" * 64  # what the first record of a chain follows
COLUMNS = (
    "escritor",
    "seq",
    "quando",
    "ator",
    "acao",
    "assunto",
    "finalidade",
    "termo",
    "detalhes",
    "anterior",
    "hash",
)
Row = tuple[str, int, str, str, str, str, str, str, str, str, str]

_ACTION = re.compile(r"[a-z0-9_-]+(?::[a-z0-9_-]+){2}")
_DETAILS_LIMIT = 16_384
_TEXT_LIMITS = (("actor", 100), ("subject", 200), ("purpose", 100))


@dataclass(frozen=True, slots=True)
class Event:
    """What happened: who (`actor`) did what (`action`, "source:subject:action") to whom (`subject`), and why.

    Actor and subject are typed keys, "cpf:…", "cns:…", "operadora:…", or "sistema"; this is the one place
    where personal identifiers may stand. `details` is anything JSON, at most 16 KB. `term` is the CadSUS
    term, found from the action when not given. Control characters are replaced and long texts cut: they may
    come from what somebody typed. Raises ValueError on a malformed action, an unknown term or details too
    long: those are ours.
    """

    actor: str
    action: str
    subject: str
    purpose: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)
    term: str = ""
    written: str = field(
        default="", init=False, repr=False, compare=False
    )  # the canonical JSON of the details

    def __post_init__(self) -> None:
        known = _term_of(self.action)
        term = self.term or known
        for name, limit in _TEXT_LIMITS:
            given = getattr(self, name)
            cleaned = _clean(given, limit)
            if cleaned is not given:
                object.__setattr__(self, name, cleaned)
        if term:
            object.__setattr__(self, "term", term)
            if term not in vocabulary.TERMS:
                raise ValueError("not a term of the CadSUS audit")
        written = canonical(self.details)
        if len(written) > _DETAILS_LIMIT:
            raise ValueError("audit details are too long")
        object.__setattr__(self, "written", written)


@dataclass(frozen=True, slots=True)
class Receipt:
    """Where an event was recorded: its writer's chain, its place in it, its hash."""

    writer: str
    seq: int
    hash: str


@lru_cache(maxsize=1_000)
def _term_of(action: str) -> str:
    """The term of an action that is well formed; events are made thousands of times a second, of few actions."""
    if not _ACTION.fullmatch(action) or len(action) > 100:
        raise ValueError("an audit action reads source:subject:action")
    return vocabulary.term_of(action)


def _clean(text: str, limit: int) -> str:
    """No control characters (PostgreSQL has no NUL), no lone surrogates, at most `limit` characters."""
    if text.isascii() and text.isprintable():
        return text if len(text) <= limit else text[:limit]
    text = text.encode("utf-8", "replace").decode("utf-8")
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)[:limit]


def canonical(value: Any) -> str:
    """The one JSON text of a value: sorted keys, no blanks, ASCII only."""
    if isinstance(value, Mapping) and not isinstance(value, dict):
        value = dict(value)
    return _ENCODER.encode(value)


# Made once: making it costs more than what it encodes.
_ENCODER = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False, default=str
)


def digest(row: tuple[Any, ...]) -> str:
    """SHA-256 (hex) of a record: canonical JSON of its COLUMNS up to `anterior`, in their order."""
    return hashlib.sha256(canonical(list(row[:10])).encode("ascii")).hexdigest()


def chained(writer: str, seq: int, when: str, event: Event, previous: str) -> Row:
    """The row that records the event after the one whose hash is `previous`."""
    body = (
        writer,
        seq,
        when,
        event.actor,
        event.action,
        event.subject,
        event.purpose,
        event.term,
        event.written,
        previous,
    )
    return (*body, digest(body))
