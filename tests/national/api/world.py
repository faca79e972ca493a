"""What the tests of the API share."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from vincula.national.icp.services import Identity

REGISTRO = "999997"


def identity(cnpj: str, mark: str = "a") -> Identity:
    """A company whose certificate holds."""
    now = datetime.now(UTC)
    return Identity(cnpj, "PJ", "A1", "CN=X", "CN=Y", "1F", mark * 64, now, now + timedelta(days=1))
