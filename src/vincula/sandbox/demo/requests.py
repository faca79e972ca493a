"""The requests of the demo world in SGOP: asked by their people, decided by the support team and by the ADMINISTRADOR,
step by step as everybody's are.

Their computers are keys that nobody has any more: they can be approved, and nobody enters with them. Who wants to pass
the gate registers his own.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.contrib.auth import get_user_model
from webauthn.helpers import bytes_to_base64url

from vincula.common.files import write_private
from vincula.national.cadsus import services as cadsus
from vincula.national.govbr.services import link_of
from vincula.national.govbr.services.links import keep
from vincula.national.sgop import services as sgop
from vincula.national.sgop.services import Acao, Estado, Perfil, Tipo, challenges, computers, keys, terms
from vincula.national.sgop.services.places import Place
from vincula.national.support import services as support
from vincula.sandbox.demo import desk, logins, plan
from vincula.sandbox.demo.loading import accepted
from vincula.sandbox.demo.logins import ACTOR, Access
from vincula.sandbox.establishments import ARAUCARIA, IPE

LABEL = "Computador da demonstração (para entrar, cadastre o seu)"
_SESSION = "demonstracao"
_PLACE = Place("http://localhost", "localhost")
_REASONS = {
    Estado.NEGADO: "O computador não é da operadora.",
    Estado.REVOGADO: "Mudou de setor e não precisa mais do acesso.",
}
_ACTS = {Estado.APROVADO: Acao.APROVAR, Estado.NEGADO: Acao.NEGAR, Estado.REVOGADO: Acao.REVOGAR}
_WAITS = (Estado.PENDENTE,)
_GRANTED = (Estado.PENDENTE, Estado.APROVADO)
_TAKEN = (*_GRANTED, Estado.REVOGADO)
_AGAIN = (Estado.PENDENTE, Estado.NEGADO, Estado.PENDENTE)


@dataclass(frozen=True, slots=True)
class _Way:
    """The states that each of a person's three requests goes through, and who decides them."""

    cpf: str
    cnes: str
    perfil: Perfil
    by: str
    states: Mapping[Tipo, Sequence[Estado]]


def _way(cpf: str, by: str, *states: Sequence[Estado], cnes: str = ARAUCARIA) -> _Way:
    perfil = Perfil.ADMINISTRADOR if by == logins.CAETANO else Perfil.OPERADOR
    return _Way(cpf, cnes, perfil, by, dict(zip(Tipo, states, strict=True)))


_ADMINISTRATOR = _way(logins.HELENA, logins.CAETANO, _GRANTED, _GRANTED, _GRANTED)
_OTHERS = (
    _way(logins.OTAVIO, logins.CAETANO, _WAITS, _WAITS, _WAITS, cnes=IPE),
    _way(logins.LUCIA, logins.HELENA, _WAITS, _WAITS, _WAITS),
    _way(logins.MATEUS, logins.HELENA, _GRANTED, _GRANTED, _AGAIN),
    _way(logins.NAIR, logins.HELENA, _GRANTED, _TAKEN, _GRANTED),
)


def ensure(people: Iterable[Access]) -> None:
    """Make them, once; a build that was killed amid it goes on. What people do with theirs afterwards stays.

    Raises RefusedError, in a base where people have changed what the requests ask for.
    """
    done = plan.folder() / "pedidos.pronto"
    if done.exists():
        return
    named = {one.cpf: one for one in people}
    for cpf in (*(way.cpf for way in (_ADMINISTRATOR, *_OTHERS)), logins.SEBASTIAO):
        _register(cpf)
    _authorise(named[logins.HELENA])
    for way in _OTHERS:
        _go(way)
    write_private(done, b"")


def _register(cpf: str) -> None:
    """As by entering through gov.br once and accepting the terms."""
    if link_of(cpf) is None:
        keep(get_user_model().objects.get(cpf=cpf), "ouro", ("801", "901"))
    terms.accept(cpf)


def _authorise(director: Access) -> None:
    """Support authorises upon a ticket, and answers it."""
    if support.open_ticket_about(director.cpf, "sgop") is None:
        desk.ask_authorisation(director)
    _go(_ADMINISTRATOR)
    ticket = support.open_ticket_about(director.cpf, "sgop")
    if ticket is not None and ticket.estado == "ABERTO":
        text = (
            "Conferimos o CNES e autorizamos os seus pedidos. Os dos operadores agora são seus para decidir."
        )
        accepted(support.answer(ticket.numero, text, actor=ACTOR))


def _go(way: _Way) -> None:
    """Each request goes on from where it is; one that has gone another way is left there."""
    for tipo, states in way.states.items():
        gone = sgop.gone_through(way.cpf, way.cnes, tipo)
        if gone == list(states[: len(gone)]):
            for state in states[len(gone) :]:
                _step(way, tipo, state)


def _step(way: _Way, tipo: Tipo, state: Estado) -> None:
    if state is Estado.PENDENTE:
        _ask(way, tipo)
        return
    (card,) = (one for one in sgop.state_of(way.cpf, way.cnes).cards if one.tipo is tipo)
    assert card.id is not None  # it was asked for
    support_decides = way.perfil is Perfil.ADMINISTRADOR
    reason = _REASONS.get(state, "")
    accepted(sgop.decide(way.by, card.id, _ACTS[state], reason, support=support_decides))


def _ask(way: _Way, tipo: Tipo) -> None:
    if tipo is Tipo.COMPUTADOR:
        answer = _answer(challenges.make(_SESSION, way.cpf, challenges.REGISTER))
        accepted(computers.register(_SESSION, way.cpf, way.cnes, way.perfil, LABEL, answer, _PLACE))
        return
    person = accepted(cadsus.find_by_cpf(way.cpf))
    number = person.cns_mestre if person is not None else ""
    accepted(sgop.request_access(way.cpf, way.cnes, tipo, way.perfil, cns=number))


def _answer(challenge: bytes) -> str:
    """What a browser answers that makes a key; this one is forgotten at once."""
    key = ec.generate_private_key(ec.SECP256R1())
    told = bytes_to_base64url(challenge)
    text = keys.message(challenges.REGISTER, _PLACE, told)
    r, s = decode_dss_signature(key.sign(text, ec.ECDSA(hashes.SHA256())))
    half = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    encode: Callable[[bytes], str] = bytes_to_base64url
    return json.dumps(
        {
            "tipo": computers.KEY,
            "chave": encode(half),
            "desafio": told,
            "assinatura": encode(r.to_bytes(32, "big") + s.to_bytes(32, "big")),
        }
    )
