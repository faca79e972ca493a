"""The persons of the pages' examples in the demo world, the VIP and the witness under protection marked as such."""

from __future__ import annotations

import io

from vincula.common.files import write_private
from vincula.common.outcomes import Refused, RefusedError
from vincula.national.cadsus import services as cadsus
from vincula.national.cadsus.services import Author, hot
from vincula.people.record import PersonRecord
from vincula.sandbox import examples
from vincula.sandbox.bases import CADSUS_COLUMNS, write_csv
from vincula.sandbox.demo import plan
from vincula.sandbox.demo.logins import ACTOR

_MARKED = ((examples.FAMOSA, "vip"), (examples.PROTEGIDA, "protegida"))


def ensure() -> None:
    """Put them in, once: what people change of them afterwards stays. Killed amid it, it is repeated.

    Raises RefusedError.
    """
    done = plan.folder() / "exemplos.pronto"
    if done.exists():
        return
    out = io.BytesIO()
    write_csv(out, CADSUS_COLUMNS, examples.rows())
    source = plan.folder() / "exemplos.csv"
    write_private(source, out.getvalue())
    _accept(cadsus.load_csv(source))
    for person, flag in _MARKED:
        held = hot.by_cpf(person.cpf, full=False)
        if held is not None and not getattr(held, flag):
            record = PersonRecord(vip=flag == "vip", protegida=flag == "protegida")
            _accept(cadsus.change_state(held.id, record, {flag}, Author(ACTOR, administrador=True)))
    write_private(done, b"")


def _accept(outcome: object) -> None:
    if isinstance(outcome, Refused):
        raise RefusedError(outcome)
