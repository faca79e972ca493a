"""Computers: registered with WebAuthn (platform authenticator, not backup-eligible) or, where there is none, with a key
that the browser cannot export; proven at each entry. They stand in for the WARSAW module.
"""

from __future__ import annotations

import json
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url, parse_client_data_json
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorAttachment,
    AuthenticatorSelectionCriteria,
    CredentialDeviceType,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from vincula.common.audit.services import Event, record
from vincula.common.lines import Line
from vincula.common.outcomes import Accepted, Outcome, Refused, RefusedError
from vincula.national.sgop.models import Computador
from vincula.national.sgop.rules.words import OPEN, Estado, Perfil, Tipo
from vincula.national.sgop.services import asking, challenges, keys, stopped
from vincula.national.sgop.services.places import Place

WEBAUTHN, KEY = "WEBAUTHN", "CHAVE"
MAX_JSON = 20_000
LONGEST_NAME = 1023  # bytes of a credential's id, by WebAuthn itself; the column holds as many
_LABEL = Line(
    "SGOP_ROTULO",
    "o nome do computador",
    60,
    'Dê um nome pelo qual você o reconheça, como "Recepção, mesa 2".',
)
NOT_PROVEN = Refused(
    "SGOP_COMPUTADOR_NAO_CONFERE",
    "A resposta deste computador não conferiu.",
    "Repita, no mesmo navegador em que o computador foi cadastrado. Se persistir, cadastre-o de novo.",
)
NOT_HERE = Refused(
    "SGOP_COMPUTADOR_NAO_CADASTRADO",
    "Este navegador não tem a chave de nenhum computador seu.",
    "Entre pelo navegador e pelo computador que você cadastrou, ou cadastre este em Computador e espere a aprovação. O "
    "computador só responde com o JavaScript ativo.",
)
SYNCED = Refused(
    "SGOP_COMPUTADOR_COPIAVEL",
    "A chave oferecida pode ser copiada para outros aparelhos, e por isso não identifica este computador.",
    "Escolha a chave do próprio computador (Windows Hello, Touch ID ou semelhante), ou use a chave do navegador.",
)
TAKEN = Refused(
    "SGOP_COMPUTADOR_REPETIDO", "Este computador já está cadastrado.", "Use-o, ou cadastre outro."
)


def registering(session: str, cpf: str, place: Place) -> dict[str, Any]:
    """What the browser needs to register: a challenge, and WebAuthn's options where the place takes it."""
    challenge = challenges.make(session, cpf, challenges.REGISTER)
    answer: dict[str, Any] = {"desafio": bytes_to_base64url(challenge), "webauthn": None}
    if place.takes_webauthn:
        # One that was denied, revoked or given up is registered anew, and approved anew.
        held = Computador.objects.filter(cpf=cpf, tipo=WEBAUTHN, solicitacoes__estado__in=OPEN)
        known = held.values_list("credencial", flat=True).distinct()
        options = generate_registration_options(
            rp_id=place.rp_id,
            rp_name="Vincula",
            user_name="operador",  # no personal data in the authenticator
            challenge=challenge,
            authenticator_selection=AuthenticatorSelectionCriteria(
                authenticator_attachment=AuthenticatorAttachment.PLATFORM,
                resident_key=ResidentKeyRequirement.DISCOURAGED,
                user_verification=UserVerificationRequirement.PREFERRED,
            ),
            exclude_credentials=[PublicKeyCredentialDescriptor(base64url_to_bytes(one)) for one in known],
        )
        answer["webauthn"] = json.loads(options_to_json(options))
    return answer


def entering(session: str, cpf: str, cnes: str, place: Place) -> dict[str, Any]:
    """What the browser needs to prove a computer: a challenge, the names of the person's keys, WebAuthn's options; of
    the computers approved at the CNES, where there are any, so that a browser with several answers with a good one."""
    challenge = challenges.make(session, cpf, challenges.ENTER)
    good = Q(solicitacoes__cnes=cnes, solicitacoes__estado=Estado.APROVADO)
    known = Computador.objects.filter(cpf=cpf).order_by("pk").values_list("tipo", "credencial")
    mine = list(known.filter(good)) or list(known)
    names = [name for kind, name in mine if kind == WEBAUTHN]
    answer: dict[str, Any] = {
        "desafio": bytes_to_base64url(challenge),
        "chaves": [name for kind, name in mine if kind == KEY],
        "webauthn": None,
    }
    if place.takes_webauthn and names:
        options = generate_authentication_options(
            rp_id=place.rp_id,
            challenge=challenge,
            allow_credentials=[PublicKeyCredentialDescriptor(base64url_to_bytes(one)) for one in names],
            user_verification=UserVerificationRequirement.PREFERRED,
        )
        answer["webauthn"] = json.loads(options_to_json(options))
    return answer


def register(
    session: str, cpf: str, cnes: str, perfil: Perfil, rotulo: str, answer: str, place: Place
) -> Outcome[int]:
    """Keep the computer and ask for its approval, both or neither; the number of the request.

    Refused: SGOP_ROTULO…, SGOP_COMPUTADOR_NAO_CONFERE, SGOP_COMPUTADOR_COPIAVEL, SGOP_COMPUTADOR_REPETIDO, and the
    codes of asking.request_access, SERVICO_INTERROMPIDO first.
    """
    if refused := stopped.requests():
        return refused
    label = _LABEL.read(rotulo)
    if isinstance(label, Refused):
        return label
    made = _new(session, cpf, answer, place)
    if isinstance(made, Refused):
        return made
    made.value.cpf, made.value.rotulo = cpf, " ".join(rotulo.split())
    try:
        with transaction.atomic():
            made.value.save()
            asked = asking.request_access(cpf, cnes, Tipo.COMPUTADOR, perfil, computador=made.value.pk)
            if isinstance(asked, Refused):
                raise RefusedError(asked)
            record(Event(f"cpf:{cpf}", "sgop:computador:cadastrado", f"cpf:{cpf}", details={"cnes": cnes}))
    except RefusedError as error:
        return error.refused
    except IntegrityError:
        return TAKEN
    return asked


def _new(session: str, cpf: str, answer: str, place: Place) -> Outcome[Computador]:
    given = _read(answer)
    if given.get("tipo") == KEY:
        return _new_key(session, cpf, given, place)
    if given.get("tipo") != WEBAUTHN:
        return NOT_PROVEN
    challenge = _challenge_of(given)
    if challenge is None or not challenges.use(session, cpf, challenges.REGISTER, challenge):
        return NOT_PROVEN
    try:
        verified = verify_registration_response(
            credential=given["resposta"],
            expected_challenge=challenge,
            expected_rp_id=place.rp_id,
            expected_origin=place.origin,
        )
    except Exception:  # a stranger's bytes in somebody else's parsers, certificates among them
        return NOT_PROVEN
    if len(verified.credential_id) > LONGEST_NAME:
        return NOT_PROVEN
    if verified.credential_device_type is not CredentialDeviceType.SINGLE_DEVICE:
        return SYNCED
    return Accepted(
        Computador(
            tipo=WEBAUTHN,
            credencial=bytes_to_base64url(verified.credential_id),
            chave_publica=verified.credential_public_key,
            contador=verified.sign_count,
        )
    )


def _new_key(session: str, cpf: str, given: dict[str, Any], place: Place) -> Outcome[Computador]:
    der = _bytes(given.get("chave"))
    if keys.read(der) is None or not _signed(session, cpf, challenges.REGISTER, given, der, place):
        return NOT_PROVEN
    return Accepted(Computador(tipo=KEY, credencial=keys.name_of(der), chave_publica=der))


def prove(session: str, cpf: str, answer: str, place: Place) -> Outcome[int]:
    """Which of the person's computers answered the challenge of this session.

    Its last use is noted; a WebAuthn count that does not grow is refused. Refused: SGOP_COMPUTADOR_NAO_CONFERE;
    SGOP_COMPUTADOR_NAO_CADASTRADO where nothing answered, as the page has it when the browser knows none of the keys.
    """
    if not answer:
        return NOT_HERE
    given = _read(answer)
    if given.get("tipo") not in (WEBAUTHN, KEY):
        return NOT_PROVEN
    found = Computador.objects.filter(cpf=cpf, tipo=given.get("tipo"), credencial=_name(given)).first()
    if found is None:
        return NOT_PROVEN
    count = (
        _asserted(session, cpf, given, found, place)
        if found.tipo == WEBAUTHN
        else _key_proven(session, cpf, given, found, place)
    )
    if count is None:
        return NOT_PROVEN
    changed = Computador.objects.filter(pk=found.pk, contador=found.contador).update(
        contador=count, ultimo_uso=timezone.now()
    )
    return Accepted(int(found.pk)) if changed else NOT_PROVEN


def _asserted(session: str, cpf: str, given: dict[str, Any], known: Computador, place: Place) -> int | None:
    challenge = _challenge_of(given)
    if challenge is None or not challenges.use(session, cpf, challenges.ENTER, challenge):
        return None
    try:
        verified = verify_authentication_response(
            credential=given["resposta"],
            expected_challenge=challenge,
            expected_rp_id=place.rp_id,
            expected_origin=place.origin,
            credential_public_key=bytes(known.chave_publica),
            credential_current_sign_count=known.contador,
        )
    except Exception:  # as in _new
        return None
    return verified.new_sign_count


def _key_proven(session: str, cpf: str, given: dict[str, Any], known: Computador, place: Place) -> int | None:
    der = bytes(known.chave_publica)
    return known.contador + 1 if _signed(session, cpf, challenges.ENTER, given, der, place) else None


def _signed(session: str, cpf: str, purpose: str, given: dict[str, Any], der: bytes, place: Place) -> bool:
    text, signature = given.get("desafio"), _bytes(given.get("assinatura"))
    if not isinstance(text, str) or not challenges.use(session, cpf, purpose, _bytes(text)):
        return False
    return keys.signed(der, signature, keys.message(purpose, place, text))


def _read(answer: str) -> dict[str, Any]:
    try:
        given = json.loads(answer) if len(answer) <= MAX_JSON else {}
    except (ValueError, RecursionError):
        return {}
    return given if isinstance(given, dict) else {}


def _name(given: dict[str, Any]) -> str:
    response = given.get("resposta")
    name = response.get("id") if isinstance(response, dict) else given.get("nome")
    return name if isinstance(name, str) and name.isascii() and "\0" not in name else ""  # base64url, or hex


def _challenge_of(given: dict[str, Any]) -> bytes | None:
    """The challenge that WebAuthn's answer says it answers; whether it is ours is looked up afterwards."""
    try:
        return parse_client_data_json(_bytes(given["resposta"]["response"]["clientDataJSON"])).challenge
    except (WebAuthnException, ValueError, TypeError, KeyError, RecursionError):
        return None


def _bytes(text: Any) -> bytes:
    """base64url as bytes, b"" for anything else."""
    try:
        return base64url_to_bytes(text) if isinstance(text, str) and text.isascii() else b""
    except ValueError:
        return b""
