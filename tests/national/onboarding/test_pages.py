"""The pages of the steps: open to everybody, and what they say of a person is said to him alone."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from vincula.common.accounts.services import create_person
from vincula.common.outcomes import Accepted
from vincula.national.onboarding import urls
from vincula.national.onboarding.access import PUBLIC
from vincula.national.support.banner import _PAGES

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
ARGUMENTS = {"manual": ["sgop"], "manual-pdf": ["cadsus-web"]}


@pytest.mark.requirement("R018", "R020", "R028")
def test_everybody_reads_every_page_and_nobody_sends_anything() -> None:
    for one in urls.urlpatterns:
        address = reverse(str(one.name), args=ARGUMENTS.get(str(one.name), []))
        assert one.callback.access == PUBLIC, one.name  # type: ignore[attr-defined]  # a mark on a function
        assert Client().get(address).status_code == 200, one.name
        assert Client().post(address).status_code == 405, one.name


def test_a_manual_that_is_none_is_not_found() -> None:
    assert Client().get("/saiba-mais/manual/nada/").status_code == 404


@pytest.mark.requirement("R010", "R051")
def test_where_one_stands_is_told_to_who_has_come_in() -> None:
    made = create_person("52998224725", "ANA EXEMPLO")
    assert isinstance(made, Accepted)
    person = Client()
    person.force_login(made.value, backend="django.contrib.auth.backends.ModelBackend")
    told = person.get("/passos/").content.decode()
    assert told.count("Espera pelos anteriores") == 5
    assert "O que falta:" in told
    assert "O que falta:" not in Client().get("/passos/").content.decode()


@pytest.mark.requirement("R069")
def test_an_interruption_is_told_where_the_service_is() -> None:
    """Each of the addresses on which it is shown is one that there is."""
    for path in _PAGES:
        assert Client().get(path).status_code != 404, path
