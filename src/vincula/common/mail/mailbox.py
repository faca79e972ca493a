"""The sandbox's mailbox: mail that goes nowhere lands in files of the data folder (`correio/`), one each, .eml."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from pathlib import Path

from vincula.common import config
from vincula.common.files import write_private

SHOWN = 200  # the newest of the mailbox's page
_NAME = re.compile(r"[0-9]{8}T[0-9]{6}-[0-9]{1,18}\.eml")


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail as it would have been sent. It never shows in a log: its repr is its file's name."""

    name: str
    to: str
    subject: str
    text: str
    at: datetime

    def __repr__(self) -> str:
        return f"Letter({self.name})"


def folder() -> Path:
    return config.load().folder("correio")


def put(number: int, raw: bytes, now: datetime) -> None:
    """Keep a mail; the same number at the same moment again replaces it."""
    write_private(folder() / f"{now.astimezone(UTC):%Y%m%dT%H%M%S}-{number}.eml", raw)


def newest(limit: int = SHOWN) -> list[Letter]:
    """The newest mails first."""
    names = sorted((one.name for one in folder().iterdir() if _NAME.fullmatch(one.name)), reverse=True)
    return [letter for name in names[:limit] if (letter := read(name)) is not None]


def read(name: str) -> Letter | None:
    """One of them; None where there is none of this name."""
    if not _NAME.fullmatch(name):
        return None
    try:
        message = message_from_bytes((folder() / name).read_bytes(), policy=policy.default)
    except FileNotFoundError:
        return None
    at = datetime.strptime(name[:15], "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
    body = message.get_body(("plain",))
    text = str(body.get_content()) if body is not None else ""
    return Letter(name, str(message["To"]), str(message["Subject"]), text, at)


def purge(before: datetime) -> int:
    """Remove what is older; how many."""
    oldest_kept = f"{before.astimezone(UTC):%Y%m%dT%H%M%S}"
    gone = [one for one in folder().iterdir() if _NAME.fullmatch(one.name) and one.name[:15] < oldest_kept]
    for one in gone:
        one.unlink(missing_ok=True)
    return len(gone)
