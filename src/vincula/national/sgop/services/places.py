"""Where a computer's key is good: the origin that the browser sees, and the name that WebAuthn binds keys to."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from django.http import HttpRequest

from vincula.common import config


@dataclass(frozen=True, slots=True)
class Place:
    """`origin` as browsers write it ("https://nome:porta"); `rp_id` the host name alone."""

    origin: str
    rp_id: str

    @property
    def takes_webauthn(self) -> bool:
        """WebAuthn binds keys to names, never to bare addresses."""
        try:
            ip_address(self.rp_id.strip("[]"))
        except ValueError:
            return True
        return False


def place_of(request: HttpRequest) -> Place:
    """The place of this request: one of the names of VINCULA_HOSTS (Django refuses every other), with the scheme that
    VINCULA_HTTPS says."""
    secure = config.load().https or request.is_secure()
    origin = f"{'https' if secure else 'http'}://{request.get_host().lower()}"
    return Place(origin, urlsplit(origin).hostname or "")
