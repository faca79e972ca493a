"""Whole records into the base: what PIX, CadsusService, FHIR and the screens bring (cadsus-rules.md, section 2.4)."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from typing import TypeVar

from vincula.common.outcomes import Accepted, Outcome, Refused, RefusedError
from vincula.national.cadsus.models import TipoTransacao
from vincula.national.cadsus.services import (
    auditing,
    changing,
    demands,
    grading,
    locals,
    lookups,
    state,
    store,
)
from vincula.national.cadsus.services.changing import Frame
from vincula.national.cadsus.services.intake import Batch
from vincula.national.cadsus.services.lookups import Held
from vincula.national.cadsus.services.records import PLACE, Author, Fate, Registration
from vincula.national.cadsus.services.shape import record_of
from vincula.national.cadsus.services.writes import Changes
from vincula.people.record import LocalId, PersonRecord
from vincula.people.registration import Channel, added, official, replaced

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Incorporated:
    """What became of a record: the person, the master number ("" while none could be issued), its fate, whether the
    CPF it bears is disputed.
    """

    pessoa_id: int
    cns: str
    fate: Fate
    disputed: bool = False


def incorporate(
    record: PersonRecord,
    given: Collection[str],
    author: Author,
    *,
    local: LocalId | None = None,
    source: Channel = Channel.SERVICO,
    ignore_quality: bool = False,
) -> Outcome[Incorporated]:
    """Register a person, or add to what is known of him. However many bring the same person at once, one person and
    one CNS come of it.

    `given`: the fields of PersonRecord that the message carried. The person is the one to whom the local id leads;
    else the one of the same CPF, or of the same name, birth and mother where neither CPF nor sex contradicts (0009).
    Weaker pairs are registered apart and queued for people. Refused: REGRAS (all faults in `details["faltas"]`),
    IDENTIFICADOR_LOCAL, LOCAL_CONTRADIZ, CPF_DE_OUTRO, CNS_DE_OUTRO, CNS_NAO_EMITIDO, FAIXA_ESGOTADA.
    """
    if source is Channel.PIX and local is None:
        return _no_local("A alimentação não traz o identificador local da pessoa.")
    if local is not None and not locals.fits(local):
        return _no_local("O identificador local está incompleto ou é longo demais.")
    arrived = demands.prepared(record)
    world = demands.around(source, ignore_quality=ignore_quality)
    frame = Frame(author, frozenset(given), world, official())
    return _tried(lambda: _incorporate(frame, arrived, local))


def revise(
    person: int,
    record: PersonRecord,
    given: Collection[str],
    author: Author,
    *,
    source: Channel = Channel.SERVICO,
    ignore_quality: bool = False,
) -> Outcome[Incorporated]:
    """Put what a message carried in the place of what is held (`given` fields as they are, "" empties one; only from
    a screen do lists of documents and e-mails come whole), on the registration in force of a person. Refused:
    NAO_EXISTE, REGRAS, CPF_DE_OUTRO, CNS_DE_OUTRO, CNS_NAO_EMITIDO.
    """
    arrived = demands.prepared(record)
    world = demands.around(source, ignore_quality=ignore_quality)
    frame = Frame(author, frozenset(given), world, official())
    return _tried(lambda: _revise(frame, person, arrived))


def grade_of(record: PersonRecord, photographed: str = "", *, photo: bool = False) -> int:
    """The quality grade, 0 to 100, that the record would have in the base (calcularGrauDeQualidade), with a photograph
    that was taken on the day `photographed`."""
    return grading.grade_of(demands.prepared(record), photographed, photo=photo)


def _tried(work: Callable[[], T]) -> Outcome[T]:
    try:
        return Accepted(store.whole(work))
    except RefusedError as error:
        return error.refused


def _incorporate(frame: Frame, record: PersonRecord, local: LocalId | None) -> Incorporated:
    probe = changing.probe(record)
    batch = changing.a_batch([probe], frame.author)
    known = locals.holder(local) if local else None
    if known is not None:
        batch.know({known})
        _agrees(batch, batch.held[known], probe)
    person = known if known is not None else batch.decide(probe).person
    if person is None:
        done = _new(batch, frame, record)
    else:
        held = batch.held[person]
        merged = added(record_of(held.cpf, held.data, held.outros), record, frame.given)
        merged = replace(merged, cpf=held.cpf or merged.cpf)  # he may bear another by a unification
        fate = Fate.JOINED if known is None else Fate.UPDATED
        done = _changed(batch, held, frame, record, merged, fate, local if known is None else None)
    if local is not None and known is None:
        locals.bind(local, done.pessoa_id, done.pessoa_id)
    return done


def _new(batch: Batch, frame: Frame, record: PersonRecord) -> Incorporated:
    record_taken = state.texts(state.plain(record), record, frame.given, frame.author)
    arrived = changing.judged(frame, record_taken, None)
    changing.check_cards(batch, arrived, None)
    person, cns, disputed = changing.write_new(batch, arrived, frame)
    batch.writes.flush()
    changes = state.flags(batch.writes, person, record, frame.given, frame.author)
    _log(batch, person, changes)
    known = (arrived.cpf, cns)
    auditing.person_changed("cadsus:pessoa:adicionada", person, frame.author, known=known)
    auditing.state_changed(person, frame.author, changes, known)
    return Incorporated(person, cns, Fate.NEW, disputed)


def _changed(
    batch: Batch,
    held: Held,
    frame: Frame,
    record: PersonRecord,
    merged: PersonRecord,
    fate: Fate,
    bound: LocalId | None = None,
) -> Incorporated:
    """The held person with the merged data; one version, one event, if anything changed. `bound`: a local id that
    leads to him from now on.
    """
    after = replace(state.texts(merged, record, frame.given, frame.author), cartoes=record.cartoes)
    arrived = changing.judged(frame, after, held)
    changing.check_cards(batch, arrived, held.id)
    changes = changing.write_change(batch, held, arrived, frame)
    if held.cpf and arrived.cpf != held.cpf:
        changes |= batch.change_cpf(held, arrived.cpf)
    else:
        changes |= batch.gain_cpf(held, arrived.cpf)
    changes |= state.flags(batch.writes, held.id, record, frame.given, frame.author)
    if bound:
        changes["locais"] = ["", [bound.raiz, bound.extensao]]
    _log(batch, held.id, changes)
    cns = str(store.fetch("SELECT cns_mestre FROM cadsus_pessoa WHERE id = %s", (held.id,))[0][0])
    auditing.state_changed(held.id, frame.author, changes, (held.cpf, cns))
    return Incorporated(held.id, cns, fate if changes else Fate.UNCHANGED, batch.is_disputed(arrived.cpf))


def _log(batch: Batch, person: int, changes: Changes) -> None:
    """The version that the changes make (that of the situação has its own), and all that waits, written."""
    rest = {name: pair for name, pair in changes.items() if name != "ativa"}
    if rest:
        batch.writes.log(person, TipoTransacao.ATUALIZADO, rest)
    if changes:
        batch.writes.flush()


def _revise(frame: Frame, person: int, record: PersonRecord) -> Incorporated:
    batch = changing.a_batch([changing.probe(record)], frame.author)
    root = state.held_root(person).id
    batch.know({root})
    held = batch.held[root]
    before = record_of(held.cpf, held.data, held.outros)
    merged = replaced(before, record, frame.given, whole_lists=frame.world.channel is Channel.TELA)
    if merged.cpf != held.cpf:
        _free_for(batch, merged.cpf, root)
    return _changed(batch, held, frame, record, merged, Fate.UPDATED)


def _agrees(batch: Batch, held: Held, arrived: Registration) -> None:
    """A local id leads to this person: what arrived must not be somebody else's data. Raises RefusedError."""
    names = held.nome_chave, arrived.nome_chave
    births = held.pair[0], arrived.data[PLACE["data_nascimento"]]
    if arrived.cpf and held.cpf and arrived.cpf not in batch.cpfs[held.id]:
        raise RefusedError(_contradicts("o CPF é outro"))
    if all(names) and all(births) and names[0] != names[1] and births[0] != births[1]:
        raise RefusedError(_contradicts("nome e nascimento são outros"))
    _free_for(batch, arrived.cpf, held.id)


def _free_for(batch: Batch, cpf: str, root: int) -> None:
    """A CPF brought for a known person is his or nobody's. Raises RefusedError CPF_DE_OUTRO."""
    claim = batch.claims.get(cpf)
    if claim is None:
        return
    bearers = {claim.home, *claim.others}
    if set(lookups.roots_of(bearers).values()) != {root}:
        raise RefusedError(
            Refused(
                "CPF_DE_OUTRO",
                "O CPF informado é de outra pessoa da base.",
                "Confira o número; se os dois cadastros são da mesma pessoa, peça a unificação.",
            )
        )


def _contradicts(why: str) -> Refused:
    return Refused(
        "LOCAL_CONTRADIZ",
        f"O identificador local já é de uma pessoa da base que não é a dos dados enviados: {why}.",
        "Envie a outra pessoa com o identificador local dela; se é a mesma, corrija antes o que está errado.",
    )


def _no_local(message: str) -> Refused:
    return Refused(
        "IDENTIFICADOR_LOCAL",
        message,
        f"Envie o OID do sistema e o número da pessoa nele, de até {locals.MAX_LENGTH} caracteres cada.",
    )
