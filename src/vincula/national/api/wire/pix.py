"""PIXv3 (ITI-44 and 45) over the listener: persons fed by systems, merged, and what else a person is called.

A feed is answered by MCCI_IN000002UV01: CA, or CE with every reason, which is what clients read (cadsus-services.md,
section 4). A SOAP fault says that there was no feed at all, or that the caller may not send it.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from vincula.common.outcomes import Outcome, Refused
from vincula.formats import pix
from vincula.formats.hl7.message import Target
from vincula.formats.pix import Feed
from vincula.formats.soap import Mensagem
from vincula.national.api.rules import Client
from vincula.national.api.wire import faults, registrations
from vincula.national.api.wire.doors import three_doors
from vincula.national.api.wire.http import Reply
from vincula.national.api.wire.numbers import look_up, number_of
from vincula.national.api.wire.soap_service import Asked, Later, SoapService
from vincula.national.cadsus import services as cadsus
from vincula.national.cadsus.services import Author, hot
from vincula.people.record import LocalId, PersonRecord
from vincula.people.registration import Channel

NOT_ALLOWED = 403


@dataclass(frozen=True, slots=True)
class Pix:
    """The operations. `any_root`: a credential without an OID of its own may send any (the sandbox)."""

    any_root: bool

    def add(self, asked: Asked) -> Reply | Later:
        """PRPA_IN201301UV02: insert, and update of whom the base knows."""
        return self._feed(asked, _incorporate)

    def revise(self, asked: Asked) -> Reply | Later:
        """PRPA_IN201302UV02: put in the place of what is held on the person of the local id."""
        return self._feed(asked, _revise)

    def _feed(
        self, asked: Asked, do: Callable[[Feed, LocalId | None, Author], Outcome[Any]]
    ) -> Reply | Later:
        feed = pix.read_feed(asked.envelope.payload)
        if feed is None:
            return asked.refuse(_NO_PATIENT)
        local = own_local(asked.client, feed)
        if local is not None and (refused := self._foreign(asked.client, [local])):
            return faults.fault(asked.envelope.version, refused, status=NOT_ALLOWED)
        if feed.faults:
            return _refused(asked, feed.target, [_unread(one) for one in feed.faults])
        return lambda: _settled(asked, feed.target, feed.record, local, do(feed, local, author(asked.client)))

    def merge(self, asked: Asked) -> Reply | Later:
        """PRPA_IN201304UV02: the prior ids become the surviving person's."""
        merge = pix.read_merge(asked.envelope.payload)
        if merge is None:
            return asked.refuse(_NO_PATIENT)
        named = [*merge.surviving, *merge.replaced]
        if refused := self._foreign(asked.client, named):
            return faults.fault(asked.envelope.version, refused, status=NOT_ALLOWED)
        whole = all(one.raiz and one.extensao for one in named)
        if len(merge.surviving) != 1 or not merge.replaced or not whole:
            return _refused(asked, merge.target, [faults.message_of(_NOTHING_TO_MERGE)])
        return lambda: _merge(asked, merge)

    def _foreign(self, client: Client, named: Sequence[LocalId]) -> Refused | None:
        """Who speaks for the ids of another system is refused."""
        if client.root:
            return _FOREIGN if any(one.raiz != client.root for one in named if one.raiz) else None
        return None if self.any_root else _NO_ROOT


def author(client: Client) -> Author:
    """Who changes the base: the credential, which stands for the company and its system."""
    return Author(client.actor)


def own_local(client: Client, feed: Feed) -> LocalId | None:
    """What the caller's own system calls the person; where that is not told, the first id of any system."""
    own = next((one for one in feed.record.locais if client.root and one.raiz == client.root), feed.local)
    return own and replace(own, sistema=own.sistema or client.system)


def _incorporate(feed: Feed, local: LocalId | None, by: Author) -> Outcome[Any]:
    return cadsus.incorporate(feed.record, feed.given, by, local=local, source=Channel.PIX)


def _revise(feed: Feed, local: LocalId | None, by: Author) -> Outcome[Any]:
    held = hot.by_local(local.raiz, local.extensao, full=False) if local else None
    if held is None:
        return _UNKNOWN_LOCAL
    return cadsus.revise(held.id, feed.record, feed.given, by, source=Channel.PIX)


def _merge(asked: Asked, merge: pix.Merge) -> Reply:
    """One after the other: each is whole in itself, and what was merged stays so when the message is repeated."""
    local = merge.surviving[0]
    done: Outcome[Any] = _NOTHING_TO_MERGE
    for gone in merge.replaced:
        done = cadsus.merge_local(local, gone, author(asked.client))
        if isinstance(done, Refused):
            break
    return _settled(asked, merge.target, PersonRecord(), local, done)


def _settled(
    asked: Asked, target: Target, record: PersonRecord, local: LocalId | None, done: Outcome[Any]
) -> Reply:
    if isinstance(done, Refused):
        reply = _refused(asked, target, faults.messages_of(done))
    else:
        reply = _acknowledged(asked, target, "CA")
    reply.events = registrations.audited(asked.engine, asked.question, record, local, done)
    return reply


def _refused(asked: Asked, target: Target, messages: Sequence[Mensagem]) -> Reply:
    return _acknowledged(asked, target, "CE", messages)


def _acknowledged(asked: Asked, target: Target, code: str, messages: Sequence[Mensagem] = ()) -> Reply:
    return asked.reply(pix.render_mcci(target, code, messages, message_id=str(uuid.uuid4()), now=asked.now))


def _unread(fault: pix.FieldFault) -> Mensagem:
    return Mensagem("VINC-LEITURA", f"{fault.message} {fault.remedy}")


def cross(asked: Asked) -> Reply | Later:
    """PRPA_IN201309UV02: what the person of one identifier is called elsewhere."""
    query = pix.read_cross_query(asked.envelope.payload)
    if query is None or len(query.identifiers) != 1:
        return asked.refuse(_ONE_IDENTIFIER)
    return lambda: _crossed(asked, query)


def _crossed(asked: Asked, query: pix.CrossQuery) -> Reply:
    found = look_up(asked.engine, asked.question, number_of(query.identifiers[0]))
    if isinstance(found, Refused):
        return asked.refuse(found)
    if len(found.value.matches) > 1:
        return asked.refuse(_SEVERAL)
    record = next((_released(asked.client, one.record) for one in found.value.matches), None)
    reply = asked.reply(pix.render_cross_answer(query, record, message_id=str(uuid.uuid4()), now=asked.now))
    reply.events = found.value.events
    return reply


def _released(client: Client, record: PersonRecord) -> PersonRecord:
    """The record without the ids of other systems, where they are not released to this client."""
    if "locais" in client.release:
        return record
    return replace(
        record, locais=tuple(one for one in record.locais if client.root and one.raiz == client.root)
    )


def services(*, legacy: bool, any_root: bool) -> Sequence[tuple[str, SoapService]]:
    """Address → service."""
    pixed = Pix(any_root)

    service = SoapService(
        name="pix",
        operations={
            "PRPA_IN201301UV02": pixed.add,
            "PRPA_IN201302UV02": pixed.revise,
            "PRPA_IN201304UV02": pixed.merge,
            "PRPA_IN201309UV02": cross,
        },
        wsdl=pix.render_wsdl,
        schema=lambda name, address: pix.render_schema(name, address) if name in pix.SCHEMAS else None,
        max_bytes=pix.MAX_BYTES,
        instead=_INSTEAD,
    )
    return three_doors("PIXManager", service, legacy=legacy)


_INSTEAD = (
    "Para consultar, use o PDQ (POST /cadsus/v2/PDQSupplierJWT) ou, para ter os outros números de uma pessoa, o FHIR"
    " (/fhir/r4/Patient/$ihe-pix), com o mesmo token; cadastrar e unificar é só de integradores."
)
_NO_PATIENT = Refused(
    "SEM_PESSOA", "A mensagem não traz patient.", "Envie a pessoa em registrationEvent/subject1/patient."
)
_FOREIGN = Refused(
    "SISTEMA_ALHEIO",
    "O identificador local é de outro sistema: a raiz não é a desta credencial.",
    "Em patient/id use como root o OID concedido ao seu sistema (vincula credential list mostra qual é).",
)
_NO_ROOT = Refused(
    "SEM_RAIZ",
    "Esta credencial não tem OID para os identificadores locais do seu sistema.",
    "Peça a quem mantém este serviço uma credencial com --raiz OID.",
)
_UNKNOWN_LOCAL = Refused(
    "LOCAL_DESCONHECIDO",
    "O identificador local da mensagem não é de nenhuma pessoa da base.",
    "Envie primeiro o cadastro (PRPA_IN201301UV02) com esse identificador.",
)
_NOTHING_TO_MERGE = Refused(
    "UNIFICACAO",
    "A mensagem não diz qual identificador fica e quais desaparecem.",
    "Envie um só patient/id, e cada antigo em replacementOf, todos com root e extension.",
)
_ONE_IDENTIFIER = Refused(
    "IDENTIFICADOR",
    "A consulta não traz exatamente um identificador.",
    "Envie um patientIdentifier com um value: o OID em root, o número em extension.",
)
_SEVERAL = Refused(
    "MAIS_DE_UM",
    "Mais de uma pessoa da base tem esse número.",
    "Consulte pelo CNS, pelo CPF ou pelo identificador local.",
)
