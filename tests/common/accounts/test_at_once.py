"""Links asked for at the same moment: haste does not help to fill a mailbox."""

from __future__ import annotations

import pytest

from tests.common.threads import at_once
from vincula.common.accounts import invitations
from vincula.common.accounts.models import Convite
from vincula.common.accounts.services import create_person
from vincula.common.mail.models import Correio

pytestmark = pytest.mark.django_db(databases=["default", "audit"], transaction=True)
MARIA, NEW, AT_ONCE = "52998224725", "11144477735", 16


def link(token: str) -> str:
    return f"http://site.exemplo/{token}"


def test_of_many_who_ask_at_once_for_one_mailbox_no_more_than_the_limit_are_sent_a_link() -> None:
    create_person(MARIA, "Maria da Silva", email="maria@exemplo.com.br", password="Senha@123")

    def recovery(origin: str) -> None:
        invitations.ask_recovery(MARIA, origin, link)

    def signup(origin: str) -> None:
        invitations.ask_account(NEW, "João Lima", "joao@exemplo.com.br", origin, link)

    for ask, address in ((recovery, "maria@exemplo.com.br"), (signup, "joao@exemplo.com.br")):
        at_once([lambda place=n, ask=ask: ask(f"192.0.2.{place}") for n in range(AT_ONCE)])  # type: ignore[misc]
        sent = Correio.objects.filter(para=address).count()
        # Two who are written at the very same instant may both pass; the haste of all is worth nothing.
        assert invitations.PER_PERSON <= sent <= 2 * invitations.PER_PERSON
        assert sent == Convite.objects.filter(email=address).count(), "who was sent none used up nothing"
