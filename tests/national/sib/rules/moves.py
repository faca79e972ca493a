"""One movement on one vínculo: what changed, or which críticas refused it."""

from __future__ import annotations

from tests.national.sib.rules.samples import (
    CONTEXT,
    FREE,
)
from vincula.national.sib.rules.movements import (
    Applied,
    apply,
    changes,
)
from vincula.national.sib.rules.records import Facts

State = dict[str, str]


def move(kind: int, state: State, sent: State, facts: Facts = FREE) -> Applied:
    return apply(kind, state, sent, facts, CONTEXT)


def difference(kind: int, state: State, sent: State, facts: Facts = FREE) -> State:
    """What changed: column → value after. The movement must not be refused."""
    applied = move(kind, state, sent, facts)
    assert not applied.refused, applied.findings
    return {column: after for column, _, after in changes(state, applied.state)}


def broken(kind: int, state: State, sent: State, facts: Facts = FREE) -> list[tuple[str, str]]:
    applied = move(kind, state, sent, facts)
    if applied.refused:
        assert applied.state is state, "a refused movement changes nothing"
    return [(f.rule, f.column) for f in applied.findings]
