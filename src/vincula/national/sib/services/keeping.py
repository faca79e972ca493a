"""Retention of what operadoras sent: the SBX itself goes when its time has passed; results and history stay.

Days are counted from the end of processing (VINCULA_RETENTION_FILES). The vínculo's history and the RPX are the proof
of sending and are not removed here.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from vincula.common import config
from vincula.common.bulk import batches
from vincula.national.sib.models import Arquivo
from vincula.national.sib.services import files
from vincula.national.sib.services.intake import ENDS

LEFT_OVER = timedelta(days=1)


def purge_left_overs(now: datetime) -> int:
    """Remove, a day later, what processes that were killed left half written, and stored SBX that no file points to;
    how many.
    """
    removed = 0
    for path in (*_half_written(), *_pointed_at_by_nobody()):
        if _written_before(path, now - LEFT_OVER):
            path.unlink(missing_ok=True)
            removed += 1
    return removed


def _half_written() -> Iterator[Path]:
    for folder in ("recebidos", "rpx", "cnx", "chegada", "listas"):
        for path in config.load().folder("sib", folder).iterdir():
            if folder in ("chegada", "listas") or path.name.endswith(".parcial"):
                yield path


def _pointed_at_by_nobody() -> Iterator[Path]:
    """What was refused before it became a file (another operadora's, a closed competência), or killed right then."""
    for batch in batches(config.load().folder("sib", "recebidos").glob("*.SBX"), 500):
        known = Arquivo.objects.filter(sha256__in=[path.stem for path in batch])
        pointed_at = set(known.values_list("sha256", flat=True))
        yield from (path for path in batch if path.stem not in pointed_at)


def _written_before(path: Path, moment: datetime) -> bool:
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC) < moment
    except FileNotFoundError:  # it has just got its own name, or is gone already
        return False


def purge_files(now: datetime) -> int:
    """Remove the stored SBX of files that ended long enough ago and that no other file still needs; how many.

    One stored again since, of a file that arrives at this moment and has no row yet, is new and stays.
    """
    before = now - timedelta(days=config.load().retention_files)
    due = set(
        Arquivo.objects.filter(estado__in=ENDS, processado_em__lt=before).values_list("sha256", flat=True)
    )
    kept = set(
        Arquivo.objects.filter(sha256__in=due)
        .exclude(estado__in=ENDS, processado_em__lt=before)
        .values_list("sha256", flat=True)
    )
    removed = 0
    for sha256 in due - kept:
        path = files.received(sha256)
        if _written_before(path, before):
            path.unlink(missing_ok=True)
            removed += 1
    return removed
