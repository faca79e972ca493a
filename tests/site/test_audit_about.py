"""Under which keys the records of a person are looked for: whichever of his numbers is named, also after a unification."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click
import pytest

from tests.national.cadsus.example import AUTHOR, a_cns, a_cpf, accepted, load, row
from tests.people.registration_example import a_record
from vincula.common.audit.services import Event, between, record
from vincula.national.cadsus import services as cadsus
from vincula.national.cadsus.services import locals as local_ids
from vincula.people.record import Document, LocalId
from vincula.people.registration.joining import DATA
from vincula.site.cli.subjects import person_keys, subject_key

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
SYSTEM, NIS, OTHER_NIS = "2.16.840.1.113883.3.4594.100.7", "12056412545", "12345678919"
RG = Document(tipo="rg", numero="", orgao="10", emissao="2001-01-01")


def test_a_persons_cpf_and_cards_are_looked_for_together(tmp_path: Path) -> None:
    load(tmp_path, [row(1)])
    both = {f"cpf:{a_cpf(1)}", f"cns:{a_cns(1)}", "pessoa:1"}
    for key in both:
        assert person_keys(key)[0] == key
        assert set(person_keys(key)) == both


@pytest.mark.parametrize(
    "key",
    [
        f"cpf:{a_cpf(2)}", f"cns:{a_cns(2)}", f"nis:{NIS}", f"local:{SYSTEM}/9", "local:9", "pessoa:9", "pessoa:x",
        "pessoa:99999999999999999999", "operadora:999997",
    ],
)  # fmt: skip
def test_what_the_base_does_not_know_stands_alone(key: str) -> None:
    assert person_keys(key) == (key,)


@pytest.mark.parametrize(
    ("subject", "code"),
    [
        ("cpf:123", "CPF_INVALIDO"),
        ("cns:700000000000006", "CNS_INVALIDO"),
        ("cns:123", "CNS_INVALIDO"),
        ("nis:12056412546", "NIS_INVALIDO"),
        ("pessoa:-1", "PESSOA_INVALIDA"),
        ("operadora:99999", "REGISTRO_ANS"),
        ("rg:-", "DOCUMENTO_INVALIDO"),
        ("documento:123456", "DOCUMENTO_INVALIDO"),
        ("documento:02/12345678901", "DOCUMENTO_INVALIDO"),
        ("abc", "ASSUNTO"),
        ("cfp:52998224725", "ASSUNTO"),
    ],
)
def test_a_number_that_is_none_has_no_report(
    subject: str, code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """It would say that nobody asked for whom somebody may have asked for."""
    with click.Context(click.Command("about")), pytest.raises(SystemExit) as ended:
        subject_key(subject)
    assert ended.value.code == 1
    assert code in capsys.readouterr().err


def _united(tmp_path: Path) -> list[str]:
    """Two registrations of one person, each with its CPF, NIS and local id; every key that leads to him."""
    load(tmp_path, [
        row(1, pis=NIS, cns_outros=a_cns(11, "8")), row(2, pis=OTHER_NIS), row(3),
    ])  # fmt: skip
    for number in (1, 2, 3):
        local_ids.bind(LocalId(SYSTEM, str(number)), number, number)
    accepted(cadsus.unite(1, 2, AUTHOR))
    return [
        f"cpf:{a_cpf(1)}", f"cpf:{a_cpf(2)}", f"cns:{a_cns(1)}", f"cns:{a_cns(2)}", f"cns:{a_cns(11, '8')}",
        f"nis:{NIS}", f"nis:{OTHER_NIS}", f"local:{SYSTEM}/1", f"local:{SYSTEM}/2", "pessoa:1", "pessoa:2",
    ]  # fmt: skip


@pytest.mark.requirement("R088", part="a person's report holds after a unification, by every number")
def test_after_a_unification_every_number_finds_what_stands_under_any(tmp_path: Path) -> None:
    keys = _united(tmp_path)
    kept = [key for key in keys if not key.startswith("local:")]
    for key in [*kept, f"cpf:{a_cpf(3)}"]:
        record(Event("credencial:x", "api:pdq:consultada", key))
    for key in keys:
        assert set(person_keys(key)) == {key, *kept}
        found = [one.assunto for one in between("", "", person_keys(key)) if one.acao == "api:pdq:consultada"]
        assert found == kept, key


def test_what_several_have_leads_to_nobody_and_nobody_to_it(tmp_path: Path) -> None:
    """A shared NIS, and a CPF in dispute: the report about one must not tell of another."""
    load(tmp_path, [
        row(1, pis=NIS), row(2, pis=NIS),
        row(3), row(4, cpf=a_cpf(3), nome="BRUNO OUTRO", data_nascimento="1999-12-31"),
    ])  # fmt: skip
    assert person_keys(f"nis:{NIS}") == (f"nis:{NIS}",)
    assert f"nis:{NIS}" not in person_keys(f"cpf:{a_cpf(1)}")
    assert person_keys(f"cpf:{a_cpf(3)}") == (f"cpf:{a_cpf(3)}",)
    assert f"cpf:{a_cpf(3)}" not in person_keys(f"cns:{a_cns(3)}")


@pytest.mark.parametrize(
    ("subject", "key"),
    [
        ("rg:01.234.567", "documento:01/1234567"),
        ("titulo:1066 4444 0302", "documento:05/106644440302"),
        ("DNV:30-12345678-9", "documento:19/30123456789"),
        ("documento:91/005678", "documento:91/5678"),
        ("documento: 01 / 01.234.567-x", "documento:01/1234567X"),
    ],
)
def test_a_document_is_written_as_on_paper_and_kept_by_its_kind(subject: str, key: str) -> None:
    assert subject_key(subject) == key


def _bearing(nome: str, rg: str, uf: str = "GO") -> int:
    record = replace(a_record(nome=nome), documentos=(replace(RG, numero=rg, uf=uf),))
    return int(accepted(cadsus.incorporate(record, {*DATA, "documentos"}, AUTHOR)).pessoa_id)


@pytest.mark.requirement("R088", part="a person's report holds what was asked by a document")
def test_a_document_that_one_person_bears_is_one_of_his_keys() -> None:
    one, other = _bearing("CLARA DOCUMENTADA LIMA", "1234567"), _bearing("BRUNO DOCUMENTADO LIMA", "999")
    assert f"pessoa:{one}" in person_keys("documento:01/1234567")
    assert "documento:01/1234567" in person_keys(f"pessoa:{one}")
    assert "documento:01/1234567" not in person_keys(f"pessoa:{other}")
    accepted(cadsus.unite(other, one, AUTHOR))
    assert {"documento:01/1234567", "documento:01/999"} <= set(person_keys(f"pessoa:{other}"))


def test_a_document_that_several_bear_leads_to_nobody_and_nobody_to_it() -> None:
    one = _bearing("CLARA DOCUMENTADA LIMA", "1234567")
    _bearing("BRUNO DOCUMENTADO LIMA", "1234567", "SP")
    assert person_keys("documento:01/1234567") == ("documento:01/1234567",)
    assert "documento:01/1234567" not in person_keys(f"pessoa:{one}")
