"""Tables handed over for people's spreadsheets."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpResponse

from vincula.common.tabular import write_csv


def csv_answer(name: str, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> HttpResponse:
    """A short table as a download that no browser opens in place; no cell of it is a formula (`common.tabular`)."""
    out = io.BytesIO()
    write_csv(out, header, rows)
    return HttpResponse(
        out.getvalue(),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"},
    )
