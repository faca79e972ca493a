"""CadsusService: pesquisar and consultar (cadsus-services.md, section 6)."""

from __future__ import annotations

from dataclasses import replace

from vincula.common.audit.services import Event
from vincula.common.outcomes import Accepted, Outcome, Refused
from vincula.formats import cadsus_service as cs
from vincula.identifiers.digits import strip_human
from vincula.national.api.services import demographics, finding
from vincula.national.api.services.finding import Number, Question
from vincula.national.api.wire.called import UNKNOWN_PERSON, Called
from vincula.national.api.wire.http import Reply
from vincula.national.api.wire.numbers import look_up
from vincula.national.cadsus.services.assembling import records_of
from vincula.national.cadsus.services.searching import Criteria, SearchKind
from vincula.people import documents
from vincula.people.record import PersonRecord

_CPF, _NIS = "02", "06"
# Other services are asked by other things: the CNS is no criterion here, and the documents are none there.
_REMEDIES = {
    "CRITERIOS": "Informe o nome completo, de preferência com a data de nascimento, ou o CPF, ou TipoDocumento com"
    " numeroDocumento: RG, CPF, CTPS, CNH, título de eleitor, NIS, DNV ou certidão. Pelo CNS, use consultar.",
    "NOME_INCOMPLETO": "Informe também o sobrenome, ou pesquise pelo CPF ou por um documento (TipoDocumento com"
    " numeroDocumento). Pelo CNS, use consultar.",
    "MUITOS_CADASTROS": "Acrescente o que souber: a data de nascimento, o nome da mãe ou do pai, o município de"
    " nascimento; ou pesquise pelo CPF ou por um documento (TipoDocumento com numeroDocumento).",
}


def search(called: Called[cs.Pesquisar]) -> Reply:
    """pesquisar. `higienizar` changes nothing here: names are always compared as keys."""
    wanted = called.request.filtro
    found = _found(called, wanted)
    if isinstance(found, Refused):
        return called.refuse(found)
    people = found.value
    if not people:
        reply = called.reply(cs.render_results([]))
        reply.events = _of_nobody(called.question, wanted)
        return reply
    listed = [cs.Found(called.shown(record), score) for record, score in people]
    return called.reply(cs.render_results(listed), [record for record, _ in people])


def _found(
    called: Called[cs.Pesquisar], wanted: cs.FiltroPesquisa
) -> Outcome[list[tuple[PersonRecord, int]]]:
    numbers = {one.kind: one for one in _numbers(wanted)}
    for number in numbers.values():
        if refused := finding.check_number(called.client, number):
            return refused
    document = numbers.get("DOCUMENTO", Number("DOCUMENTO", ""))
    criteria = Criteria(
        nome=_whole_name(wanted),
        nome_social=wanted.nome_social,
        nome_mae=wanted.nome_mae,
        nome_pai=wanted.nome_pai,
        data_nascimento=wanted.data_nascimento,
        municipio_nascimento=wanted.municipio_nascimento,
        cpf=numbers["CPF"].value if "CPF" in numbers else "",
        nis=numbers["NIS"].value if "NIS" in numbers else "",
        documento_tipo=document.root,
        documento=document.value,
        ativa=wanted.situacao,
    )
    found = demographics.find(called.question, criteria, SearchKind[wanted.tipo.name])
    if isinstance(found, Refused):
        return replace(found, remedy=_REMEDIES.get(found.code, found.remedy))
    hits = found.value.found.hits
    first = next(iter(numbers.values()), None)
    if first is not None:
        _watch(called, first, bool(hits))
    scores = {hit.record.id: hit.score for hit in hits}
    people = [(record, scores[record.id]) for record in records_of(list(scores))]
    # Who was looked up by the document bears it, be it in a registration that was unified into his.
    return Accepted([one for one in people if first in (None, document) or _has(one[0], document)])


def _watch(called: Called[cs.Pesquisar], number: Number, found: bool) -> None:
    engine, client = called.asked.engine, called.client.id
    engine.alert(
        client, engine.watch.note(client, f"{number.kind} {number.root}".strip(), number.value, found)
    )


def _numbers(wanted: cs.FiltroPesquisa) -> list[Number]:
    """What is asked for by number: the CPF or NIS, which are looked up first, and the document."""
    kind, written = wanted.tipo_documento, wanted.numero_documento
    typed = {kind: strip_human(written)}
    numbers = (
        Number("CPF", wanted.cpf or typed.get(_CPF, "")),
        Number("NIS", typed.get(_NIS, "")),
        Number("DOCUMENTO", documents.plain(written) if kind in documents.SOUGHT else "", kind),
    )
    return [one for one in numbers if one.value]


def _whole_name(wanted: cs.FiltroPesquisa) -> str:
    """The family name may come apart from the others."""
    family = wanted.nome_familia
    return wanted.nome if not family or wanted.nome.endswith(family) else f"{wanted.nome} {family}".strip()


def _has(record: PersonRecord, document: Number) -> bool:
    """Whether who was found by another number has the document as well."""
    held = documents.keys_of(record.documentos, record.certidoes)
    return not document.value or (document.root, document.value) in held


def _of_nobody(question: Question, wanted: cs.FiltroPesquisa) -> list[Event]:
    """What the audit keeps of a search that found nobody: under each number asked, else under its criteria's names."""
    given = {
        "nome": wanted.nome,
        "nascimento": wanted.data_nascimento,
        "mae": wanted.nome_mae,
        "pai": wanted.nome_pai,
        "municipio": wanted.municipio_nascimento,
    }
    criteria = "+".join(name for name, value in given.items() if value)
    how = {"por": wanted.tipo.value}
    numbers = _numbers(wanted)
    if not numbers:
        return [question.event("sem-resultado", f"pesquisa:{criteria}", how)]
    beside = {"criterios": criteria} if criteria else {}
    return [question.event("sem-resultado", one.subject, {**how, **beside}) for one in numbers]


def consult(called: Called[cs.Consultar]) -> Reply:
    """consultar: the person to whom a CNS leads, whichever of his numbers it is."""
    found = look_up(called.asked.engine, called.question, Number("CNS", called.request.cns))
    if isinstance(found, Refused):
        return called.refuse(found)
    if not found.value.matches:
        reply = called.fault(UNKNOWN_PERSON)
        reply.events = found.value.events
        return reply
    # Asked again as a whole, whatever the release: what may be shown is decided on the record.
    (record,) = records_of([found.value.matches[0].record.id])
    return called.reply(cs.render_person(called.shown(record)), [record])
