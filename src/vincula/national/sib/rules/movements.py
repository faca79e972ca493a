"""What the movements other than inclusão do to a vínculo: the new state, or the críticas that refuse it.

They overwrite field by field: only what is sent changes, and only what is sent is validated (instr. §6 and version
history), so an old record with other faults can still be mended.
"""

from __future__ import annotations

from dataclasses import dataclass

from vincula.national.sib.rules import records
from vincula.national.sib.rules.catalog import Finding
from vincula.national.sib.rules.records import FIRST_DN_BIRTH, Context, Facts, Record

RETIFICACAO, MUDANCA, CANCELAMENTO, REATIVACAO = 2, 3, 4, 5
_PLAN = ("plano_ans", "plano_portabilidade", "plano_operadora")
_CONTRACTOR = ("cnpj_contratante", "cei_contratante", "caepf_contratante")


@dataclass(frozen=True, slots=True)
class Applied:
    """`state` is the state after the movement (the same as before when a finding refuses)."""

    state: Record
    findings: tuple[Finding, ...]

    @property
    def refused(self) -> bool:
        return any(f.refuses for f in self.findings)


def target(kind: int, state: Record, sent: Record) -> dict[str, str]:
    """The state that the movement asks for, before any rule is asked."""
    result = {**state, **_emptied(sent), **sent, **_replaced(kind, sent)}
    if kind == CANCELAMENTO:
        result["situacao"] = "I"
    if kind == REATIVACAO:
        result.update(situacao="A", cancelamento="", motivo_cancelamento="")
    return result


def _replaced(kind: int, sent: Record) -> dict[str, str]:
    """Of a choice, the one sent takes the place of the others. A mudança brings the whole plan of a new contract."""
    group: tuple[str, ...] = ()
    if kind == MUDANCA or sent.get("plano_operadora"):
        group = _PLAN
    elif sent.get("plano_ans"):
        group = ("plano_ans", "plano_operadora")
    if any(sent.get(column) for column in _CONTRACTOR):
        group += _CONTRACTOR
    return {column: sent.get(column, "") for column in group}


def _emptied(sent: Record) -> dict[str, str]:
    """What cannot stand beside what was sent, unless sent too: the schema gives no way to send these fields empty."""
    result: dict[str, str] = {}
    if sent.get("relacao") == "1":
        result["codigo_titular"] = ""
    if sent.get("tipo_endereco", "1") != "1":
        result["municipio_residencia"] = ""
    if sent.get("nascimento", FIRST_DN_BIRTH) < FIRST_DN_BIRTH:
        result["dn"] = ""
    return result


def apply(kind: int, state: Record, sent: Record, facts: Facts, context: Context) -> Applied:
    """Judge a movement on a vínculo. `state` and `sent` map columns to text; `facts` speak of the target state."""
    result = target(kind, state, sent)
    findings = _JUDGES[kind](state, sent, result, facts, context)
    applied = Applied(result, findings)
    return Applied(state, findings) if applied.refused else applied


def changes(before: Record, after: Record) -> list[list[str]]:
    """[[column, before, after], …] for the history."""
    return [[column, before[column], value] for column, value in after.items() if before[column] != value]


def _retificacao(
    state: Record, sent: Record, result: Record, facts: Facts, context: Context
) -> tuple[Finding, ...]:
    # A código sent again as it stands is no news: an inactive vínculo may share it with its active successor.
    new_code = sent.get("codigo", state["codigo"]) != state["codigo"]
    return (
        *(records.check_code(result, facts) if new_code else ()),
        *records.check_name(sent),
        *records.check_birth(sent, result, context),
        *records.check_digits(sent),
        *records.check_titular(sent, result, facts),
        *records.check_address(sent, result, context),
        *records.check_contract_date(sent, result, context),
        *records.check_plan_choice(sent, result),
        *_check_ending(sent, result, context, impossible=state["situacao"] == "A"),
        *_check_return(sent, result, context),
    )


def _mudanca(
    state: Record, sent: Record, result: Record, facts: Facts, context: Context
) -> tuple[Finding, ...]:
    return (
        *records.check_digits(sent),
        *records.check_titular(sent, result, facts),
        *records.check_contract_date(sent, result, context),
    )


def _cancelamento(
    state: Record, sent: Record, result: Record, facts: Facts, context: Context
) -> tuple[Finding, ...]:
    return tuple(_check_ending(sent, result, context, impossible=state["situacao"] != "A"))


def _reativacao(
    state: Record, sent: Record, result: Record, facts: Facts, context: Context
) -> tuple[Finding, ...]:
    date = sent["reativacao"]
    if state["situacao"] != "I" or date > context.today or date < state["cancelamento"]:
        return (Finding("REA-1", "reativacao", date), *records.check_code(result, facts))
    return tuple(records.check_code(result, facts))


def _check_ending(sent: Record, result: Record, context: Context, *, impossible: bool) -> list[Finding]:
    """CAN-1. `impossible`: the vínculo has ended already (cancelamento) or is still active (its date is retified)."""
    date = sent.get("cancelamento", "")
    column = "cancelamento" if date else "motivo_cancelamento"
    if not date and not sent.get("motivo_cancelamento"):
        return []
    wrong = impossible or (date and (date > context.today or date < result["contratacao"]))
    return [Finding("CAN-1", column, sent[column])] if wrong else []


def _check_return(sent: Record, result: Record, context: Context) -> list[Finding]:
    """REA-1 for a date of reativação that a retificação corrects: it does not bring an ended vínculo back."""
    date = sent.get("reativacao", "")
    ended = result["situacao"] == "I"
    wrong = date and (date > context.today or (ended and date > result["cancelamento"]))
    return [Finding("REA-1", "reativacao", date)] if wrong else []


_JUDGES = {RETIFICACAO: _retificacao, MUDANCA: _mudanca, CANCELAMENTO: _cancelamento, REATIVACAO: _reativacao}
