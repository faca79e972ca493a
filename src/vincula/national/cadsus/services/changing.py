"""A whole record brought onto a person of the base: judged, written, logged. Runs inside the caller's transaction."""

from __future__ import annotations

from dataclasses import dataclass, replace

from vincula.common import config
from vincula.common.outcomes import Refused, RefusedError
from vincula.identifiers.cns import QUALITY_THRESHOLD, quality_prefix
from vincula.national.cadsus.services import demands, grading, numbers, others, store
from vincula.national.cadsus.services.intake import Batch
from vincula.national.cadsus.services.lookups import Held
from vincula.national.cadsus.services.records import DATA, GOVERNED, PLACE, Author, Registration, registration
from vincula.national.cadsus.services.shape import columns_of, record_of
from vincula.national.cadsus.services.writes import Changes
from vincula.people.record import PersonRecord
from vincula.people.registration import Around, Book

RAISED = "V13"
"""The switch in the register of rules: a record that passes the threshold gets a number that begins with 7."""
_SITUATION = PLACE["cpf_situacao"]


@dataclass(frozen=True, slots=True)
class Frame:
    """What a registration is judged and written in: who acts, which fields the message gave, the rules, the day."""

    author: Author
    given: frozenset[str]
    world: Around
    book: Book

    @property
    def today(self) -> str:
        return self.world.today


def probe(record: PersonRecord) -> Registration:
    """What the base is looked through with for the person that a record is about; not judged yet."""
    return registration(
        dict(zip(DATA, columns_of(record), strict=True)),
        cpf=record.cpf,
        cards=_numbers_of(record),
    )


def judged(frame: Frame, record: PersonRecord, held: Held | None) -> Registration:
    """The registration that a record makes, once nothing stands against it. Raises RefusedError REGRAS with everything
    that does."""
    before = record_of(held.cpf, held.data, held.outros) if held else None
    faults = demands.unmet(record, before, frame.given, frame.world, frame.book)
    differing, situation = demands.against_receita(record, frame.given, frame.book)
    faults += differing
    faults += demands.emails_of_others(record, held.id if held else None, frame.given, frame.book)
    data = columns_of(record, held.data if held else None)
    faults += demands.too_wide(data)
    if faults:
        raise RefusedError(demands.refusal(faults))
    if situation is not None:
        data = (*data[:_SITUATION], str(situation), *data[_SITUATION + 1 :])
    record = replace(record, original_rfb=_from_receita(record, before, situation))
    return registration(
        dict(zip(DATA, data, strict=True)),
        cpf=record.cpf,
        atualizado_em=frame.today,
        cards=_numbers_of(record),
        outros=others.pack(record),
    )


def _numbers_of(record: PersonRecord) -> tuple[str, ...]:
    return tuple(dict.fromkeys(card.numero for card in record.cartoes))


def _from_receita(record: PersonRecord, before: PersonRecord | None, situation: int | None) -> bool:
    """Whether name, mother, birth and sex are the Receita's: confirmed now, or before and not touched since."""
    if situation is not None:
        return True
    if before is None or not before.original_rfb:
        return False
    return all(getattr(before, name) == getattr(record, name) for name in GOVERNED)


def check_cards(batch: Batch, arrived: Registration, root: int | None) -> None:
    """V7: a number given is this person's or nobody's. One of this installation's own range that it never issued is
    nobody's to bring. Raises RefusedError CNS_DE_OUTRO or CNS_NAO_EMITIDO."""
    for cns in arrived.cards:
        holder = batch.cards.get(cns)
        if holder is not None and holder != root:
            raise RefusedError(_card_of_another())
        if holder is None and numbers.is_ours(cns):
            raise RefusedError(_never_issued())


def write_change(batch: Batch, held: Held, arrived: Registration, frame: Frame) -> Changes:
    """Give the person what `arrived` (already judged) says; what changed. The CPF is the caller's."""
    graded = grading.percent(held.cpf, held.data, held.outros)
    changes = batch.note(held, arrived, first=1)
    changes |= batch.writes.change_others(held, arrived.outros)
    if changes or arrived.data != held.data:
        changes |= batch.writes.change_data(held, arrived.data, arrived)
    changes = {name: pair for name, pair in changes.items() if pair[0] != pair[1]}
    raised = _raised_number(held, arrived, frame, graded) if changes else ""
    if raised:
        batch.writes.card(raised, held.id, held.id, 0, frame.today)
        changes.setdefault("cns", ["", []])[1].append(raised)
    return changes


def _raised_number(held: Held, arrived: Registration, frame: Frame, graded: int) -> str:
    """A new number that begins with 7 for whose record passes the threshold now and has none; a first one for who has
    none at all; else "". Those he has stay his."""
    now = grading.percent(arrived.cpf or held.cpf, arrived.data, arrived.outros)
    if not frame.book.holds(RAISED) or not numbers.has_issuing_range():
        return ""
    query = "SELECT cns FROM cadsus_cartao WHERE pessoa_id = %s"
    cards = {row[0] for row in store.fetch(query, (held.id,))}.union(arrived.cards)
    passed = graded <= QUALITY_THRESHOLD < now and not any(cns.startswith("7") for cns in cards)
    return numbers.issue([quality_prefix(now)])[0] if passed or not cards else ""


def write_new(batch: Batch, arrived: Registration, frame: Frame) -> tuple[int, str, bool]:
    """A new person of a registration already judged, with a number where there is a range; id, its number, whether
    its CPF is disputed.
    """
    result = batch.take(arrived)
    assert result.pessoa_id is not None, "the cards were checked"
    number = arrived.cards[0] if arrived.cards else ""
    if not number and numbers.has_issuing_range():
        grade = grading.percent(arrived.cpf, arrived.data, arrived.outros)
        (number,) = numbers.issue([quality_prefix(grade)])
        batch.writes.card(number, result.pessoa_id, result.pessoa_id, 0, frame.today)
    return result.pessoa_id, number, result.disputed


def a_batch(arrived: list[Registration], author: Author) -> Batch:
    """The base around a registration; takes the turn of those who write persons."""
    return Batch(arrived, author, simulado=config.load().sandbox)


def _card_of_another() -> Refused:
    return Refused(
        "CNS_DE_OUTRO",
        "Um dos números de CNS informados já é de outra pessoa da base.",
        "Confira o cartão; se as duas são a mesma pessoa, peça a unificação dos cadastros.",
    )


def _never_issued() -> Refused:
    return Refused(
        "CNS_NAO_EMITIDO",
        "Um dos números de CNS informados é da faixa desta instalação, que nunca o emitiu.",
        "Confira o número no cartão; sem cartão, envie o cadastro sem CNS, que um será atribuído.",
    )
