"""An operadora looks up its own and prospective beneficiaries only (access.md, L2; docs/decisions/0019).

The purpose INCLUSAO_BENEFICIARIO declares a prospective one and is recorded as such. Under any other purpose a number
must be of the operadora's vínculos: itself, or through the person it leads to. Where it is not, the refusal is the same
whether anybody has it or not; and who is found by anything else is, without a vínculo, nobody.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from vincula.common import config
from vincula.common.outcomes import Refused
from vincula.national.cadsus.services import many
from vincula.national.cadsus.services.sight import Known
from vincula.national.sib import services as sib

if TYPE_CHECKING:
    from vincula.common.audit.services import Event
    from vincula.national.api.services.finding import Number, Question

ALWAYS, NEVER = "sempre", "nunca"  # of config.LINKS
NUMBERS = ("CPF", "CNS")
NOT_LINKED = Refused(
    "SEM_VINCULO",
    "O número consultado não está entre os vínculos desta operadora.",
    "Confira o número. Para quem ainda vai ser incluído, a finalidade é INCLUSAO_BENEFICIARIO: declare-a"
    " no cabeçalho X-Finalidade, se a credencial a tem.",
)


def refusal(question: Question, numbers: Sequence[Number]) -> Refused | None:
    """NOT_LINKED where one of the CPFs and CNS is not of the operadora's own. All of them are of the right form."""
    if not _asks(question):
        return None
    cpfs = {one.value for one in numbers if one.kind == "CPF"}
    cards = {one.value for one in numbers if one.kind == "CNS"}
    return NOT_LINKED if foreign(question, cpfs, cards) else None


def foreign(question: Question, cpfs: Collection[str], cards: Collection[str]) -> frozenset[str]:
    """Those of the numbers that are not of the operadora's own; none where the rule does not hold for the question."""
    if not _asks(question):
        return frozenset()
    registro = question.client.registro
    strange = set(cards) - sib.linked_cards(registro, cards)
    if strange:
        # Another number of the same person, or his CPF, may be what the operadora knows. Of whom it must not see it is
        # not told that either: his number is nobody's.
        led_to = {
            number: one for number, one in many.by_cards(strange, full=False).items() if not one.restrita
        }
        own = sib.linked_people(registro, {one.id: one.cpf for one in led_to.values()})
        strange -= {number for number, one in led_to.items() if one.id in own}
    strange |= set(cpfs) - sib.linked_cpfs(registro, cpfs)
    return frozenset(strange) if strange and _holds(registro) else frozenset()


def known(question: Question) -> Known | None:
    """Answers which of some persons the operadora may be told of; None where it may be told of all."""
    registro = question.client.registro
    if not _asks(question) or not _holds(registro):
        return None

    return lambda people: sib.linked_people(registro, people)


def _asks(question: Question) -> bool:
    return question.client.asks_for_its_own(question.purpose) and config.load().links != NEVER


def _holds(registro: str) -> bool:
    """Whether the rule can be held: an installation without any SIB data of the operadora cannot know its own."""
    return config.load().links == ALWAYS or sib.has_links(registro)


def turned_away(question: Question, numbers: Sequence[Number]) -> list[Event]:
    """What the audit keeps of a refusal: one event for each number asked."""
    return [
        question.event("sem-vinculo", one.subject, {"por": one.kind})
        for one in numbers
        if one.kind in NUMBERS
    ]


def passed_over(question: Question, subject: str, how: str, people: int) -> list[Event]:
    """What the audit keeps of persons who were found and not told of, under what was asked."""
    return [question.event("sem-vinculo", subject, {"por": how, "pessoas": people})] if people else []
