"""What gov.br says of a person, as this system reads it: pure decisions (access.md, section 5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from vincula.common.outcomes import Accepted, Outcome
from vincula.identifiers import cpf as cpf_rules
from vincula.national.govbr import refusals

LEVELS = {"bronze": "bronze", "silver": "prata", "gold": "ouro"}
ORDER = ("bronze", "prata", "ouro")
# What the step-up page is asked for: the number of any level that serves.
STEP_UP = {"bronze": "(1/2/3)", "prata": "(2/3)", "ouro": "(3)"}
_LONGEST_NAME, _MOST_SEALS = 200, 50


@dataclass(frozen=True, slots=True)
class Identity:
    """Who came: `cpf` 11 digits; `email` a verified one or ""; `level` one of ORDER; `seals` gov.br's numbers."""

    cpf: str = field(repr=False)
    name: str = field(repr=False)
    social_name: str = field(repr=False)
    email: str = field(repr=False)
    level: str
    seals: tuple[str, ...]


def identity_of(claims: Mapping[str, Any]) -> Outcome[Identity]:
    """Who the claims of a valid id_token are about. Refused: GOVBR_SEM_CPF.

    `sub` comes with or without punctuation. A level that is absent or unknown counts as the lowest: it opens nothing
    that asks for more. What is not known here (another `amr`, other claims) is passed over.
    """
    cpf = cpf_rules.parse(_text(claims.get("sub")))
    if not cpf_rules.is_valid(cpf):
        return refusals.NO_CPF
    level, seals = _reliability(claims.get("reliability_info"))
    email = _text(claims.get("email")) if _is_true(claims.get("email_verified")) else ""
    return Accepted(
        Identity(cpf, _name(claims.get("name")), _name(claims.get("social_name")), email, level, seals)
    )


def reaches(level: str, wanted: str) -> bool:
    """Whether a level ("" for none) is at least the wanted one."""
    return level in ORDER and ORDER.index(level) >= ORDER.index(wanted)


def is_about(claims: Mapping[str, Any], client: str) -> bool:
    """Whether the token was issued to this client: alone, or with it named as the authorized party."""
    audience = claims.get("aud")
    audiences = [audience] if isinstance(audience, str) else audience
    if not isinstance(audiences, list) or client not in audiences:
        return False
    return len(audiences) == 1 or claims.get("azp") == client


def is_issuer(value: object, issuer: str) -> bool:
    """With or without a final slash: the guide shows it with one."""
    return isinstance(value, str) and value.removesuffix("/") == issuer


def _reliability(told: object) -> tuple[str, tuple[str, ...]]:
    if not isinstance(told, dict):
        return ORDER[0], ()
    listed = told.get("reliabilities")
    found = listed if isinstance(listed, list) else []
    seals = [_text(one.get("id")) for one in found if isinstance(one, dict)]
    known = tuple(seal for seal in seals if seal.isascii() and seal.isdigit() and len(seal) < 8)
    return LEVELS.get(_text(told.get("level")), ORDER[0]), known[:_MOST_SEALS]


def _text(value: object) -> str:
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return value if isinstance(value, str) else ""


def _name(value: object) -> str:
    """One line of what can be seen: it is shown on pages."""
    seen = "".join(letter for letter in " ".join(_text(value).split()) if letter.isprintable())
    return seen[:_LONGEST_NAME].strip()


def _is_true(value: object) -> bool:
    return value is True or (isinstance(value, str) and value.lower() == "true")
