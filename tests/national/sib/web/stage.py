"""A small world behind the pages: two operadoras, a consolidated competência, people who may and may not look."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from django.test import Client

from tests.national.sib import world
from vincula.common.accounts.models import Pessoa
from vincula.common.accounts.services import create_person, join_operadora
from vincula.common.jobs.services import Job, run_now
from vincula.common.outcomes import Accepted
from vincula.identifiers import cco
from vincula.national.sib.models import Vinculo

MEMBER, STRANGER, NOBODY, STAFF = (world.valid_cpf(900_000 + n) for n in range(4))
CLOSED, OPEN = 202610, 202611
BIRTH = "1980-05-17"


def person(cpf: str, *operadoras: str, staff: bool = False) -> Pessoa:
    """An account without a password (the tests put people into the session themselves)."""
    made = create_person(cpf, "PESSOA DE TESTE")
    assert isinstance(made, Accepted)
    if staff:
        made.value.is_staff = True
        made.value.save()
    for registro in operadoras:
        join_operadora(made.value, registro)
    return made.value


def client_of(who: Pessoa) -> Client:
    client = Client(enforce_csrf_checks=False)
    client.force_login(who, backend="django.contrib.auth.backends.ModelBackend")
    return client


def do(job: Job | None) -> Job:
    """Do what the worker would do."""
    assert job is not None
    return run_now(job)


@dataclass
class Web:
    """`member` acts for world.OPERADORA, `stranger` for world.OTHER, `nobody` for none; `staff` runs the national side."""

    folder: Path
    member: Client
    stranger: Client
    nobody: Client
    staff: Client
    senders: dict[str, world.Files] = field(default_factory=dict)

    def files(self, registro: str = world.OPERADORA) -> world.Files:
        """One for each operadora, so that no two of its files have the same name."""
        return self.senders.setdefault(registro, world.Files(self.folder, registro))

    def cco(self, codigo: str, registro: str = world.OPERADORA) -> str:
        return cco.from_number(Vinculo.objects.get(codigo=codigo, registro_ans=registro).pk)


def raise_curtain(folder: Path) -> Web:
    """Both operadoras in the register; nothing sent yet."""
    world.load_cadop(folder)
    return Web(
        folder,
        client_of(person(MEMBER, world.OPERADORA)),
        client_of(person(STRANGER, world.OTHER)),
        client_of(person(NOBODY)),
        client_of(person(STAFF, staff=True)),
    )


HERS = world.valid_cns(7_000)
LOWER = world.valid_cns(7_100, "8")


def consolidate(web: Web) -> Web:
    """CLOSED is consolidated: ANA got her CNS, BIA's was replaced, CIDA's name differs, the other operadora has one."""
    first, second, third = (world.valid_cpf(700 + n) for n in range(3))
    world.load_receita(
        web.folder,
        [
            {"cpf": first, "nome": "ANA LIMA SOUZA", "nome_mae": "MAE", "data_nascimento": BIRTH},
            {"cpf": second, "nome": "BIA PRADO REIS", "nome_mae": "MAE", "data_nascimento": BIRTH},
            {"cpf": third, "nome": "CIDA SOUZA", "nome_mae": "MAE", "data_nascimento": BIRTH},
        ],
    )
    world.load_cadsus(
        web.folder,
        [
            {"cns": HERS, "cpf": first, "nome": "ANA LIMA SOUZA", "data_nascimento": BIRTH},
            {
                "cns": world.valid_cns(7_200),
                "cns_outros": LOWER,
                "cpf": second,
                "nome": "BIA PRADO REIS",
                "data_nascimento": BIRTH,
            },
            {
                "cns": world.valid_cns(7_300),
                "cpf": third,
                "nome": "CIDA SOUZA",
                "data_nascimento": BIRTH,
            },
        ],
    )
    web.files().send(
        [
            (1, world.inclusao("ANA", cpf=first, nome="ANA LIMA SOUZA", dataNascimento=BIRTH)),
            (1, world.inclusao("BIA", cpf=second, nome="BIA PRADO REIS", dataNascimento=BIRTH, cns=LOWER)),
            (1, world.inclusao("CIDA", cpf=third, nome="CIDA LIMA", dataNascimento=BIRTH)),
        ],
        CLOSED,
    )
    web.files(world.OTHER).send([(1, world.inclusao("ALHEIA", nome="PESSOA ALHEIA LIMA"))], CLOSED)
    world.close(CLOSED)
    return web
