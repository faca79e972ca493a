"""AuditoriaCadsusService: what happened to a registration, and to whom it was united (cadsus-services.md, 7)."""

from __future__ import annotations

from vincula.common.outcomes import Refused
from vincula.formats import cadsus_service as cs
from vincula.identifiers import cpf as cpf_rule
from vincula.national.api.services.finding import Number
from vincula.national.api.wire.called import Called
from vincula.national.api.wire.http import Reply
from vincula.national.api.wire.numbers import look_up
from vincula.national.api.wire.soap_service import BRASILIA
from vincula.national.cadsus import services as cadsus
from vincula.national.cadsus.services import Transaction
from vincula.people.record import PersonRecord

_DIGITS = 15  # of a transaction's number, at the most


def unions(called: Called[cs.HistoricoUnificacao]) -> Reply:
    """obterHistoricoUnificacaoUsuarioSUS."""
    record = cadsus.whole(called.request.pessoa)
    if record is None:
        return called.fault(cs.NOTHING_FOUND)
    linked = cadsus.unification_history(record.id)
    shown = [cs.Linked(one.transaction.id, called.shown(one.record)) for one in linked]
    others = {one.record.id: one.record for one in linked}
    return called.reply(cs.render_linked(shown), [record, *others.values()])


def transactions(called: Called[cs.HistoricoTransacoes]) -> Reply:
    """obterHistoricoTransacoesUsuarioSUS."""
    record = cadsus.whole(called.request.pessoa)
    found = cadsus.transactions(record.id) if record else []
    if record is None or not found:
        return called.fault(cs.NOTHING_FOUND)
    listed = [
        cs.Transaction(one.id, one.quando.astimezone(BRASILIA), operator_of(one), one.tipo) for one in found
    ]
    return called.reply(cs.render_transactions(listed), [record])


def changes(called: Called[cs.CamposAlterados]) -> Reply:
    """obterCamposAlteradosPorTransacao."""
    written = called.request.transacao
    number = int(written) if written.isascii() and written.isdigit() and len(written) <= _DIGITS else 0
    one, found = cadsus.transaction(number), cadsus.changed_fields(number)
    if one is None or found is None:
        return called.fault(cs.NOTHING_FOUND)
    after, before = found
    told = cs.render_changes(called.shown(after), called.shown(before) if before else None, operator_of(one))
    return called.reply(told, [after])


def last_change(called: Called[cs.UltimaAlteracao]) -> Reply:
    """obterUltimaDataAlteracaoUsuarioSUS."""
    record = _holder(called)
    when = cadsus.last_change(called.request.cns) if record else None
    if record is None or when is None:
        return called.fault(cs.NOTHING_FOUND)
    return called.reply(cs.render_last_change(when.astimezone(BRASILIA)), [record])


def prints(called: Called[cs.HistoricoImpressao]) -> Reply:
    """obterHistoricoImpressao: this house prints no cards."""
    record = _holder(called)
    if record is None:
        return called.fault(cs.NOTHING_FOUND)
    return called.reply(cs.render_print_history(), [record])


def _holder(called: Called[cs.UltimaAlteracao] | Called[cs.HistoricoImpressao]) -> PersonRecord | None:
    """The person of the CNS, of whose form the reading has judged."""
    found = look_up(called.asked.engine, called.question, Number("CNS", called.request.cns))
    if isinstance(found, Refused) or not found.value.matches:
        return None
    return found.value.matches[0].record


def operator_of(one: Transaction) -> cs.CNESUsuario:
    """Who did it, as the services name him: the operator whom a credential vouched for, else the credential or routine.
    Of who acted on a screen the CPF is masked."""
    who = one.quem.partition("/")[2] or one.quem
    if who.startswith("cpf:"):
        who = cpf_rule.mask(who.removeprefix("cpf:"))
    return cs.CNESUsuario(one.cnes, who)
