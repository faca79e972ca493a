"""Moments as the people of the field write and read them: in Brasília time."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

BRASILIA = ZoneInfo("America/Sao_Paulo")
_MOMENT = re.compile(r"((?:19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2})(?:[T ]([0-9]{2}:[0-9]{2}))?")
_SPAN = re.compile(r"([0-9]{1,4})(min|h|d)")
_UNITS = {"min": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}


def read_start(text: str) -> datetime | None:
    """`AAAA-MM-DD` (that day at 0:00) or `AAAA-MM-DDTHH:MM`, in Brasília; None for anything else."""
    return _read(text, "00:00")


def read_forecast(text: str, since: datetime) -> datetime | None:
    """The same, but a day alone is meant to its last minute; or a span from `since`: `30min`, `4h`, `7d`."""
    if span := _SPAN.fullmatch(text):
        try:
            return since + int(span[1]) * _UNITS[span[2]]
        except OverflowError:  # after the last day that there is
            return None
    return _read(text, "23:59")


def _read(text: str, hour: str) -> datetime | None:
    found = _MOMENT.fullmatch(text)
    if not found:
        return None
    try:
        return datetime.strptime(f"{found[1]} {found[2] or hour}", "%Y-%m-%d %H:%M").replace(tzinfo=BRASILIA)
    except ValueError:
        return None


def shown(moment: datetime) -> str:
    """ "06/01/2022 às 14h30" """
    return f"{moment.astimezone(BRASILIA):%d/%m/%Y às %Hh%M}"


def written(moment: datetime | None) -> str | None:
    """ "2022-01-06T14:30:00-03:00", for programs; None where there is none."""
    return moment.astimezone(BRASILIA).isoformat(timespec="seconds") if moment else None
