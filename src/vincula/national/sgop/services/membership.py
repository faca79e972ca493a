"""The account is linked to the CNES while all three requests are APROVADO (R016): what other rooms ask of accounts."""

from __future__ import annotations

from vincula.common.accounts.models import Pessoa
from vincula.common.accounts.services import join_cnes, leave_cnes
from vincula.common.outcomes import Accepted
from vincula.national.sgop.rules import entry
from vincula.national.sgop.rules.words import Perfil


def follow(cpf: str, cnes: str, by: str) -> None:
    """Make the link what the requests now say; in the caller's transaction, after each step of a request.

    In turns for each person: of two requests decided at the same moment neither transaction sees the other's step, and
    both would leave the link as it was.
    """
    from vincula.national.sgop.services.standing import rows_of, standings

    person = Pessoa.objects.select_for_update().filter(cpf=cpf).first()
    if person is None:
        return
    complete = entry.three(standings(rows_of(cpf, cnes)))
    held = complete.value if isinstance(complete, Accepted) else None
    for perfil in Perfil:
        if perfil is held:
            join_cnes(person, cnes, perfil.value, actor=by)
        else:
            leave_cnes(person, cnes, perfil.value, actor=by)
