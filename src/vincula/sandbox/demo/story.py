"""Builds the demo world through the same services as everybody's. Every step may be repeated; a killed
build goes on.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import islice

from vincula.common import config
from vincula.common.locks import exclusive
from vincula.common.outcomes import Accepted, Outcome, Refused, RefusedError
from vincula.formats.sib import Procedure, sbx_name
from vincula.formats.sib.rpx import IncludedRecord
from vincula.formats.sib.rpx_reader import read_rpx
from vincula.national.cadop import services as cadop
from vincula.national.cadsus import services as cadsus
from vincula.national.receita import services as receita
from vincula.national.sib import services as sib
from vincula.sandbox.bases import CADSUS_COLUMNS, RECEITA_COLUMNS, cadsus_rows, receita_rows
from vincula.sandbox.beneficiaries import Beneficiary, enrolled
from vincula.sandbox.demo import desk, establishments, examples, logins, plan, requests
from vincula.sandbox.demo.loading import accepted, csv_file
from vincula.sandbox.demo.logins import ACTOR, Access
from vincula.sandbox.demo.plan import ENROLLED, NEWCOMERS, POPULATION, SEED, SHARES, Plan
from vincula.sandbox.movements import follow_up
from vincula.sandbox.operadoras import BY_REGISTRO, cadop_csv
from vincula.sandbox.people import people
from vincula.sandbox.sbx import write_sbx_file

Progress = Callable[[int, int, str], None]
STEPS = 15
LOCK = "demonstracao"


@dataclass(frozen=True, slots=True)
class Demo:
    """`built`: something was done now. `months`: the two closed competências and the open one (AAAAMM). `lacking`: why
    what a newer release adds could not be added to one that was there."""

    built: bool
    months: tuple[int, int, int]
    people: list[Access] = field(default_factory=list)
    lacking: Refused | None = None


def build(progress: Progress) -> Outcome[Demo]:
    """Build the demo world, or go on with one that was cut short, or find it there. `progress`: steps done,
    of how many, and what is being done. Refused outside the profile sandbox and in a base that is in use.
    """
    if not config.load().sandbox:
        return Refused(
            "SO_NO_SANDBOX",
            "O mundo de demonstração só existe no perfil sandbox.",
            "Use VINCULA_PROFILE=sandbox e uma pasta de dados à parte.",
        )
    with exclusive(LOCK):
        months = {month.month: month.state for month in sib.overview("999997")}
        known = plan.load()
        if known is not None and known.done and months.get(known.months[1]) == "CONSOLIDADA":
            return _opened(known)
        if known is None or known.done or known.months[0] not in months:
            if len(months) > 1 or _others_in_register():
                return _in_use()
            known = plan.save(plan.new(max(months)))
        try:
            return Accepted(_Story(known, progress).tell())
        except RefusedError as error:
            return error.refused


def _opened(known: Plan) -> Outcome[Demo]:
    """One that is there; of an older release it may lack somebody."""
    try:
        examples.ensure()
        establishments.ensure()
        found = logins.complete()
        desk.furnish(found)
    except RefusedError as error:
        return error.refused
    try:
        requests.ensure(found)
    except RefusedError as error:  # people have been at work here: what they did stands
        return Accepted(Demo(False, known.months, found, error.refused))
    return Accepted(Demo(False, known.months, found))


def _others_in_register() -> bool:
    """Whether the CADOP was loaded with operadoras of somebody else's, whom ours would replace."""
    return any(operadora.registro_ans not in BY_REGISTRO for operadora in cadop.listing().items)


def _in_use() -> Refused:
    return Refused(
        "BASE_EM_USO",
        "A base já tem operadoras ou competências que não são da demonstração; nada foi mudado.",
        "Para ver a demonstração, aponte VINCULA_DATA para uma pasta nova.",
    )


class _Story:
    def __init__(self, made: Plan, progress: Progress) -> None:
        self.plan = made
        self.progress = progress
        self.step = 0
        self.people = list(people(SEED, POPULATION))

    def tell(self) -> Demo:
        self._bases()
        first, second, third = self.plan.months
        for registro in SHARES:
            self._say(f"{registro}: inclusões de {sib.as_text(first)}")
            self._send(0, registro, ((1, record.row) for record in self._enrolled(registro)))
        self._close(first)
        for registro in SHARES:
            self._say(f"{registro}: correções de {sib.as_text(second)}")
            records = list(self._enrolled(registro))
            moves = follow_up(records, self._ccos(registro), SEED, registro)
            self._send(1, registro, ((move.kind, move.fields) for move in moves))
        self._close(second)
        self._say(f"arquivos de {sib.as_text(third)}")
        newcomers = enrolled(islice(self.people, ENROLLED, ENROLLED + NEWCOMERS), SEED, "999997", 0.2)
        self._send(2, "999997", ((1, record.row) for record in newcomers))
        late = list(self._enrolled("999903"))[:40]
        self._send(2, "999903", ((1, record.row) for record in late), spoil_hash=True)
        self._say("contas de acesso")
        made = logins.create()
        desk.furnish(made)
        self._say("pedidos de acesso ao CadSUS Web")
        requests.ensure(made)
        return Demo(True, plan.finish(self.plan).months, made)

    def _say(self, what: str) -> None:
        self.progress(self.step, STEPS, what)
        self.step += 1

    def _enrolled(self, registro: str) -> Iterable[Beneficiary]:
        families, error_rate = SHARES[registro]
        mine = (p for p in self.people[:ENROLLED] if p.familia % 10 in families)
        return enrolled(mine, SEED, registro, error_rate)

    def _bases(self) -> None:
        folder = plan.folder()
        self._say("operadoras")
        for inactive_too in (True, False):  # who is missing from the second register has become inactive
            register = folder / "operadoras.csv"
            register.write_bytes(cadop_csv(with_inactive=inactive_too))
            accepted(cadop.load_csv(register))
        self._say("base da Receita")
        accepted(receita.load_csv(csv_file("receita", RECEITA_COLUMNS, receita_rows(self.people))))
        self._say("base do CNS")
        accepted(cadsus.load_csv(csv_file("cadsus", CADSUS_COLUMNS, cadsus_rows(self.people))))
        examples.ensure()
        self._say("estabelecimentos do CNES")
        establishments.ensure()

    def _send(
        self, index: int, registro: str, procedures: Iterable[Procedure], *, spoil_hash: bool = False
    ) -> sib.Result:
        """Send one file and have it processed; one that was processed before is only found again."""
        moment, month = self.plan.moment(index), self.plan.months[index]
        name = sbx_name(registro, moment)
        for known in sib.results_of(registro, month=month):
            if known.name == name and known.ended:
                return known
        out = io.BytesIO()
        write_sbx_file(out, registro, index + 1, moment, procedures)
        content = out.getvalue()
        if spoil_hash:
            start = content.rindex(b"<hash>") + len(b"<hash>")
            content = content[:start] + content[start : start + 32][::-1] + content[start + 32 :]
        received = accepted(sib.receive(io.BytesIO(content), name, sib.Sender(ACTOR, "127.0.0.1"), month))
        sib.process(received.arquivo_id, lambda read, size: None)
        return sib.result(received.arquivo_id)

    def _ccos(self, registro: str) -> dict[str, str]:
        """código → CCO, from the RPX of the first file, as an operadora learns them."""
        name = sbx_name(registro, self.plan.moment(0))
        first = next(r for r in sib.results_of(registro, month=self.plan.months[0]) if r.name == name)
        with sib.rpx_path(first).open("rb") as source:
            return {r.codigo_beneficiario: r.cco for r in read_rpx(source) if isinstance(r, IncludedRecord)}

    def _close(self, month: int) -> None:
        self._say(f"encerramento e consolidação de {sib.as_text(month)}")
        quiet: Progress = lambda done, total, what: None  # noqa: E731
        accepted(sib.close(month, ACTOR, quiet))
        accepted(sib.consolidate(month, ACTOR, quiet))
