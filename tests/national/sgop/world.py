"""A small country for SGOP's tests: operadoras' head offices, professionals with their CNS, gov.br links, tickets.

Made of the rooms themselves (cnes, govbr, cadsus, support), and of nothing that stands in for them.
"""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.test import Client

from vincula.common.accounts.models import Pessoa
from vincula.common.accounts.services import create_person
from vincula.common.outcomes import Accepted
from vincula.identifiers import cpf as cpf_rules
from vincula.national.cadsus import models as cadsus_models
from vincula.national.cadsus import services as cadsus
from vincula.national.sgop.models import Computador, Solicitacao
from vincula.national.sgop.rules.words import Acao, Estado, Perfil, Tipo
from vincula.national.sgop.services import asking, deciding, keys, terms

for room in ("cnes", "govbr", "support"):
    pytest.importorskip(f"vincula.national.{room}.models", reason=f"precisa de national/{room}")

CNES, OTHER_CNES = "7000011", "7000022"
PASSWORD = "Senha@123"


def a_cpf(serial: int) -> str:
    return cpf_rules.complete(f"{700_000_000 + serial:09d}")


DIRECTOR, OPERATOR, OTHER_DIRECTOR, STAFF, SUCCESSOR = (a_cpf(n) for n in range(1, 6))


def establishment(
    cnes: str, director: str, *, tipo: int = 68, subtipo: int | None = 5, motivo: str = ""
) -> None:
    """An establishment with its director; again with other values, it is as they say."""
    from vincula.national.cnes.models import Estabelecimento

    Estabelecimento.objects.update_or_create(
        cnes=cnes,
        defaults={
            "razao_social": f"OPERADORA {cnes}",
            "tipo": tipo,
            "subtipo": subtipo,
            "diretor_cpf": director,
            "motivo_desativacao": motivo,
            "origem": "CARGA",
        },
    )


def link(person: Pessoa) -> None:
    """The person has entered by gov.br once."""
    from vincula.national.govbr.services.links import keep

    keep(person, "prata", ())


def ticket(cpf: str, area: str = "cadsus-web") -> str:
    """The person asks for support; the number of the ticket."""
    from vincula.national.support.services import open_ticket

    opened = open_ticket(area, "Acesso", "Peço a autorização.", contato="a@b.com.br", cpf=cpf)
    assert isinstance(opened, Accepted), opened
    return str(opened.value.numero)


def card(cpf: str, quality: int = 90) -> str:
    """The CNS of the person, registered with this quality grade."""
    values = {
        "nome": "PESSOA DE TESTE",
        "nome_mae": "MAE DE TESTE",
        "sexo": "F",
        "data_nascimento": "1980-01-01",
    }
    values["nome"] += " " + "".join(chr(ord("A") + int(one)) for one in cpf)
    made = cadsus.register(values, cadsus.Author("teste", CNES), cpf=cpf)
    assert isinstance(made, Accepted), made
    grade(cpf, quality)
    return made.value.cns


def grade(cpf: str, quality: int) -> None:
    """The health unit has corrected the record, or spoilt it."""
    cadsus_models.Pessoa.objects.filter(cpf=cpf).update(qualidade=quality)


def person(cpf: str, *, staff: bool = False, name: str = "PESSOA DE TESTE") -> Pessoa:
    """An account with a password, linked to gov.br, terms accepted, with a CNS of high quality."""
    made = create_person(cpf, name, password=PASSWORD)
    assert isinstance(made, Accepted), made
    if staff:
        Pessoa.objects.filter(pk=made.value.pk).update(is_staff=True)
    link(made.value)
    terms.accept(cpf)
    card(cpf)
    return made.value


def cns_of(cpf: str) -> str:
    found = cadsus.find_by_cpf(cpf)
    assert isinstance(found, Accepted)
    assert found.value is not None
    return found.value.cns_mestre


def country() -> None:
    """Two operadoras, each with its director; an operator of the first; one of the support team."""
    establishment(CNES, DIRECTOR)
    establishment(OTHER_CNES, OTHER_DIRECTOR)
    for cpf, name in ((DIRECTOR, "DIRETORA"), (OPERATOR, "OPERADOR"), (OTHER_DIRECTOR, "OUTRA DIRETORA")):
        person(cpf, name=name)
    person(STAFF, staff=True, name="SUPORTE")


@dataclass(slots=True)
class Machine:
    """A browser with a key of its own, as computador.js makes it."""

    key: ec.EllipticCurvePrivateKey

    @classmethod
    def new(cls) -> Machine:
        return cls(ec.generate_private_key(ec.SECP256R1()))

    @property
    def half(self) -> bytes:
        return self.key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)

    def sign(self, purpose: str, challenge: str, origin: str = "http://testserver") -> str:
        text = f"vincula:computador:{purpose}:{origin}:{challenge}".encode()
        r, s = decode_dss_signature(self.key.sign(text, ec.ECDSA(hashes.SHA256())))
        return b64(r.to_bytes(32, "big") + s.to_bytes(32, "big"))

    def registration(self, challenge: str, **changed: Any) -> str:
        said = {
            "tipo": "CHAVE",
            "chave": b64(self.half),
            "desafio": challenge,
            "assinatura": self.sign("cadastrar", challenge),
        }
        return json.dumps(said | changed)

    def proof(self, challenge: str, **changed: Any) -> str:
        said = {
            "tipo": "CHAVE",
            "nome": keys.name_of(self.half),
            "desafio": challenge,
            "assinatura": self.sign("entrar", challenge),
        }
        return json.dumps(said | changed)


def b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def computer(cpf: str, machine: Machine | None = None) -> Computador:
    """A computer of the person, registered already."""
    half = (machine or Machine.new()).half
    return Computador.objects.create(
        cpf=cpf, rotulo="Mesa 2", tipo="CHAVE", credencial=keys.name_of(half), chave_publica=half
    )


def ask(cpf: str, cnes: str, tipo: Tipo, perfil: Perfil, machine: Machine | None = None) -> int:
    """One request that passes its checks; its number."""
    its = computer(cpf, machine).pk if tipo is Tipo.COMPUTADOR else None
    asked = asking.request_access(cpf, cnes, tipo, perfil, cns=cns_of(cpf), computador=its)
    assert isinstance(asked, Accepted), asked
    return asked.value


def administrator(
    cpf: str = DIRECTOR, cnes: str = CNES, machine: Machine | None = None, *, support: str = STAFF
) -> list[int]:
    """The ADMINISTRADOR of a CNES, authorised by support after a ticket; the numbers of his three requests."""
    made = [ask(cpf, cnes, tipo, Perfil.ADMINISTRADOR, machine) for tipo in Tipo]
    ticket(cpf)
    for one in made:
        assert deciding.decide(support, one, Acao.APROVAR, support=True) == Accepted(Estado.APROVADO)
    return made


def operator(
    cpf: str = OPERATOR, cnes: str = CNES, machine: Machine | None = None, *, by: str = DIRECTOR
) -> dict[Tipo, int]:
    """An OPERADOR with all three approved by the ADMINISTRADOR; the numbers of his requests by kind."""
    made = {tipo: ask(cpf, cnes, tipo, Perfil.OPERADOR, machine) for tipo in Tipo}
    for one in made.values():
        assert deciding.decide(by, one, Acao.APROVAR) == Accepted(Estado.APROVADO)
    return made


def state(pk: int) -> Estado:
    return Estado(Solicitacao.objects.get(pk=pk).estado)


def entered(cpf: str) -> Client:
    """A browser of the person, logged in by password."""
    client = Client()
    client.force_login(Pessoa.objects.get(cpf=cpf), backend="django.contrib.auth.backends.ModelBackend")
    return client


def pass_gate(client: Client, cnes: str, machine: Machine) -> Any:
    """One try at the gate, as the page's script makes it; the page that comes of it."""
    challenge = client.post("/segcartao/desafio/", {"cnes": cnes}).json()["desafio"]
    return client.post(
        "/segcartao/entrar/", {"cnes": cnes, "resposta": machine.proof(challenge)}, follow=True
    )


INSIDE = "Você está habilitado e entrou"
