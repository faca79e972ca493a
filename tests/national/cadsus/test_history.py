"""The history tells each version as it was: the record before and after any of them, worked out from the log alone."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.national.cadsus.example import AUTHOR, a_cns, a_cpf, accepted
from tests.people.registration_example import ANTIGA, CNH, CTPS, NOVA, PASSAPORTE, RG, a_full_record, a_record
from vincula.national.cadsus import services
from vincula.national.cadsus.models import Transacao
from vincula.national.cadsus.services import details, others
from vincula.people.record import Card, LocalId, PersonRecord, Phone
from vincula.people.registration import Channel, convert
from vincula.people.registration.joining import DATA

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
ADMIN = services.Author("gestor", "7654321", administrador=True)
EVERYTHING = frozenset(PersonRecord.__dataclass_fields__)


def whole(person: int) -> PersonRecord:
    found = services.whole(person)
    assert found is not None
    return found


def told(number: int) -> tuple[PersonRecord, PersonRecord | None]:
    found = services.changed_fields(number)
    assert found is not None
    return found


def timeless(record: PersonRecord | None) -> PersonRecord | None:
    """Without the grade, which is not part of the history, and what a later version may have added to."""
    return replace(record, qualidade=0) if record else None


CHANGES: dict[str, list[Any]] = {
    "nome": ["MARIA DE LOURDES PRADO", "MARIA PRADO LIMA"],
    "nome_social": ["", "LURDES"],
    "municipio_nascimento": ["355030", "330455", "999999"],
    "tipo_sanguineo": ["", "A+", "O-"],
    "documentos": [(), (RG,), (CNH, RG), (RG, replace(RG, numero="777")), (CTPS, PASSAPORTE)],
    "certidoes": [(), (NOVA,), (NOVA, ANTIGA), (NOVA, replace(NOVA, matricula="3" * 32))],
    "telefones": [
        (Phone("33334444", "11", "1"),),
        (Phone("987654321", "11", "3"), Phone("33334444", "21", "1")),
        (Phone("2025550123", "", "2", "1"),),
    ],
    "emails": [(), ("a@exemplo.org",), ("b@exemplo.org", "a@exemplo.org")],
    "cpf": ["", a_cpf(1), a_cpf(2)],
    "pis": ["", "12345678900"],
    "vip": [False, True],
    "motivo_vip": ["", "PEDIDO"],
    "ativa": [True, False],
}
versions = st.lists(
    st.fixed_dictionaries({}, optional={name: st.sampled_from(values) for name, values in CHANGES.items()}),
    min_size=1,
    max_size=6,
)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(versions)
def test_every_version_can_be_told_again_from_the_log(changes: list[dict[str, Any]]) -> None:
    with transaction.atomic():
        person = accepted(services.incorporate(a_record(), DATA, AUTHOR)).pessoa_id
        seen = [whole(person)]
        ends = [Transacao.objects.filter(pessoa_id=person).latest("pk").pk]
        for values in changes:
            accepted(
                services.revise(
                    person, convert(replace(seen[-1], **values)), EVERYTHING, ADMIN, source=Channel.TELA
                )
            )
            if (last := Transacao.objects.filter(pessoa_id=person).latest("pk").pk) != ends[-1]:
                seen.append(whole(person))
                ends.append(last)
        for before, after, number in zip([None, *seen], seen, ends, strict=False):
            assert timeless(told(number)[0]) == timeless(after)
            first = Transacao.objects.filter(
                pessoa_id=person, pk__lte=number, pk__gt=_previous(ends, number)
            ).earliest("pk")
            assert timeless(told(first.pk)[1]) == timeless(before)
        transaction.set_rollback(True)


def _previous(ends: list[int], number: int) -> int:
    return max((one for one in ends if one < number), default=0)


def test_a_change_is_logged_by_the_names_of_its_fields_also_of_what_has_no_column() -> None:
    person = accepted(services.incorporate(a_record(), DATA, AUTHOR)).pessoa_id
    changed = a_record(
        documentos=(RG,), certidoes=(ANTIGA,), emails=("a@exemplo.org", "b@exemplo.org"), nome_social="LU"
    )
    accepted(services.incorporate(changed, DATA, AUTHOR, local=LocalId("1.2", "77")))
    added, updated = services.transactions(person)
    assert (added.tipo, added.campos) == ("ADICIONADO", ())
    assert (updated.tipo, updated.quem, updated.cnes) == ("ATUALIZADO", "teste", "7654321")
    assert set(updated.campos) == {
        "nome_social", "email", "outros.emails.2", "outros.rg.numero", "outros.rg.orgao", "outros.rg.uf",
        "outros.rg.emissao", "outros.rg.tipo", "outros.certidao92.tipo", "outros.certidao92.cartorio",
        "outros.certidao92.livro", "outros.certidao92.folha", "outros.certidao92.termo", "outros.certidao92.emissao",
        "locais", "cns",  # an RG lifts the record over 80, which brings a number
    }  # fmt: skip
    after, before = told(updated.id)
    assert (after.locais, before.locais if before else None) == ((LocalId("1.2", "77"),), ())
    assert services.transaction(updated.id) == updated
    assert services.transaction(10**9) is None
    assert services.changed_fields(10**9) is None
    assert services.transactions(10**9) == []


def test_a_change_of_the_columns_alone_is_told_with_what_stands_beside_them() -> None:
    first, other = Phone("987654321", "11", "3"), Phone("33334444", "21", "1")
    person = accepted(services.incorporate(a_record(telefones=(first, other)), DATA, AUTHOR)).pessoa_id
    accepted(services.edit(person, {"telefone": "912345678"}, AUTHOR))
    after, before = told(services.transactions(person)[-1].id)
    assert after.telefones == (Phone("912345678", "11"), other)
    assert before is not None
    assert before.telefones == (first, other)


def test_a_number_that_came_later_is_not_in_an_earlier_version() -> None:
    done = accepted(services.incorporate(a_record(), DATA, AUTHOR))
    later = a_record(cartoes=(Card(a_cns(3, "8"), "P"),))
    accepted(services.incorporate(later, {*DATA, "cartoes"}, AUTHOR))
    first, second = services.transactions(done.pessoa_id)
    assert [one.numero for one in told(first.id)[0].cartoes] == [done.cns]
    assert len(told(second.id)[0].cartoes) == 2


def test_unions_and_partings_are_told_with_the_registration_they_concern() -> None:
    one = accepted(services.incorporate(a_record(), DATA, AUTHOR))
    other = accepted(services.incorporate(a_record(nome="MARIA PRADO"), DATA, AUTHOR))
    accepted(services.unite(one.pessoa_id, other.pessoa_id, AUTHOR))
    accepted(services.undo_unite(other.pessoa_id, AUTHOR))
    linked = services.unification_history(one.pessoa_id)
    assert [(link.transaction.tipo, link.record.nome) for link in linked] == [
        ("UNIDO", "MARIA PRADO"),
        ("DESUNIDO", "MARIA PRADO"),
    ]
    assert [link.record.nome for link in services.unification_history(other.pessoa_id)] == [one_name(one)] * 2


def one_name(done: services.Incorporated) -> str:
    return whole(done.pessoa_id).nome


def test_the_last_change_is_that_of_the_person_to_whom_the_number_leads() -> None:
    done = accepted(services.incorporate(a_record(), DATA, AUTHOR))
    assert services.last_change(done.cns) == services.transactions(done.pessoa_id)[-1].quando
    accepted(services.incorporate(a_record(nome_social="LU"), DATA, AUTHOR))
    assert services.last_change(done.cns) == services.transactions(done.pessoa_id)[-1].quando
    assert services.last_change(a_cns(40)) is None


def test_what_is_beside_the_columns_is_taken_apart_and_put_together_again() -> None:
    for record in (a_record(), a_full_record(), a_full_record(documentos=(RG, replace(RG, numero="1"), CNH))):
        text = others.pack(convert(record))
        assert details.unflat(details.flat(text)) == text
        assert details.undone(text, details.changes("", text)) == ""
