"""`vincula purge` removes what its help says: here, what the other rooms' own tests do not cover."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta

import pytest
from axes.models import AccessAttempt
from django.contrib.sessions.models import Session

from vincula.common import config, retention
from vincula.site import traces

pytestmark = pytest.mark.django_db(databases=["default", "audit", "jobs"])
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def purged() -> dict[str, int]:
    names = ("contas.sessoes", "contas.tentativas", "registros.erros")
    return {one.name: one.count for one in retention.purge(NOW) if one.name in names}


def test_sessions_attempts_and_traces_past_their_time_go_and_the_others_stay() -> None:
    for days, name in ((-1, "ended"), (1, "open")):
        Session.objects.create(session_key=name, session_data="", expire_date=NOW + timedelta(days=days))
    for days in (2, 0):
        made = AccessAttempt.objects.create(username=f"x{days}", failures_since_start=1)
        AccessAttempt.objects.filter(pk=made.pk).update(attempt_time=NOW - timedelta(days=days))
    folder = config.load().folder(traces.FOLDER)
    for days, name in ((91, "erro-velho.txt"), (89, "erro-novo.txt"), (91, "outro.txt")):
        (folder / name).write_text("x")
        moment = (NOW - timedelta(days=days)).timestamp()
        os.utime(folder / name, (moment, moment))
    assert purged() == {"contas.sessoes": 1, "contas.tentativas": 1, "registros.erros": 1}
    assert [one.session_key for one in Session.objects.all()] == ["open"]
    assert [one.username for one in AccessAttempt.objects.all()] == ["x0"]
    assert {path.name for path in folder.glob("*.txt")} >= {"erro-novo.txt", "outro.txt"}
    assert purged() == {"contas.sessoes": 0, "contas.tentativas": 0, "registros.erros": 0}


def test_what_is_kept_of_an_error_has_no_values() -> None:
    try:
        raise ValueError("52998224725")
    except ValueError as error:
        path = traces.keep(error)
    assert path is not None
    assert "builtins.ValueError" in path.read_text()
    assert "52998224725" not in path.read_text().replace('raise ValueError("52998224725")', "")
