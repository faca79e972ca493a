"""CadsusService: pesquisar and consultar (cadsus-services.md, section 6)."""

from __future__ import annotations

from dataclasses import replace

from vincula.common.outcomes import Accepted, Outcome, Refused
from vincula.formats import cadsus_service as cs
from vincula.identifiers.digits import strip_human
from vincula.national.api.services import demographics, finding
from vincula.national.api.services.finding import Number
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
        reply.events = [called.question.event("sem-resultado", _subject(wanted), {"por": wanted.tipo.value})]
        return reply
    listed = [cs.Found(called.shown(record), score) for record, score in people]
    return called.reply(cs.render_results(listed), [record for record, _ in people])


def _found(
    called: Called[cs.Pesquisar], wanted: cs.FiltroPesquisa
) -> Outcome[list[tuple[PersonRecord, int]]]:
    numbers = {wanted.tipo_documento: strip_human(wanted.numero_documento)}
    cpf, nis = wanted.cpf or numbers.get(_CPF, ""), numbers.get(_NIS, "")
    for kind, value in (("CPF", cpf), ("NIS", nis)):
        refused = finding.check_number(called.client, Number(kind, value)) if value else None
        if refused:
            return refused
    kind, document = _document(wanted)
    criteria = Criteria(
        nome=_whole_name(wanted),
        nome_social=wanted.nome_social,
        nome_mae=wanted.nome_mae,
        nome_pai=wanted.nome_pai,
        data_nascimento=wanted.data_nascimento,
        municipio_nascimento=wanted.municipio_nascimento,
        cpf=cpf,
        nis=nis,
        documento_tipo=kind,
        documento=document,
        ativa=wanted.situacao,
    )
    found = demographics.find(called.question, criteria, SearchKind[wanted.tipo.name])
    if isinstance(found, Refused):
        return replace(found, remedy=_REMEDIES.get(found.code, found.remedy))
    hits = found.value.found.hits
    engine, client = called.asked.engine, called.client.id
    number = cpf or nis
    if number:
        engine.alert(client, engine.watch.note(client, "CPF" if cpf else "NIS", number, bool(hits)))
    elif document:
        engine.alert(client, engine.watch.note(client, f"DOCUMENTO {kind}", document, bool(hits)))
    scores = {hit.record.id: hit.score for hit in hits}
    people = [(record, scores[record.id]) for record in records_of(list(scores))]
    # Who was looked up by the document bears it, be it in a registration that was unified into his.
    return Accepted([one for one in people if not number or _has_document(one[0], kind, document)])


def _whole_name(wanted: cs.FiltroPesquisa) -> str:
    """The family name may come apart from the others."""
    family = wanted.nome_familia
    return wanted.nome if not family or wanted.nome.endswith(family) else f"{wanted.nome} {family}".strip()


def _document(wanted: cs.FiltroPesquisa) -> tuple[str, str]:
    """The document asked for, of the kinds that are no CPF or NIS; "" and "" for none."""
    kind, number = wanted.tipo_documento, documents.plain(wanted.numero_documento)
    return (kind, number) if number and kind in documents.SOUGHT else ("", "")


def _has_document(record: PersonRecord, kind: str, number: str) -> bool:
    """Whether who was found by another number has the document as well."""
    return not number or (kind, number) in documents.keys_of(record.documentos, record.certidoes)


def _subject(wanted: cs.FiltroPesquisa) -> str:
    """Under what the audit keeps a search that found nobody."""
    if wanted.cpf:
        return f"cpf:{wanted.cpf}"
    given = {
        "nome": wanted.nome,
        "nascimento": wanted.data_nascimento,
        "mae": wanted.nome_mae,
        "pai": wanted.nome_pai,
        "documento": wanted.numero_documento,
        "municipio": wanted.municipio_nascimento,
    }
    return f"pesquisa:{'+'.join(name for name, value in given.items() if value)}"


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
