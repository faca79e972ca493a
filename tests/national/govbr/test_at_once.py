"""The same person, coming in by gov.br in several places at the same moment: one account, one link."""

from __future__ import annotations

import pytest

from tests.common.threads import at_once
from vincula.common.outcomes import Outcome
from vincula.national.govbr import services
from vincula.national.govbr.rules import Identity
from vincula.national.govbr.services.entering import Arrived, person_for

CPF = "52998224725"
MARIA = Identity(CPF, "MARIA DA SILVA", "", "maria@exemplo.invalid", "prata", ("401",))


@pytest.mark.django_db(transaction=True, databases=["default", "audit"])
def test_several_first_entries_at_once() -> None:
    seen: list[Outcome[Arrived]] = []
    at_once([lambda: seen.append(person_for(MARIA, None))] * 6)
    assert [one.value.person.cpf for one in seen] == [CPF] * 6  # type: ignore[union-attr]
    assert len({one.value.person.pk for one in seen}) == 1  # type: ignore[union-attr]
    link = services.link_of(CPF)
    assert link is not None
    assert (link.level, link.seals) == ("prata", ("401",))
