"""What only a sandbox may do to the base of establishments; and the director, whom it may change."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from vincula.common import config
from vincula.common.audit.services import Event, record
from vincula.common.outcomes import Accepted, Outcome, Refused
from vincula.identifiers import cpf as cpf_rules
from vincula.national.cnes import models
from vincula.national.cnes.rules.establishment import Establishment, well_formed
from vincula.national.cnes.services.asking import read

IN_LIFE = (
    "Fora do sandbox, quem registra e altera estabelecimentos é o gestor municipal ou estadual do CNES: entregue a ele "
    "as fichas (FCES) e carregue aqui o arquivo do mês em que a mudança constar."
)


def only_in_sandbox() -> Refused | None:
    """Refused SO_NO_SANDBOX in every other profile, with what to do in life."""
    if config.load().sandbox:
        return None
    return Refused("SO_NO_SANDBOX", "O registro simulado no CNES só existe no perfil sandbox.", IN_LIFE)


DIRECTOR_CHANGED = "Diretor, gerente ou administrador trocado."


def change_director(cnes: str, cpf: str, *, actor: str) -> Outcome[Establishment]:
    """Put another director ("" for none) into an establishment, for who tries out what follows from it: SGOP looks
    at the director anew at every entry. The next archive that is loaded says again what it says. The
    registration of a simulated head office keeps the change in its history.

    Refused: SO_NO_SANDBOX, CNES_FORMA, CPF_INVALIDO, CNES_INEXISTENTE.
    """
    if refused := only_in_sandbox() or well_formed(cnes):
        return refused
    number = cpf_rules.parse(cpf)
    if number and not cpf_rules.is_valid(number):
        return Refused("CPF_INVALIDO", "O CPF não confere.", "Confira os 11 números e repita.")
    with transaction.atomic():
        # The registration first, as whoever ends it does: the two never wait for one another.
        office = models.Cadastro.objects.select_for_update().filter(cnes=cnes, situacao="ATIVO").first()
        row = models.Estabelecimento.objects.select_for_update().filter(pk=cnes).first()
        if row is None:
            return Refused(
                "CNES_INEXISTENTE",
                f"O CNES {cnes} não existe na base.",
                "Confira o número na consulta ao CNES.",
            )
        if row.diretor_cpf != number:
            if row.diretor_cpf:
                record(
                    Event(actor, "cnes:diretor:retirado", f"cpf:{row.diretor_cpf}", details={"cnes": cnes})
                )
            if number:
                record(Event(actor, "cnes:diretor:posto", f"cpf:{number}", details={"cnes": cnes}))
            row.diretor_cpf = number
            row.save(update_fields=["diretor_cpf"])
            if office is not None:
                _noted(office, number, actor)
    return Accepted(read(models.Estabelecimento.objects.filter(pk=cnes))[0])


def _noted(office: models.Cadastro, number: str, actor: str) -> None:
    """The registration that the number was given to knows its director too, and keeps that he was changed."""
    office.diretor_cpf = number
    office.save(update_fields=["diretor_cpf"])
    office.historico.create(
        situacao=office.situacao, quando=timezone.now(), ator=actor, motivo=DIRECTOR_CHANGED
    )
