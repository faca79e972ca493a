"""What gov.br tells of a person, in the odd formats of the guide: the id_token says `email_verified` as text, userinfo
as a boolean; a `sub` may have punctuation."""

from __future__ import annotations

import time
from typing import Any

from vincula.sandbox.govbr.people import Person


def of_id_token(person: Person, scope: str) -> dict[str, Any]:
    """The e-mail is told only when it is confirmed."""
    asked = scope.split()
    told: dict[str, Any] = {"sub": person.sub, "preferred_username": person.sub}
    if "profile" in asked:
        told |= {"name": person.name, "profile": "https://servicos.acesso.gov.br/", "picture": ""}
        if person.social_name:
            told["social_name"] = person.social_name
    if "email" in asked and person.email:
        told["email_verified"] = "true" if person.verified else "false"
        if person.verified:
            told["email"] = person.email
    if "govbr_confiabilidades_idtoken" in asked and person.level:
        moment = time.strftime("%Y-%m-%dT%H:%M:%S.000-0300", time.gmtime(time.time() - 3 * 3600 - 86_400))
        told["reliability_info"] = person.reliability(moment)
    return told


def of_userinfo(person: Person) -> dict[str, Any]:
    told: dict[str, Any] = {"sub": person.cpf, "name": person.name, "preferred_username": person.cpf}
    if person.social_name:
        told["social_name"] = person.social_name
    if person.email:
        told["email_verified"] = person.verified
        if person.verified:
            told["email"] = person.email
    return told
