"""What may stand in CNES's addresses: the number of an establishment."""

from __future__ import annotations

from django.urls import register_converter


class CnesConverter:
    """7 digits."""

    regex = "[0-9]{7}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


def register() -> None:
    """Called where the addresses are listed."""
    register_converter(CnesConverter, "cnes")
