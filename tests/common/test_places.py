"""What an app says by place, so that few commands import it, is there."""

from __future__ import annotations

from django.utils.module_loading import import_string

from vincula.common import retention
from vincula.common.jobs import registry


def test_every_purger_is_where_its_app_says() -> None:
    assert retention.registered()
    assert all(callable(import_string(place)) for place in retention._purgers.values())


def test_every_kind_of_job_has_its_executor_where_its_app_says() -> None:
    assert registry._places
    for kind, place in registry._places.items():
        found = registry.find(kind)
        assert found is not None, kind
        assert found.__module__ == place
