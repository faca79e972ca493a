"""What the audit keeps of wrong passwords at the addresses that take them.

At most one record an hour for each credential, and one for all the users that nobody has: strangers must not be able to
fill the audit. Neither the password nor the user is kept as written: people put the one in the place of the other.
"""

from __future__ import annotations

import time

from vincula.common.audit.services import Event
from vincula.national.api.services.alerts import QUIET

NOBODYS = "usuario:desconhecido"


class WrongPasswords:
    """For one event loop, from whose thread alone it is used."""

    def __init__(self) -> None:
        self._told: dict[str, float] = {}

    def note(self, credential: str, service: str, address: str) -> list[Event]:
        """What must be durable before the refusal leaves. `credential`: whose user it is, "" for nobody's. `address`:
        the caller's."""
        subject, now = f"credencial:{credential}" if credential else NOBODYS, time.monotonic()
        if now - self._told.get(subject, float("-inf")) < QUIET.total_seconds():
            return []
        self._told[subject] = now
        details = {"servico": service, "origem": address}
        return [Event("sistema", "api:senha:recusada", subject, details=details)]
