"""Who can log in to the demo world. Passwords are made at random for each installation and kept in an
owner-only file.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path

from django.contrib.auth import get_user_model

from vincula.common.accounts import services as accounts
from vincula.common.accounts.passwords import SPECIAL
from vincula.common.files import write_private
from vincula.common.outcomes import Refused, RefusedError
from vincula.identifiers import cpf
from vincula.sandbox.demo import plan

ACTOR = "sandbox"


@dataclass(frozen=True, slots=True)
class _Part:
    """Who somebody is in the demo: `base`, the CPF without its digits; `purpose`, what one sees by entering as him."""

    nome: str
    base: str
    purpose: str
    operadoras: tuple[str, ...] = ()
    equipe: bool = False

    @property
    def cpf(self) -> str:
        return cpf.complete(self.base)


_PEOPLE = (
    _Part(
        "HELENA EXEMPLO ARAUCÁRIA",
        "990100101",
        "operadora 999997: envios, resultados, sem CNS, CNX; ADMINISTRADOR no SGOP, decide os pedidos de operadores",
        ("999997",),
    ),
    _Part(
        "OTÁVIO EXEMPLO DO IPÊ",
        "990100102",
        "operadoras 999997 e 999903: escolhe por qual age; no SGOP espera que o suporte o autorize como ADMINISTRADOR",
        ("999997", "999903"),
    ),
    _Part(
        "RITA EXEMPLO DO MANGUE",
        "990100103",
        "operadora 000001, ainda sem CNES: o primeiro dos seis passos, e o registro simulado da sede",
        ("000001",),
    ),
    _Part(
        "CAETANO EXEMPLO DO CERRADO",
        "990100104",
        "equipe nacional: autoriza administradores, responde chamados; Gestão do SIB, avisos, correio do sandbox",
        equipe=True,
    ),
    _Part("LÚCIA EXEMPLO DA VÁRZEA", "990100111", "SGOP: os três pedidos de OPERADOR esperam por Helena"),
    _Part("MATEUS EXEMPLO DO LITORAL", "990100112", "SGOP: só lhe falta a aprovação do computador"),
    _Part("NAIR EXEMPLO DA CHAPADA", "990100113", "SGOP: foi OPERADOR, e o seu perfil foi revogado"),
    _Part(
        "SEBASTIÃO EXEMPLO DO AGRESTE",
        "990100114",
        "os seis passos, parado no terceiro: a qualidade do cadastro do seu CNS é baixa",
        ("999997",),
    ),
)
HELENA, OTAVIO, RITA, CAETANO, LUCIA, MATEUS, NAIR, SEBASTIAO = (one.cpf for one in _PEOPLE)
_PURPOSES = {one.cpf: one.purpose for one in _PEOPLE}
_ORDER = {one.cpf: place for place, one in enumerate(_PEOPLE)}
_WORDS = ("Ipe", "Jatoba", "Sabia", "Angico", "Tucano", "Mangue", "Cedro", "Jacaranda", "Pitanga", "Umbu")


@dataclass(frozen=True, slots=True)
class Access:
    """A synthetic person who can log in: CPF (11 digits), password, the operadoras he works for, and whether he is of
    the staff that runs the national side.
    """

    nome: str
    cpf: str
    senha: str
    operadoras: tuple[str, ...]
    equipe: bool = False

    @property
    def purpose(self) -> str:
        """What one sees by entering as this person."""
        return _PURPOSES.get(self.cpf, "")


def path() -> Path:
    """The file with the passwords."""
    return plan.folder() / "acessos.json"


def accesses() -> list[Access]:
    """Those written down; empty before the demo was built."""
    if not path().exists():
        return []
    return [
        Access(**{**kept, "operadoras": tuple(kept["operadoras"])}) for kept in json.loads(path().read_text())
    ]


def create() -> list[Access]:
    """Open the accounts. Passwords are written down first: a kill in between leaves nobody without one."""
    people = _written_down()
    for one in people:
        _open(one)
    return people


def complete() -> list[Access]:
    """Of a demo built before, perhaps by an older release: who is missing is added, the others stay as they are."""
    known = {one.cpf for one in accesses()}
    people = _written_down()
    for one in people:
        if one.cpf not in known:
            _open(one)
    return people


def _written_down() -> list[Access]:
    people = accesses()
    known = {one.cpf for one in people}
    missing = [one for one in _PEOPLE if one.cpf not in known]
    if missing:
        people += [Access(one.nome, one.cpf, _password(), one.operadoras, one.equipe) for one in missing]
        people.sort(key=lambda one: _ORDER.get(one.cpf, len(_ORDER)))
        write_private(
            path(), json.dumps([asdict(one) for one in people], ensure_ascii=False, indent=1).encode()
        )
    return people


def _open(one: Access) -> None:
    made = accounts.create_person(one.cpf, one.nome, password=one.senha, actor=ACTOR)
    if isinstance(made, Refused):
        if made.code != "CPF_REPETIDO":
            raise RefusedError(made)
        person = get_user_model().objects.get(cpf=one.cpf)
        if not person.check_password(one.senha):
            accounts.set_password(person, one.senha, actor=ACTOR)
    else:
        person = made.value
    for registro in one.operadoras:
        accounts.join_operadora(person, registro, actor=ACTOR)
    if one.equipe:
        accounts.set_staff(person, True, actor=ACTOR)


def _password() -> str:
    tail = "".join(secrets.choice("abcdefghkmnpqrstuvwxyz23456789") for _ in range(6))
    return f"{secrets.choice(_WORDS)}{secrets.choice(SPECIAL)}{secrets.randbelow(9000) + 1000}{tail}"
