"""What the engine must offer is asked before anything is made, and what is missing is named."""

from __future__ import annotations

import os
import sqlite3
import uuid
from pathlib import Path

import psycopg
import pytest
from django.db import connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from tests.common.installation import Installation
from tests.site.test_environment import run
from vincula.common import config
from vincula.common.outcomes import RefusedError
from vincula.site import ready

SERVER = os.environ.get("DATABASE_URL", "")


def test_an_old_sqlite_is_refused_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    if config.load().database_url:
        monkeypatch.setenv("DATABASE_URL", "")
        config.load.cache_clear()
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 38, 5))
    monkeypatch.setattr(sqlite3, "sqlite_version", "3.38.5")
    try:
        with pytest.raises(RefusedError) as raised:
            ready.setup()
    finally:
        monkeypatch.undo()
        config.load.cache_clear()
    refused = raised.value.refused
    assert refused.code == "SQLITE_ANTIGO"
    assert "3.38.5" in refused.message
    assert "3.39" in refused.message
    assert "DATABASE_URL" in refused.remedy


def test_the_migrations_on_disk_are_those_that_django_finds() -> None:
    assert ready._migrations() == MigrationLoader(None).disk_migrations.keys()


@pytest.mark.django_db(databases=["default", "audit", "jobs"])
def test_a_migration_that_is_missing_is_pending_and_none_where_all_were_applied() -> None:
    assert ready._pending() == []
    MigrationRecorder(connections["jobs"]).record_unapplied("jobs", "0001_initial")
    assert ready._pending() == ["jobs"]


def test_each_store_takes_what_lives_in_it_and_the_main_base_everything(
    fresh_installation: Installation,
) -> None:
    told = fresh_installation.run(
        "from django.db import connections\n"
        "from django.db.migrations.recorder import MigrationRecorder\n"
        "for alias in connections:\n"
        "    applied = MigrationRecorder(connections[alias]).applied_migrations()\n"
        "    print(alias, len(connections[alias].introspection.table_names()), *sorted({app for app, _ in applied}))"
    )
    apps = {line.split()[0]: line.split()[2:] for line in told.splitlines()}
    assert apps["audit"] == ["audit"]
    assert apps["jobs"] == ["django_tasks_database", "jobs"]
    assert set(apps["default"]) == {app for app, _ in ready._migrations()}


@pytest.mark.django_db
@pytest.mark.skipif(not SERVER, reason="a right of PostgreSQL")
@pytest.mark.parametrize(
    ("granted", "missing"), [("", 'GRANT CREATE ON SCHEMA "public"'), ("public", "GRANT CREATE ON DATABASE")]
)
def test_a_user_who_may_not_create_is_told_the_right_that_is_missing(
    tmp_path: Path, granted: str, missing: str
) -> None:
    name = f"sem_direito_{uuid.uuid4().hex[:8]}"
    with psycopg.connect(SERVER, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}".encode())
        server.execute(f"CREATE ROLE {name} LOGIN PASSWORD 'x'".encode())
    there = psycopg.conninfo.make_conninfo(SERVER, dbname=name)
    try:
        with psycopg.connect(there, autocommit=True) as base:
            base.execute(b"REVOKE CREATE ON SCHEMA public FROM PUBLIC")
            if granted:
                base.execute(f"GRANT CREATE ON SCHEMA {granted} TO {name}".encode())
        ended = run(tmp_path, "audit", "verify", DATABASE_URL=_url(name))
        assert ended.returncode == 1, ended
        assert "Recusado (BANCO_SEM_DIREITO)" in ended.stderr
        assert missing in ended.stderr
        assert f'TO "{name}"' in ended.stderr
    finally:
        with psycopg.connect(SERVER, autocommit=True) as server:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())
            server.execute(f"DROP ROLE {name}".encode())


def _url(name: str) -> str:
    """The server's address for that user and his base."""
    from urllib.parse import urlsplit, urlunsplit

    parts = urlsplit(SERVER)
    return urlunsplit(parts._replace(netloc=f"{name}:x@{parts.netloc.rpartition('@')[2]}", path=f"/{name}"))
