"""PDQv3 (ITI-47) over the listener: the question by number, by demographics, its continuation and its cancel."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from vincula.common.outcomes import Accepted, Outcome, Refused
from vincula.formats import pdq
from vincula.formats.pdq import Continuation, Query
from vincula.national.api.services import continuing, demographics, finding
from vincula.national.api.services.finding import Answer
from vincula.national.api.wire.doors import three_doors
from vincula.national.api.wire.http import Reply
from vincula.national.api.wire.numbers import look_up, number_of, turned_away
from vincula.national.api.wire.soap_service import Asked, Later, SoapService

_ORDER = {
    "CNS": 0,
    "CPF": 1,
    "NIS": 2,
    "ID": 3,
    "LOCAL": 4,
}  # with a CNS or CPF all else is disregarded (section 3.4)


def ask(asked: Asked) -> Reply | Later:
    """PRPA_IN201305UV02."""
    query = pdq.read_query(asked.envelope.payload)
    if query is None:
        return asked.refuse(_NO_QUESTION)
    if query.identifiers:
        return _by_number(asked, query)
    return lambda: _by_demographics(asked, query, first=True)


def _by_number(asked: Asked, query: Query) -> Reply:
    number = min(map(number_of, query.identifiers), key=lambda one: _ORDER[one.kind])
    found = look_up(asked.engine, asked.question, number)
    if isinstance(found, Refused):
        reply = asked.refuse(found)
        reply.events = turned_away(asked.engine, asked.question, (number,), found)
        return reply
    return _answer(asked, query, found.value, remaining=0)


def _by_demographics(
    asked: Asked, query: Query, *, start: int = 1, quantity: int | None = None, first: bool = False
) -> Reply:
    """One page of who fits. In a thread: it asks the base more than once. `first`: the message is the question itself,
    which is kept for who goes on; a continuation, from whatever place, must not take its place."""
    found = demographics.search(asked.question, query)
    if isinstance(found, Refused):
        return asked.refuse(found)
    answer = found.value
    size = quantity or query.page or len(answer.matches)
    page = demographics.page_of(asked.question, list(answer.matches[start - 1 : start - 1 + size]))
    remaining = max(0, len(answer.matches) - (start - 1) - len(page))
    if remaining and first:
        continuing.keep(asked.client.id, query.query_id, asked.body)
    if answer.hidden:
        asked.engine.alert(asked.client.id, asked.engine.watch.restricted(asked.client.id))
    answer.events += finding.events_of(asked.question, page, demographics.subject(query), "DEMOGRAFICOS")
    answer.matches = page
    return _answer(asked, query, answer, remaining=remaining)


def _answer(asked: Asked, query: Query, answer: Answer, *, remaining: int) -> Reply:
    written = pdq.render_answer(
        query,
        answer.matches,
        release=asked.client.release,
        total=answer.total,
        remaining=remaining,
        message_id=str(uuid.uuid4()),
        now=asked.now,
    )
    reply = asked.reply(written)
    reply.events = answer.events
    return reply


def go_on(asked: Asked) -> Reply | Later:
    """QUQI_IN000003UV01, and its _Cancel."""
    wanted = pdq.read_continuation(asked.envelope.payload)
    if wanted is None:
        return asked.refuse(_NO_CONTINUATION)
    return lambda: _cancel(asked, wanted) if wanted.cancel else _continue(asked, wanted)


def _cancel(asked: Asked, wanted: Continuation) -> Reply:
    """Cancelling what is not known any more is no fault: there is nothing left to do."""
    continuing.forget(asked.client.id, wanted.query_id)
    return asked.reply(pdq.render_mcci(wanted.target, "CA", message_id=str(uuid.uuid4()), now=asked.now))


def _continue(asked: Asked, wanted: Continuation) -> Reply:
    first = _first_question(asked, wanted)
    if isinstance(first, Refused):
        return asked.refuse(first)
    query = pdq.continued(first.value, wanted)
    start = wanted.start if wanted.start and wanted.start > 0 else 1
    return _by_demographics(asked, query, start=start, quantity=wanted.quantity or None)


def _first_question(asked: Asked, wanted: Continuation) -> Outcome[Query]:
    kept = continuing.find(asked.client.id, wanted.query_id)
    query = pdq.read_query(kept) if kept is not None else None
    return _UNKNOWN_QUESTION if query is None else Accepted(query)


def services(*, legacy: bool) -> Sequence[tuple[str, SoapService]]:
    """Address → service."""

    service = SoapService(
        name="pdq",
        operations={
            "PRPA_IN201305UV02": ask,
            "QUQI_IN000003UV01": go_on,
            "QUQI_IN000003UV01_Cancel": go_on,
        },
        wsdl=pdq.render_wsdl,
        schema=lambda name, address: pdq.render_schema(name, address) if name in pdq.SCHEMAS else None,
        max_bytes=pdq.MAX_BYTES,
    )
    return three_doors("PDQSupplier", service, legacy=legacy)


_NO_QUESTION = Refused(
    "PERGUNTA", "A mensagem não traz queryByParameter.", "Envie os parâmetros da busca em queryByParameter."
)
_NO_CONTINUATION = Refused(
    "CONTINUACAO",
    "A mensagem não traz queryContinuation.",
    "Envie queryId e startResultNumber em queryContinuation.",
)
_UNKNOWN_QUESTION = Refused(
    "CONSULTA_VENCIDA",
    "A consulta a continuar não é conhecida, ou já venceu.",
    "Repita a consulta desde o início; a continuação vale por alguns minutos.",
)
