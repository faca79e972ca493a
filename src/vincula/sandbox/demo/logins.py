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
_PEOPLE: tuple[tuple[str, str, tuple[str, ...], bool], ...] = (
    ("HELENA EXEMPLO ARAUCÁRIA", "990100101", ("999997",), False),
    ("OTÁVIO EXEMPLO DO IPÊ", "990100102", ("999997", "999903"), False),
    ("RITA EXEMPLO DO MANGUE", "990100103", ("000001",), False),
    ("CAETANO EXEMPLO DO CERRADO", "990100104", (), True),
)
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
        if self.equipe:
            return "equipe nacional: Gestão do SIB, fila de chamados, avisos, correio do sandbox"
        if len(self.operadoras) > 1:
            return f"operadoras {' e '.join(self.operadoras)}: escolhe por qual age ao entrar"
        return f"operadora {self.operadoras[0]}: envios, resultados, sem CNS, CNX"


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
    missing = [entry for entry in _PEOPLE if cpf.complete(entry[1]) not in known]
    if missing:
        people += [
            Access(nome, cpf.complete(base), _password(), where, staff)
            for nome, base, where, staff in missing
        ]
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
