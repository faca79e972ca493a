"""Under which keys the records of a person are looked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.national.cadsus.example import a_cns, a_cpf, load, row
from vincula.site.cli.audit import person_keys

pytestmark = pytest.mark.django_db(databases=["default", "audit"])


def test_a_persons_cpf_and_cards_are_looked_for_together(tmp_path: Path) -> None:
    load(tmp_path, [row(1)])
    both = {f"cpf:{a_cpf(1)}", f"cns:{a_cns(1)}"}
    for key in both:
        assert person_keys(key)[0] == key
        assert set(person_keys(key)) == both


@pytest.mark.parametrize("key", [f"cpf:{a_cpf(2)}", f"cns:{a_cns(2)}", "operadora:999997"])
def test_what_the_base_does_not_know_stands_alone(key: str) -> None:
    assert person_keys(key) == (key,)
