"""`$consulta-em-lote` over the wire, in the manner of FHIR's asynchronous requests."""

from __future__ import annotations

import asyncio

from vincula.common.outcomes import Refused
from vincula.formats import fhir
from vincula.national.api.services import bulk
from vincula.national.api.services.bulk import Standing
from vincula.national.api.wire.body import BodyError
from vincula.national.api.wire.fhir import replies
from vincula.national.api.wire.fhir.asked import Asked, instant
from vincula.national.api.wire.http import Reply

LOOK_AGAIN = 2
_SECONDS = bulk.ARRIVES_WITHIN.total_seconds()
_BULK = "$consulta-em-lote"
_STATUS = {
    "LOTE_DESCONHECIDO": 404, "LOTE_EM_ANDAMENTO": 409, "LOTE_VAZIO": 400, "LOTE_RECUSADO": 410, "LINHAS_DEMAIS": 413,
}  # fmt: skip


async def kick_off(asked: Asked) -> Reply:
    """POST: the questions are written to a file as they come.

    Its length must be announced: the server ends a body that was cut off as it ends a whole one, chunked ones too.
    """
    declared = asked.request.header("content-length")
    if not declared.isdigit():
        raise BodyError(411, _NO_LENGTH)
    place = await asked.engine.aside(bulk.receive, asked.client)
    if isinstance(place, Refused):
        return _refuse(place)
    arrival = place.value
    try:
        async with asyncio.timeout(_SECONDS):
            async for part in asked.request.body.parts(bulk.MAX_BYTES):
                arrival.take(part)
        if int(declared) != arrival.size:  # the sender went away meanwhile
            raise BodyError(400, _CUT_OFF)
        taken = await asked.engine.aside(bulk.begin, asked.client, asked.question.purpose, arrival)
    except TimeoutError:
        await asked.engine.aside(bulk.discard, arrival)
        raise BodyError(408, _TOO_SLOW) from None
    except BaseException:
        await asyncio.shield(asked.engine.aside(bulk.discard, arrival))
        raise
    if isinstance(taken, Refused):
        return _refuse(taken)
    where = f"{asked.address}/{_BULK}/{taken.value}"
    told = fhir.Fault(
        "informational", "LOTE_RECEBIDO", _TAKEN, f"Acompanhe em {where}.", severity="information"
    )
    return replies.resource(
        fhir.operation_outcome((told,)), status=202, headers=[("content-location", where)]
    )


async def status(asked: Asked) -> Reply:
    """GET: 202 while it runs, then the manifest."""
    found = await asked.engine.aside(bulk.standing, asked.client, asked.parts[0])
    if found is None:
        return _refuse(bulk.UNKNOWN)
    if found.refused:
        return _refuse(found.refused, 500 if found.refused.code == "FALHA_INTERNA" else 410)
    return _manifest(asked, found) if found.ready else _under_way(found)


def _under_way(found: Standing) -> Reply:
    done = f"{found.done} de {found.lines} linhas"
    told = fhir.Fault("informational", "LOTE_EM_ANDAMENTO", f"{done}.", "", severity="information")
    return replies.resource(
        fhir.operation_outcome((told,)),
        status=202,
        headers=[("x-progress", done), ("retry-after", str(LOOK_AGAIN))],
    )


def _manifest(asked: Asked, found: Standing) -> Reply:
    request = f"{asked.address}/{_BULK}/{found.number}"
    content = fhir.manifest(
        request,
        f"{request}/saida",
        moment=instant(found.finished or found.asked),
        answered=found.done,
        refused=found.rejected,
        expires=instant(found.expires) if found.expires else "",
    )
    reply = replies.resource(content)
    reply.content_type = "application/json; charset=utf-8"
    return reply


async def output(asked: Asked) -> Reply:
    """GET …/saida: the answers, to who asked."""
    fetched = await asked.engine.aside(bulk.fetch, asked.client, asked.parts[0])
    if isinstance(fetched, Refused):
        return _refuse(fetched)
    return Reply(200, b"", fhir.NDJSON, file=str(fetched.value))


async def cancel(asked: Asked) -> Reply:
    """DELETE: it stops, and its files are gone."""
    cancelled = await asked.engine.aside(bulk.cancel, asked.client, asked.parts[0])
    if isinstance(cancelled, Refused):
        return _refuse(cancelled)
    told = fhir.Fault(
        "informational", "LOTE_CANCELADO", "Cancelado; nada ficou guardado.", "", severity="information"
    )
    return replies.resource(fhir.operation_outcome((told,)), status=202)


def _refuse(refused: Refused, status: int = 400) -> Reply:
    wait = refused.details.get("espera")
    if wait:
        return replies.later(refused, int(wait), 429)
    return replies.refuse(refused, _STATUS.get(refused.code, status))


_TAKEN = "As perguntas foram recebidas e serão respondidas uma a uma, na mesma ordem."
_TOO_SLOW = Refused(
    "CORPO_LENTO",
    f"O arquivo não chegou inteiro em {_SECONDS / 60:.0f} minutos.",
    "Divida-o em partes menores e repita.",
)
_NO_LENGTH = Refused(
    "TAMANHO_AUSENTE",
    "Falta o tamanho do arquivo (Content-Length): sem ele não se sabe se chegou inteiro.",
    "Envie o arquivo com Content-Length, não em pedaços (Transfer-Encoding: chunked).",
)
_CUT_OFF = Refused(
    "CORPO_CORTADO",
    "O arquivo chegou menor do que foi anunciado.",
    "Envie-o de novo, inteiro.",
)
