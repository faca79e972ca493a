"""Granting, suspending and revoking, as tables."""

from __future__ import annotations

from typing import Any

import pytest

from tests.national.api.world import REGISTRO, identity
from vincula.common.audit.services import about
from vincula.common.outcomes import Accepted, Refused
from vincula.national.api import services as api
from vincula.national.api.models import Credencial
from vincula.national.cadop.services import get as operadora_of
from vincula.national.cadop.services import listing

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
CNPJ = "11222333000181"


GRANTS: dict[str, tuple[str, dict[str, Any], str]] = {
    "an operadora of the register": ("operadora", {"registro": REGISTRO}, ""),
    "an integrador of the register": ("integrador", {"registro": REGISTRO}, ""),
    "an integrador by its CNPJ": ("integrador", {"cnpj": CNPJ, "nome": "SISTEMAS LTDA"}, ""),
    "its own CNPJ beside the registro": ("operadora", {"registro": REGISTRO, "cnpj": "do CADOP"}, ""),
    "one purpose of the list": ("operadora", {"registro": REGISTRO, "purposes": ["correcao_sib"]}, ""),
    "no registro": ("operadora", {"cnpj": CNPJ, "nome": "X"}, "OPERADORA_DESCONHECIDA"),
    "a registro that is not in the register": ("operadora", {"registro": "123456"}, "OPERADORA_DESCONHECIDA"),
    "a registro of letters": ("operadora", {"registro": "abc"}, "OPERADORA_DESCONHECIDA"),
    "another CNPJ than the register's": ("operadora", {"registro": REGISTRO, "cnpj": CNPJ}, "CNPJ"),
    "a CNPJ that is none": ("integrador", {"cnpj": "11222333000182", "nome": "X"}, "CNPJ"),
    "no CNPJ": ("integrador", {"nome": "X"}, "CNPJ"),
    "no name": ("integrador", {"cnpj": CNPJ}, "NOME"),
    "a name of blanks": ("integrador", {"cnpj": CNPJ, "nome": "  "}, "NOME"),
    "a name of two lines": ("integrador", {"cnpj": CNPJ, "nome": "SISTEMAS\nLTDA"}, "NOME"),
    "a name that steers the terminal": ("integrador", {"cnpj": CNPJ, "nome": "SISTEMAS\x1b[31m"}, "NOME"),
    "a name of 200 characters": ("integrador", {"cnpj": CNPJ, "nome": "S" * 200}, ""),
    "a name of 201 characters": ("integrador", {"cnpj": CNPJ, "nome": "S" * 201}, "NOME"),
    "the register's name beside the registro": ("operadora", {"registro": REGISTRO, "nome": "do CADOP"}, ""),
    "another name than the register's": ("operadora", {"registro": REGISTRO, "nome": "OUTRA"}, "NOME"),
    "a system of two lines": ("operadora", {"registro": REGISTRO, "system": "a\nb"}, "SISTEMA"),
    "a system of 51 characters": ("operadora", {"registro": REGISTRO, "system": "a" * 51}, "SISTEMA"),
    "a purpose of one's own": ("operadora", {"registro": REGISTRO, "purposes": ["marketing"]}, "FINALIDADE"),
    "an operadora that registers": (
        "operadora",
        {"registro": REGISTRO, "purposes": ["CADASTRO_SUS"]},
        "FINALIDADE",
    ),
    "a field that is none": ("operadora", {"registro": REGISTRO, "fields": ["salario"]}, "CAMPOS"),
    "a root of a system": ("operadora", {"registro": REGISTRO, "root": "2.16.840.1.113883.3.4594.100.7"}, ""),
    "a root that is no OID": ("operadora", {"registro": REGISTRO, "root": "prontuario"}, "RAIZ"),
    "a root with a leading zero": ("operadora", {"registro": REGISTRO, "root": "1.2.03"}, "RAIZ"),
    "the root of the CNS": ("operadora", {"registro": REGISTRO, "root": "2.16.840.1.113883.13.236"}, "RAIZ"),
    "a root below the CPF's": (
        "operadora",
        {"registro": REGISTRO, "root": "2.16.840.1.113883.13.237.1"},
        "RAIZ",
    ),
    "the second root of the CPF": (
        "operadora",
        {"registro": REGISTRO, "root": "2.16.840.1.113883.3.4594.100.4"},
        "RAIZ",
    ),
    "the corporate root": ("operadora", {"registro": REGISTRO, "root": "2.16.840.1.113883.3.4594"}, "RAIZ"),
    "no requests at all": ("operadora", {"registro": REGISTRO, "limit": 0}, "LIMITE"),
}


@pytest.mark.requirement("R073", "R074", "R076", "R083")
@pytest.mark.parametrize("case", GRANTS)
def test_who_is_granted_access(cadop: None, case: str) -> None:
    kind, given, code = GRANTS[case]
    own = operadora_of(REGISTRO)
    assert own is not None
    register = {"cnpj": own.cnpj, "nome": own.razao_social}
    given = {name: register[name] if value == "do CADOP" else value for name, value in given.items()}
    outcome = api.grant(api.Kind(kind), "teste", **given)
    if code:
        assert isinstance(outcome, Refused)
        assert outcome.code == code
        assert outcome.message
        assert outcome.remedy
        assert not Credencial.objects.exists()
    else:
        assert isinstance(outcome, Accepted)
        assert outcome.value.estado == "ATIVA"


@pytest.mark.requirement("R081")
def test_an_operadora_not_in_activity_is_refused(cadop: None) -> None:
    (found,) = listing(ativa=False).items
    outcome = api.grant(api.Kind.OPERADORA, "teste", registro=found.registro_ans)
    assert isinstance(outcome, Refused)
    assert outcome.code == "OPERADORA_INATIVA"


@pytest.mark.requirement("R082")
def test_nothing_about_it_costs(operadora: api.Credential) -> None:
    """No price and no quota of charge anywhere in a credential."""
    names = {field.name for field in Credencial._meta.get_fields()}
    assert not {
        name
        for name in names
        if any(word in name for word in ("preco", "valor", "cobranca", "fatura", "plano"))
    }


def test_one_company_has_one_credential_until_it_is_revoked(operadora: api.Credential) -> None:
    again = api.grant(api.Kind.INTEGRADOR, "teste", registro=REGISTRO)
    assert isinstance(again, Refused)
    assert again.code == "CREDENCIAL_EXISTE"
    assert isinstance(api.revoke(operadora.identificador, "teste", "troca"), Accepted)
    assert isinstance(api.grant(api.Kind.INTEGRADOR, "teste", registro=REGISTRO), Accepted)
    assert [one.estado for one in api.listing(revoked=True)] == ["ATIVA", "REVOGADA"]
    assert [one.estado for one in api.listing()] == ["ATIVA"]


MOVES = [
    # state before, what is done, state after or code
    ("ATIVA", "suspend", "SUSPENSA"),
    ("ATIVA", "resume", "ESTADO"),
    ("ATIVA", "revoke", "REVOGADA"),
    ("SUSPENSA", "suspend", "ESTADO"),
    ("SUSPENSA", "resume", "ATIVA"),
    ("SUSPENSA", "revoke", "REVOGADA"),
    ("REVOGADA", "suspend", "ESTADO"),
    ("REVOGADA", "resume", "ESTADO"),
    ("REVOGADA", "revoke", "ESTADO"),
]


@pytest.mark.parametrize("reason", ["", "  ", "\n", "um\ndois", "x" * 501])
@pytest.mark.parametrize("done", ["suspend", "revoke"])
def test_nobody_loses_access_without_a_reason_that_can_be_read(
    operadora: api.Credential, done: str, reason: str
) -> None:
    outcome = getattr(api, done)(operadora.identificador, "teste", reason)
    assert isinstance(outcome, Refused)
    assert (outcome.code, Credencial.objects.get().estado) == ("MOTIVO", "ATIVA")


@pytest.mark.parametrize(("before", "done", "after"), MOVES)
def test_states(operadora: api.Credential, before: str, done: str, after: str) -> None:
    Credencial.objects.update(estado=before)
    outcome = getattr(api, done)(operadora.identificador, "teste", "motivo dado")
    if after == "ESTADO":
        assert isinstance(outcome, Refused)
        assert outcome.code == "ESTADO"
        assert Credencial.objects.get().estado == before
    else:
        assert Credencial.objects.get().estado == after
        events = [one.acao for one in about(f"credencial:{operadora.identificador}")]
        assert len(events) == 2


@pytest.mark.parametrize("done", ["suspend", "resume", "revoke"])
def test_an_unknown_credential(db: None, done: str) -> None:
    outcome = getattr(api, done)("nenhuma", "teste", "x")
    assert isinstance(outcome, Refused)
    assert outcome.code == "CREDENCIAL_DESCONHECIDA"


def test_a_password_is_for_integradores_and_told_once(cadop: None, operadora: api.Credential) -> None:
    refused = api.set_password(operadora.identificador, "usuario", "teste")
    assert isinstance(refused, Refused)
    assert refused.code == "SO_INTEGRADOR"
    other = api.grant(api.Kind.INTEGRADOR, "teste", cnpj=CNPJ, nome="SISTEMAS LTDA")
    assert isinstance(other, Accepted)
    told = api.set_password(other.value.identificador, "usuario", "teste")
    assert isinstance(told, Accepted)
    assert len(told.value) >= 16
    assert told.value not in Credencial.objects.get(identificador=other.value.identificador).senha
    for wrong in ("", " ", "x" * 61, "a\nb"):
        assert isinstance(api.set_password(other.value.identificador, wrong, "teste"), Refused)


def test_a_token_is_for_the_company_of_the_credential(operadora: api.Credential) -> None:
    own = api.issue(identity(operadora.cnpj))
    assert isinstance(own, Accepted)
    assert set(own.value.body()) == {"access_token", "scope", "token_type", "expires_in"}
    stranger = api.issue(identity(CNPJ))
    assert isinstance(stranger, Refused)
    assert stranger.code == "SEM_CREDENCIAL"
    api.suspend(operadora.identificador, "teste", "x")
    suspended = api.issue(identity(operadora.cnpj))
    assert isinstance(suspended, Refused)
    assert suspended.code == "CREDENCIAL_SUSPENSA"
