"""Which store an app's tables live in: the audit and the jobs have their own (design, section 3)."""

from __future__ import annotations

from typing import Any

STORES = {"audit": "audit", "jobs": "jobs", "django_tasks_db": "jobs", "django_tasks_database": "jobs"}


def apps_of(alias: str) -> frozenset[str]:
    """The apps that have a store of their own in this one; none for the main base, where all others live."""
    return frozenset(label for label, store in STORES.items() if store == alias)


class StoreRouter:
    """Django's database router."""

    def db_for_read(self, model: Any, **hints: Any) -> str:
        return STORES.get(model._meta.app_label, "default")

    def db_for_write(self, model: Any, **hints: Any) -> str:
        return STORES.get(model._meta.app_label, "default")

    def allow_relation(self, obj1: Any, obj2: Any, **hints: Any) -> bool:
        return self.db_for_write(obj1) == self.db_for_write(obj2)

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return STORES.get(app_label, "default") == db
