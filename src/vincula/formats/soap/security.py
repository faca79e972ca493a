"""WS-Security UsernameToken as the legacy clients send it (cadsus-services.md, section 2.3): PasswordText only."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from vincula.formats.soap.envelope import Envelope, local_name

DIGEST = "PasswordDigest"


@dataclass(frozen=True, slots=True, repr=False)
class UsernameToken:
    """User and password in clear, as they came. `digest`: the password is one that cannot be checked here, because
    that would need it kept in clear."""

    username: str
    password: str
    digest: bool = False


def read_username_token(envelope: Envelope) -> UsernameToken | None:
    """The first UsernameToken of the Header, by local names: nonces, time stamps, other headers and any prefix pass."""
    if envelope.header is None:
        return None
    for element in envelope.header.iter():
        if local_name(element) == "UsernameToken":
            parts = {local_name(child): child for child in element}
            if "Username" in parts and "Password" in parts:
                password = parts["Password"]
                return UsernameToken(
                    _text(parts["Username"]), _text(password), (password.get("Type") or "").endswith(DIGEST)
                )
    return None


def _text(element: etree._Element) -> str:
    return (element.text or "").strip()
