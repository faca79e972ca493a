"""The persons of the pages' examples in the demo world, the VIP and the witness under protection marked as such; and
the professionals who log in."""

from __future__ import annotations

from collections.abc import Callable

from vincula.common.files import write_private
from vincula.national.cadsus import services as cadsus
from vincula.national.cadsus.services import Author, hot
from vincula.national.receita import services as receita
from vincula.people.record import PersonRecord
from vincula.sandbox import examples, professionals
from vincula.sandbox.bases import CADSUS_COLUMNS, RECEITA_COLUMNS
from vincula.sandbox.demo import plan
from vincula.sandbox.demo.loading import accepted, csv_file
from vincula.sandbox.demo.logins import ACTOR

_MARKED = ((examples.FAMOSA, "vip"), (examples.PROTEGIDA, "protegida"))


def ensure() -> None:
    """Put them in, once: what people change of them afterwards stays. Killed amid it, it is repeated.

    Raises RefusedError.
    """
    _once("exemplos", _people)
    _once("exemplos-receita", _taxpayers)
    _once("exemplos-profissionais", _professionals)
    _once("exemplos-operadores", _operators)


def _once(name: str, put_in: Callable[[], None]) -> None:
    done = plan.folder() / f"{name}.pronto"
    if not done.exists():
        put_in()
        write_private(done, b"")


def _people() -> None:
    accepted(cadsus.load_csv(csv_file("exemplos", CADSUS_COLUMNS, examples.rows())))
    for person, flag in _MARKED:
        held = hot.by_cpf(person.cpf, full=False)
        if held is not None and not getattr(held, flag):
            record = PersonRecord(vip=flag == "vip", protegida=flag == "protegida")
            accepted(cadsus.change_state(held.id, record, {flag}, Author(ACTOR, administrador=True)))


def _taxpayers() -> None:
    accepted(receita.load_csv(csv_file("exemplos-receita", RECEITA_COLUMNS, examples.receita_rows())))


def _professionals() -> None:
    accepted(cadsus.load_csv(csv_file("exemplos-profissionais", CADSUS_COLUMNS, professionals.rows())))


def _operators() -> None:
    rows = professionals.operator_rows()
    accepted(cadsus.load_csv(csv_file("exemplos-operadores", CADSUS_COLUMNS, rows)))
