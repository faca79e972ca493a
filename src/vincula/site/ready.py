"""Makes an empty base ready on first use, and an old one current: schemas, migrations, the tables the product carries.

Safe to call from any number of processes at once; costs a few milliseconds when there is nothing to do.
"""

from __future__ import annotations

import os
import time
from contextlib import suppress
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from vincula.common import config, log
from vincula.common.outcomes import Refused, RefusedError
from vincula.common.stores import apps_of

SQLITE_AT_LEAST = (3, 39, 0)
LOOKS, SECONDS_BETWEEN = 4, 0.5


def setup() -> None:
    """Load Django with the settings of this installation; files made from here on are their owner's only."""
    os.umask(0o077)
    if not config.load().database_url:
        _sqlite_must_be_new_enough()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vincula.site.settings")
    import django

    log.to_standard_error()
    django.setup()


def _sqlite_must_be_new_enough() -> None:
    """Raises RefusedError: our SQL uses joins that older ones do not know."""
    import sqlite3

    if sqlite3.sqlite_version_info < SQLITE_AT_LEAST:
        needed = ".".join(str(part) for part in SQLITE_AT_LEAST[:2])
        raise RefusedError(
            Refused(
                "SQLITE_ANTIGO",
                f"Este Python traz o SQLite {sqlite3.sqlite_version}; o Vincula precisa do {needed} ou mais novo.",
                "Use um Python com SQLite mais novo (make run PYTHON=…), ou um PostgreSQL em DATABASE_URL.",
            )
        )


def prepare() -> bool:
    """Bring every store to the current schema. Returns whether anything had to be done."""
    from vincula.common.locks import exclusive

    if not _pending():
        return False
    with exclusive("preparar"):
        return _made()


def _made() -> bool:
    """Make what is missing. PostgreSQL finishes the last statement of a process that was killed over this, and commits
    it perhaps under our feet: what stood in the way is then done, and another look takes it into account."""
    from django.db import DatabaseError, connections

    for _ in range(LOOKS - 1):
        try:
            _make_schemas()
            return _migrate()
        except DatabaseError:
            connections.close_all()
            time.sleep(SECONDS_BETWEEN)
    _make_schemas()
    return _migrate()


def _pending() -> list[str]:
    from django.db import connections
    from django.db.migrations.executor import MigrationExecutor

    stale = []
    for alias in connections:
        if config.load().database_url and not _has_schema(alias):
            return [alias]
        if _all_applied(alias):
            continue
        executor = MigrationExecutor(connections[alias])
        leaves = executor.loader.graph.leaf_nodes()
        if executor.migration_plan([leaf for leaf in leaves if _lives_in(leaf[0], alias)]):
            stale.append(alias)
    return stale


def _all_applied(alias: str) -> bool:
    """Whether every migration there is has been applied. To plan the rest would import them all, which takes longer
    than most commands do."""
    from django.db import connections
    from django.db.migrations.recorder import MigrationRecorder

    wanted = {one for one in _migrations() if _lives_in(one[0], alias)}
    return wanted <= MigrationRecorder(connections[alias]).applied_migrations().keys()


def _lives_in(app: str, alias: str) -> bool:
    """Whether the store takes the app's migrations. Another's would change nothing there, and take as long as the
    store's own: the main base alone takes them all."""
    return alias == "default" or app in apps_of(alias)


@cache
def _migrations() -> frozenset[tuple[str, str]]:
    """(app, name) of every migration of the installed apps, by the names of the files."""
    from django.apps import apps
    from django.db.migrations.loader import MigrationLoader

    found = set()
    for app in apps.get_app_configs():
        place, _ = MigrationLoader.migrations_module(app.label)
        with suppress(ModuleNotFoundError):
            for _, name, is_package in iter_modules(import_module(str(place)).__path__):
                if not is_package and name[0] not in "_~":
                    found.add((app.label, name))
    return frozenset(found)


def _schema(alias: str) -> str:
    from django.db import connections

    return str(connections[alias].settings_dict["OPTIONS"]["options"]).split("search_path=")[1]


def _has_schema(alias: str) -> bool:
    from django.db import connections

    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT 1 FROM information_schema.schemata WHERE schema_name = %s", [_schema(alias)])
        return cursor.fetchone() is not None


def _make_schemas() -> None:
    from django.db import connections

    if not config.load().database_url:
        return
    for alias in connections:
        schema, there = _schema(alias), _has_schema(alias)
        _must_be_allowed_to_create(alias, schema if there else "")
        if not there:
            with connections[alias].cursor() as cursor:
                cursor.execute(f"CREATE SCHEMA IF NOT EXISTS {schema}")


def _must_be_allowed_to_create(alias: str, schema: str) -> None:
    """In this schema, or schemas where it is "". Raises RefusedError that names the right that is missing."""
    from django.db import connections

    with connections[alias].cursor() as cursor:
        if schema:
            cursor.execute("SELECT current_user, has_schema_privilege(%s, 'CREATE'), %s", [schema, schema])
        else:
            cursor.execute(
                "SELECT current_user, has_database_privilege(current_database(), 'CREATE'), current_database()"
            )
        user, allowed, name = cursor.fetchone()
    if not allowed:
        kind = "SCHEMA" if schema else "DATABASE"
        what = "tabelas no esquema" if schema else "esquemas na base"
        raise RefusedError(
            Refused(
                "BANCO_SEM_DIREITO",
                f"O usuário {user} do PostgreSQL não pode criar {what} {name}: falta-lhe o direito CREATE.",
                f'Peça ao administrador do banco: GRANT CREATE ON {kind} "{name}" TO "{user}"; e repita.',
            )
        )


def _migrate() -> bool:
    from django.core.management import call_command
    from django.db import connections

    stale = _pending()
    for alias in stale:
        installed = {app for app, _ in _migrations()}
        for only in [[app] for app in sorted(apps_of(alias) & installed)] or [[]]:
            call_command("migrate", *only, database=alias, verbosity=0, interactive=False)
        connections[alias].close()
    return bool(stale)
