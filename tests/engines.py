"""Which tests run on both engines: those whose outcome an engine can change.

SQLite runs all of them. On PostgreSQL those are left out that never reach the base; and, of those that do, the ones that
look at something else: at templates, style sheets and scripts, at how a message is written, read, described or refused,
at what a command takes and says, at processes and ports. What those do to the base on their way, the tests of the
rooms' services ask on both engines; each page and each service is also opened on both (the walk through every address,
the whole way to the gate of CadSUS Web, the clients of each service).
"""

from __future__ import annotations

import pytest

WITHOUT_A_BASE = ("formats", "identifiers", "people")
"""Rooms that know no base at all: not even read where only an engine is looked at."""
ON_ONE_ENGINE = (
    # how pages look, and what they say
    "tests/browser/cnes/", "tests/browser/govbr/", "tests/browser/onboarding/", "tests/browser/sgop/",
    "tests/browser/sib/", "tests/browser/support/", "tests/browser/test_", "tests/common/page/",
    "tests/national/onboarding/", "tests/national/sgop/test_no_other_way.py", "tests/national/sib/web/test_results.py",
    "tests/national/support/web/test_pages.py",
    # how messages are written, read, described and refused
    "tests/interop/test_conformance.py", "tests/interop/test_guard.py", "tests/interop/test_http.py",
    "tests/interop/test_large_bodies.py", "tests/interop/test_node_client.py", "tests/interop/test_openapi.py",
    "tests/interop/test_protocol_", "tests/interop/test_refused_bodies.py", "tests/interop/test_tolerance.py",
    "tests/national/govbr/test_attacks.py", "tests/national/govbr/test_levels.py",
    # what commands take and say; processes, ports and what stands before them; the demo world's older releases
    "tests/deploy/test_nginx.py", "tests/docs/test_walkthrough.py", "tests/sandbox/test_demo",
    "tests/site/test_command_line.py", "tests/site/test_demo_lines.py", "tests/site/test_json.py::test_where_the_data_",
    "tests/site/test_proxy.py", "tests/site/test_serve.py", "tests/site/test_surroundings.py", "tests/site/test_usage.py",
)  # fmt: skip
ON_BOTH_ALL_THE_SAME = (
    "tests/browser/sib/test_files.py::test_a_file_is_sent_by_keyboard_alone",
    "tests/sandbox/test_demo.py::test_the_demo_has_two_closed_competencias",
    "tests/sandbox/test_demo.py::test_a_second_build_changes_nothing",
    "tests/sandbox/test_demo_requests.py::test_everybody_stands_where_his_line_says",
    "tests/site/test_serve.py::test_it_answers_and_stops_with_all_its_processes",
)


def depends_on_the_engine(item: pytest.Item) -> bool:
    """Also those that reach the base through a command or a browser, whom no `django_db` marks."""
    if not (item.get_closest_marker("django_db") or item.get_closest_marker("browser")):
        return False
    return not item.nodeid.startswith(ON_ONE_ENGINE) or item.nodeid.startswith(ON_BOTH_ALL_THE_SAME)


def deselect(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave only what depends on the engine."""
    kept = [item for item in items if depends_on_the_engine(item)]
    config.hook.pytest_deselected(items=[item for item in items if item not in kept])
    items[:] = kept
