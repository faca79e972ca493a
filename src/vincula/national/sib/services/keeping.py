"""Retention of what operadoras sent: the SBX itself goes when its time has passed; results and history stay.

Days are counted from the end of processing (VINCULA_RETENTION_FILES). The vínculo's history and the RPX are the proof
of sending and are not removed here.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from vincula.common import config
from vincula.national.sib.models import Arquivo
from vincula.national.sib.services import files
from vincula.national.sib.services.intake import ENDS

LEFT_OVER = timedelta(days=1)


def purge_left_overs(now: datetime) -> int:
    """Remove what processes that were killed left half written, never served, a day later; how many."""
    removed = 0
    for folder in ("recebidos", "rpx", "cnx", "chegada", "listas"):
        for path in config.load().folder("sib", folder).iterdir():
            half_written = folder in ("chegada", "listas") or path.name.endswith(".parcial")
            if half_written and _written_before(path, now - LEFT_OVER):
                path.unlink(missing_ok=True)
                removed += 1
    return removed


def _written_before(path: Path, moment: datetime) -> bool:
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC) < moment
    except FileNotFoundError:  # it has just got its own name
        return False


def purge_files(now: datetime) -> int:
    """Remove the stored SBX of files that ended long enough ago and that no other file still needs; how many."""
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
        if path.exists():
            path.unlink()
            removed += 1
    return removed
