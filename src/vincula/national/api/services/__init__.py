"""What other rooms may do with the API: grant and take credentials, publish keys, issue tokens.

The listeners are in `wire`; what they ask on every request is in `services.gate`.
"""

from vincula.national.api.rules import Client, Kind, State
from vincula.national.api.services.alerts import alerts, see_alert
from vincula.national.api.services.credentials import (
    Credential,
    get,
    grant,
    listing,
    resume,
    revoke,
    set_password,
    suspend,
)
from vincula.national.api.services.keys import jwks, rotate
from vincula.national.api.services.tokens import Token, issue

__all__ = [
    "Client",
    "Credential",
    "Kind",
    "State",
    "Token",
    "alerts",
    "get",
    "grant",
    "issue",
    "jwks",
    "listing",
    "resume",
    "revoke",
    "rotate",
    "see_alert",
    "set_password",
    "suspend",
]
