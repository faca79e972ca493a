"""What may still be changed of a registration: its data before the forms are handed over, its director afterwards."""

from __future__ import annotations

from dataclasses import asdict

from django.db import transaction
from django.utils import timezone

from vincula.common.audit.services import Event, record
from vincula.common.outcomes import Accepted, Outcome, Refused
from vincula.identifiers import cpf as cpf_rules
from vincula.national.cnes import models
from vincula.national.cnes.rules.registering import HeadOffice, Registration, Situacao
from vincula.national.cnes.services.asking import get
from vincula.national.cnes.services.registering import UNKNOWN, inconsistent, registrations_of
from vincula.national.cnes.services.simulated import change_director, only_in_sandbox

CORRECTED = "Dados corrigidos."
HANDED_OVER = Refused(
    "CADASTRO_ENTREGUE",
    "As fichas já foram entregues: os dados não se corrigem mais aqui.",
    "Siga o cadastro até o número e troque então o diretor, ou desative-o e comece outro.",
)
_NO_NUMBER = Refused(
    "CADASTRO_SEM_NUMERO",
    "Só uma sede ativa tem diretor a trocar.",
    "Antes da entrega das fichas, corrija os dados do pré-cadastro.",
)
_OF_THE_ARCHIVE = Refused(
    "CADASTRO_SUBSTITUIDO",
    "O número deste cadastro veio depois num arquivo do CNES, e vale o que o arquivo diz.",
    "Desative este cadastro; o diretor muda com o arquivo do mês em que a mudança constar.",
)


def correct(registration_id: int, registro: str, office: HeadOffice, *, actor: str) -> Outcome[Registration]:
    """Put other data into a PRE_CADASTRO of the operadora. What is the same again changes nothing.

    Refused: SO_NO_SANDBOX, CADASTRO_INCONSISTENTE, CADASTRO_DESCONHECIDO, CADASTRO_ENTREGUE.
    """
    if refused := only_in_sandbox() or inconsistent(office):
        return refused
    given = asdict(office)
    with transaction.atomic():
        row = _locked(registration_id, registro)
        if row is None:
            return UNKNOWN
        if row.situacao != Situacao.PRE_CADASTRO.name:
            return HANDED_OVER
        changed = sorted(name for name, value in given.items() if getattr(row, name) != value)
        if changed:
            for name in changed:
                setattr(row, name, given[name])
            row.save(update_fields=changed)
            row.historico.create(situacao=row.situacao, quando=timezone.now(), ator=actor, motivo=CORRECTED)
            details = {"cadastro": row.pk, "campos": changed}
            record(Event(actor, "cnes:cadastro:corrigido", f"operadora:{registro}", details=details))
    return _read(registration_id, registro)


def replace_director(registration_id: int, registro: str, cpf: str, *, actor: str) -> Outcome[Registration]:
    """Put another director into the operadora's active simulated head office. SGOP then takes the profile from the
    former one (0022).

    Refused: SO_NO_SANDBOX, CPF_INVALIDO, CADASTRO_DESCONHECIDO, CADASTRO_SEM_NUMERO, CADASTRO_SUBSTITUIDO.
    """
    if refused := only_in_sandbox():
        return refused
    if not cpf_rules.is_valid(cpf_rules.parse(cpf)):
        return Refused("CPF_INVALIDO", "O CPF não confere.", "Confira os 11 números e repita.")
    with transaction.atomic():
        row = _locked(registration_id, registro)
        if row is None:
            return UNKNOWN
        if refused := refusal_to_replace(Situacao[row.situacao], row.cnes or ""):
            return refused
        assert row.cnes
        changed = change_director(row.cnes, cpf, actor=actor)
        if isinstance(changed, Refused):
            return changed
    return _read(registration_id, registro)


def refusal_to_replace(situacao: Situacao, cnes: str) -> Refused | None:
    """Why the director of a registration in this state, with this number, is not changed here.

    Refused: CADASTRO_SEM_NUMERO, CADASTRO_SUBSTITUIDO.
    """
    if situacao is not Situacao.ATIVO or not cnes:
        return _NO_NUMBER
    place = get(cnes)
    return None if place is not None and place.simulated else _OF_THE_ARCHIVE


def _locked(registration_id: int, registro: str) -> models.Cadastro | None:
    rows = models.Cadastro.objects.select_for_update()
    return rows.filter(pk=registration_id, registro_ans=registro).first()


def _read(registration_id: int, registro: str) -> Outcome[Registration]:
    return Accepted(next(one for one in registrations_of(registro) if one.id == registration_id))
