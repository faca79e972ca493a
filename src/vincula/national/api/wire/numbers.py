"""A person looked up by a number of his, as every service does it: found, watched, audited."""

from __future__ import annotations

from collections.abc import Sequence

from vincula.common.audit.services import Event
from vincula.common.outcomes import Outcome, Refused
from vincula.formats.hl7 import oids
from vincula.formats.hl7.message import Identifier
from vincula.identifiers.digits import is_digits
from vincula.national.api.services import finding, linking
from vincula.national.api.services.finding import Answer, Number, Question
from vincula.national.api.wire.engine import Engine

CORPORATE = 10  # digits of an identificador corporativo
_KINDS = {oids.CNS: "CNS", oids.CPF: "CPF", oids.CPF_OUTRO: "CPF", oids.NIS: "NIS"}


def number_of(identifier: Identifier) -> Number:
    """What an II asks for: the root tells; any other root is that of a system's own numbers."""
    kind = _KINDS.get(identifier.root)
    if identifier.root == oids.CORPORATIVO and is_digits(identifier.extension, CORPORATE):
        kind = "ID"
    return (
        Number(kind, identifier.extension) if kind else Number("LOCAL", identifier.extension, identifier.root)
    )


def look_up(engine: Engine, question: Question, number: Number) -> Outcome[Answer]:
    """As finding.by_number; what looks like trying numbers out raises an alert."""
    found = finding.by_number(question, number)
    if isinstance(found, Refused):
        return found
    client = question.client.id
    engine.alert(client, engine.watch.note(client, number.kind, number.value, bool(found.value.matches)))
    if found.value.hidden:
        engine.alert(client, engine.watch.restricted(client))
    return found


def turned_away(
    engine: Engine, question: Question, numbers: Sequence[Number], refused: Refused
) -> list[Event]:
    """What the audit must hold of a refusal for want of a vínculo, which counts as a miss; nothing of any other."""
    if refused is not linking.NOT_LINKED:
        return []
    client = question.client.id
    for number in numbers:
        if number.kind in linking.NUMBERS:
            engine.alert(client, engine.watch.note(client, number.kind, number.value, found=False))
    return linking.turned_away(question, numbers)
