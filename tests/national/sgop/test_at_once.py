"""Requests of one person decided at the same moment: what follows from them together is not lost between them."""

from __future__ import annotations

import threading
import time

import pytest
from django.db import transaction

from tests.common.threads import at_once
from tests.national.sgop import world
from tests.national.sgop.world import CNES, DIRECTOR, OPERATOR
from vincula.common.accounts.models import MembroCnes
from vincula.national.sgop.rules.words import Acao, Estado, Perfil, Tipo
from vincula.national.sgop.services import deciding

pytestmark = pytest.mark.django_db(databases=["default", "audit"], transaction=True)
ACTS = {Acao.APROVAR: Estado.APROVADO, Acao.REVOGAR: Estado.REVOGADO}


def linked() -> list[str]:
    found = MembroCnes.objects.filter(pessoa__cpf=OPERATOR, cnes=CNES, ate__isnull=True)
    return list(found.values_list("perfil", flat=True))


@pytest.mark.requirement("R016")
@pytest.mark.parametrize(("second", "link"), [(Acao.APROVAR, ["OPERADOR"]), (Acao.REVOGAR, [])])
def test_of_two_requests_decided_at_once_the_account_is_linked_as_both_together_say(
    second: Acao, link: list[str]
) -> None:
    world.country()
    world.administrator()
    asked = [world.ask(OPERATOR, CNES, tipo, Perfil.OPERADOR) for tipo in Tipo]
    held = 1 if second is Acao.APROVAR else 2  # so many are approved before
    for one in asked[:held]:
        deciding.decide(DIRECTOR, one, Acao.APROVAR)
    other = asked[1] if second is Acao.APROVAR else asked[0]
    decided = threading.Event()

    def slowly() -> None:
        with transaction.atomic():
            deciding.decide(DIRECTOR, asked[2], Acao.APROVAR)
            decided.set()
            time.sleep(0.5)  # the other decides before this one is written

    def meanwhile() -> None:
        assert decided.wait(10)
        deciding.decide(DIRECTOR, other, second, "mudou de setor")

    at_once([slowly, meanwhile])
    assert world.state(asked[2]) is Estado.APROVADO
    assert world.state(other) is ACTS[second]
    assert linked() == link
