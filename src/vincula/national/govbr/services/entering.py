"""The two halves of an entry by gov.br: away, and back again with somebody known."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse

from vincula.common import config
from vincula.common.accounts import services as accounts
from vincula.common.accounts.claiming import claim
from vincula.common.accounts.models import Pessoa
from vincula.common.audit.services import Event, record
from vincula.common.outcomes import Accepted, Outcome, Refused, RefusedError
from vincula.common.provider import Provider
from vincula.national.govbr import refusals, rules
from vincula.national.govbr.rules import Identity
from vincula.national.govbr.services import attempts, calling, links, tokens


def provider() -> Provider:
    """The configured one. Raises RefusedError (GOVBR_AUSENTE) where there is none."""
    found = config.load().govbr
    if found is None:
        raise RefusedError(refusals.NOT_CONFIGURED)
    return found


def away(request: HttpRequest, target: str) -> str:
    """The address at gov.br to send the person to, who goes on to `target`, a path of this site, afterwards."""
    state, attempt = attempts.begin(request, target)
    return calling.authorize_url(provider(), back_address(request), state, attempt)


def back_address(request: HttpRequest) -> str:
    """Where gov.br sends people back to: the address that is registered there."""
    return request.build_absolute_uri(reverse("govbr-retorno"))


def identified(request: HttpRequest) -> tuple[str, Outcome[Identity]]:
    """Who came back, and where he wanted to go. The state is used up, and nothing of the tokens is kept."""
    attempt = attempts.take(request, request.GET.get("state", ""))
    if attempt is None:
        return "", refusals.NO_BEGINNING
    if error := request.GET.get("error"):
        return attempt.target, refusals.AT_RETURN.get(error, refusals.PROVIDER_ERROR)
    code = request.GET.get("code", "")
    if not code:
        return attempt.target, refusals.PROVIDER_ERROR
    token = calling.id_token_for(provider(), back_address(request), code, attempt)
    if isinstance(token, Refused):
        return attempt.target, token
    claims = tokens.claims_of(provider(), token.value, attempt.nonce)
    return attempt.target, claims if isinstance(claims, Refused) else rules.identity_of(claims.value)


@dataclass(frozen=True, slots=True)
class Arrived:
    """Whose account it is; `taken`: somebody had opened it with an e-mail alone, and is out of it now."""

    person: Pessoa
    taken: bool = False


def person_for(identity: Identity, current: Pessoa | None) -> Outcome[Arrived]:
    """The account of who came, linked from now on; opened without a password where there is none (0022), taken from
    whoever had opened it without proving the CPF.

    `current`: whose session is open in this browser; only the same person is linked to it.
    Refused: GOVBR_OUTRA_PESSOA, CONTA_INATIVA, GOVBR_SEM_NOME.
    """
    if current is not None and current.cpf != identity.cpf:
        record(Event(f"cpf:{current.cpf}", "govbr:vinculo:recusado", f"cpf:{current.cpf}"))
        return refusals.OTHER_PERSON
    with transaction.atomic():
        found = _account(identity)
        if isinstance(found, Refused):
            return found
        person = found.value
        if not person.is_active:
            record(Event(f"cpf:{person.cpf}", "contas:sessao:recusada", f"cpf:{person.cpf}"))
            return refusals.INACTIVE
        taken = claim(person, identity.name, identity.email, same=current is not None)
        links.keep(person, identity.level, identity.seals)
    return Accepted(Arrived(person, taken))


def _account(identity: Identity) -> Outcome[Pessoa]:
    """The one there is, or a new one. Of an address that somebody else has, the new one does without."""
    people = get_user_model().objects
    known = people.filter(cpf=identity.cpf).first()
    if known is not None:
        return Accepted(known)
    if not identity.name:
        return refusals.NO_NAME
    for email in (identity.email or None, None):
        made = accounts.create_person(
            identity.cpf,
            identity.name,
            email=email,
            nome_social=identity.social_name,
            actor=f"cpf:{identity.cpf}",
        )
        if isinstance(made, Accepted):
            return made
        if made.code == "CPF_REPETIDO":
            return Accepted(people.get(cpf=identity.cpf))
        if made.code not in ("EMAIL_REPETIDO", "EMAIL_INVALIDO"):
            return refusals.NO_NAME
    return refusals.NO_NAME
