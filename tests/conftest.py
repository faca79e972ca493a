"""Every test runs on a base of its own: SQLite in a temporary folder, or the PostgreSQL of `python -m tests.postgres`.

Also here: the proof. A test marked `requirement("R091")` puts its outcome beside the number; the run writes them to the
file that VINCULA_PROOF names, and `make requirements` reads nothing else.
"""

from __future__ import annotations

import gc
import json
import os
import shutil
import signal
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests import engines, memory, sharing

if TYPE_CHECKING:
    from tests.common.installation import Installation

# A run in the background of a shell inherits Ctrl-C ignored, and so would every command that a test interrupts.
signal.signal(signal.SIGINT, signal.default_int_handler)
collect_ignore = list(engines.WITHOUT_A_BASE) if os.environ.get("VINCULA_ONLY_DATABASE") else []
memory.move_in()
_DATA = tempfile.mkdtemp(prefix="vincula-teste-")
os.environ["VINCULA_DATA"] = _DATA
os.environ["VINCULA_PROFILE"] = "sandbox"
os.environ.pop("VINCULA_CNS_RANGE", None)
# Not in pyproject.toml: pytest-django would load the settings before this file has said where the base is.
os.environ["DJANGO_SETTINGS_MODULE"] = "vincula.site.settings"


def _make_schema(sender: Any, connection: Any, **_: Any) -> None:
    """In a test each store is a database of its own, whose schema nobody has made yet."""
    if connection.vendor == "postgresql":
        options = str(connection.settings_dict["OPTIONS"].get("options", ""))
        if "search_path=" in options:
            with connection.cursor() as cursor:
                cursor.execute(f"CREATE SCHEMA IF NOT EXISTS {options.split('search_path=')[1]}")


def pytest_configure(config: pytest.Config) -> None:
    import django
    from django.conf import settings
    from django.db.backends.signals import connection_created

    django.setup()
    if config.getoption("numprocesses", None) and not hasattr(config, "workerinput"):
        # Workers inherit the environment: with this in it they would load the settings, and the main process's data
        # folder with them, before they read this file, and share one folder.
        os.environ.pop("DJANGO_SETTINGS_MODULE", None)
    from tests import emptying, quick
    from vincula.common.audit import services as audit

    # The day's anchor goes to a file and to a table that no test's rollback reaches together: only the audit's own
    # tests make anchors.
    audit._anchored_on = audit.utc_now()[:10]
    connection_created.connect(_make_schema)
    emptying.instead_of_flush()
    settings.PASSWORD_HASHERS = quick.HASHERS
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(Proof(), "vincula-proof")


def pytest_unconfigure(config: pytest.Config) -> None:
    from tests.common import installation

    installation.forget()
    shutil.rmtree(_DATA, ignore_errors=True)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    for mark in item.iter_markers("requirement"):
        for number in mark.args:
            item.user_properties.append(("requirement", number))


def pytest_collection_finish() -> None:
    """The thousands of tests stay until the end: the collector need not look at them again and again."""
    gc.collect()
    gc.freeze()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    sharing.dear_first(items)
    if os.environ.get("VINCULA_ONLY_DATABASE"):
        engines.deselect(config, items)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    return sharing.scheduler(config, log) if config.getoption("dist") == "loadfile" else None


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Without a browser part of the proof is missing, and whoever reads the last lines must see it."""
    from tests.browser import chromium

    skipped = [report for report in terminalreporter.stats.get("skipped", []) if "browser" in report.nodeid]
    if skipped and chromium.find() is None:
        terminalreporter.section("SEM NAVEGADOR", sep="!", red=True, bold=True)
        terminalreporter.write_line(f"{chromium.MISSING} ({len(skipped)} teste(s) de navegador não rodaram)")


class Proof:
    """Collects, per requirement, the tests that passed and those that did not."""

    def __init__(self) -> None:
        self.proof: dict[str, dict[str, list[str]]] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when != "call" and report.outcome == "passed":
            return
        for name, number in report.user_properties:
            if name == "requirement":
                entry = self.proof.setdefault(str(number), {"passed": [], "other": []})
                entry["passed" if report.outcome == "passed" else "other"].append(report.nodeid)

    def pytest_sessionfinish(self) -> None:
        if target := os.environ.get("VINCULA_PROOF"):
            path = Path(target)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(self.proof, indent=1, sort_keys=True))


@pytest.fixture
def fresh_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A data folder of the test's own, for commands run as processes."""
    monkeypatch.setenv("VINCULA_DATA", str(tmp_path / "dados"))
    return tmp_path / "dados"


@pytest.fixture(scope="session")
def fresh_installation() -> Installation:
    """An installation just made ready, to be copied (`tests.common.installation.copied`) and not used itself."""
    from tests.common.installation import ready_made

    return ready_made()
