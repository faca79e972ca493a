"""Patient over the wire: search (ITI-78), read, `$match` (ITI-119) and `$ihe-pix` (ITI-83)."""

from __future__ import annotations

from urllib.parse import parse_qsl

from vincula.common.outcomes import Refused
from vincula.formats import fhir
from vincula.formats.fhir import PatientSearch
from vincula.national.api.services import comparing, finding, telling
from vincula.national.api.services.comparing import Sought, Told
from vincula.national.api.services.finding import Number
from vincula.national.api.wire.fhir import crossing, paging, replies
from vincula.national.api.wire.fhir.asked import Asked, number_of, refuse_numbers
from vincula.national.api.wire.http import Reply
from vincula.people.record import PersonRecord

_BY_ID = Refused(
    "SO_INTEGRADOR",
    "Ler pelo identificador corporativo é de credenciais do tipo integrador: os números são seguidos.",
    "Procure pelo CNS ou pelo CPF em Patient/_search.",
)
Parameters = list[tuple[str, str]]


async def search(asked: Asked) -> Reply:
    """GET Patient?…"""
    return await asked.engine.aside(_search, asked, asked.request.query())


async def search_by_form(asked: Asked) -> Reply:
    """POST Patient/_search; parameters of the address count too."""
    body = await asked.request.body.whole(fhir.MAX_BYTES)
    try:
        form = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=100)
    except ValueError:
        return replies.refuse(_NOT_A_FORM)
    return await asked.engine.aside(_search, asked, asked.request.query() + form)


async def read(asked: Asked) -> Reply:
    """GET Patient/{id}."""
    if not asked.client.sees_restricted:
        return replies.refuse(_BY_ID, 403)
    return await asked.engine.aside(_read, asked)


async def match(asked: Asked) -> Reply:
    """POST Patient/$match."""
    body = await asked.request.body.whole(fhir.MAX_BYTES)
    return await asked.engine.aside(_match, asked, body)


async def cross(asked: Asked) -> Reply:
    """GET Patient/$ihe-pix?…"""
    query = fhir.read_pix(asked.request.query())
    if isinstance(query, tuple):
        return replies.faults(query)
    return await asked.engine.aside(crossing.cross, asked, query)


async def cross_by_body(asked: Asked) -> Reply:
    """POST Patient/$ihe-pix."""
    query = fhir.read_pix_body(await asked.request.body.whole(fhir.MAX_BYTES))
    if isinstance(query, tuple):
        return replies.faults(query)
    return await asked.engine.aside(crossing.cross, asked, query)


def _search(asked: Asked, given: Parameters) -> Reply:
    wanted = fhir.read_search(given, strict=fhir.strict_handling(asked.request.header("prefer")))
    if isinstance(wanted, tuple):
        return replies.faults(wanted)
    start = 1
    if wanted.continuation:
        goes_on = paging.first_question(asked.client.id, wanted)
        if goes_on is None:
            return replies.refuse(paging.EXPIRED, 404)
        wanted, start = goes_on
    sought = _sought(wanted)
    question = asked.questioning("search", shape_of(sought))
    found = comparing.search(question, sought)
    if isinstance(found, Refused):
        return refuse_numbers(asked, question, sought.numbers, found)
    told = found.value
    noted(asked, sought, told)
    page, rest = paging.cut(told.candidates, wanted.count, start)
    page = comparing.whole(question, page)
    token = paging.keep(asked.client.id, wanted, start + len(page)) if rest and page else ""
    bundle = fhir.search_bundle(
        page,
        asked.client.release,
        address=asked.address,
        moment=asked.moment,
        total=len(told.candidates),
        self_link=fhir.search_link(asked.address, wanted),
        next_link=fhir.search_link(asked.address, wanted, token) if token else "",
        domains=wanted.domains,
        warnings=fhir.unknown_warnings(wanted),
        verdicts=told.verdicts,
    )
    reply = replies.resource(bundle)
    reply.events = comparing.audited(question, sought, told, page)
    return reply


def _sought(wanted: PatientSearch) -> Sought:
    numbers = [number_of(key) for key in wanted.keys]
    if wanted.id:
        numbers.append(Number("ID", wanted.id))
    described = PersonRecord(
        nome=wanted.whole_name,
        data_nascimento=wanted.birth,
        sexo=wanted.sex,
        nome_mae=wanted.mother,
    )
    return Sought(tuple(numbers), described)


def shape_of(sought: Sought) -> str:
    """What was asked, for the audit: the numbers, and the names of the other criteria without what stood in them."""
    named = [f"{one.kind.lower()}={one.value}" for one in sought.numbers]
    return "Patient?" + "&".join([*named, *telling.asked_fields(sought.described)])


def noted(asked: Asked, sought: Sought, told: Told) -> None:
    """Numbers tried out one after another, and persons whom the client must not see, are noticed (access.md, L6)."""
    engine, client = asked.engine, asked.client.id
    found = bool(told.candidates)
    for number in sought.numbers:
        engine.alert(client, engine.watch.note(client, number.kind, number.value, found))
    if told.hidden:
        engine.alert(client, engine.watch.restricted(client))


def _read(asked: Asked) -> Reply:
    text = asked.parts[0]
    if not (text.isascii() and text.isdigit() and len(text) <= 10):
        return replies.refuse(_NOBODY, 404)
    number = Number("ID", text)
    question = asked.questioning("read")
    found = finding.by_number(question, number)
    if isinstance(found, Refused):
        return replies.refuse(found, 403)
    answer = found.value
    asked.engine.alert(
        asked.client.id, asked.engine.watch.note(asked.client.id, "ID", text, bool(answer.matches))
    )
    if not answer.matches:
        reply = replies.refuse(_NOBODY, 404)
    else:
        reply = replies.resource(fhir.patient(answer.matches[0].record, asked.client.release))
    reply.events = answer.events
    return reply


def _match(asked: Asked, body: bytes) -> Reply:
    wanted = fhir.read_match(body)
    if isinstance(wanted, tuple):
        return replies.faults(wanted)
    described = PersonRecord(
        nome=wanted.name or wanted.social,
        nome_social=wanted.social if wanted.name else "",
        data_nascimento=wanted.birth,
        sexo=wanted.sex,
        nome_mae=wanted.mother,
        municipio_nascimento=wanted.birth_city,
    )
    sought = Sought(tuple(number_of(key) for key in wanted.keys), described)
    question = asked.questioning("match", shape_of(sought))
    found = comparing.match(question, sought, only_certain=wanted.only_certain)
    if isinstance(found, Refused):
        return refuse_numbers(asked, question, sought.numbers, found, 422)
    told = found.value
    noted(asked, sought, told)
    page = comparing.whole(question, told.candidates[: wanted.count or paging.PAGE])
    bundle = fhir.match_bundle(
        page,
        asked.client.release,
        address=asked.address,
        moment=asked.moment,
        verdicts=told.verdicts,
    )
    reply = replies.resource(bundle)
    reply.events = comparing.audited(question, sought, told, page)
    return reply


_NOT_A_FORM = Refused(
    "FORMULARIO",
    "O corpo não é um formulário em UTF-8.",
    "Envie os parâmetros como application/x-www-form-urlencoded.",
)
_NOBODY = Refused("NAO_ENCONTRADO", "Nenhuma pessoa tem este identificador.", "Confira o id, ou procure.")
