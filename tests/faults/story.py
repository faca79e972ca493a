"""What the suite kills: the whole way from empty bases to a CNX, in the commands that a user types, over a small
synthetic country. Each step is kept, so that it can be killed and repeated alone."""

from __future__ import annotations

import datetime as dt
import re
import time
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from tests.faults.picture import Picture, difference, picture
from tests.faults.stage import Ended, Stage
from vincula.identifiers import cco
from vincula.sandbox.bases import CADSUS_COLUMNS, RECEITA_COLUMNS, cadsus_rows, receita_rows, write_csv
from vincula.sandbox.beneficiaries import beneficiaries
from vincula.sandbox.movements import follow_up
from vincula.sandbox.operadoras import cadop_csv
from vincula.sandbox.people import people
from vincula.sandbox.sbx import write_inclusoes, write_sbx_file

SEED, OPERADORA, MONTH = 5, "999903", "2026-11"
MOMENT = dt.datetime(2026, 11, 10, 9, 0, 0)
LATER = MOMENT + dt.timedelta(days=1)


@dataclass(frozen=True)
class Step:
    """A command, the status it ends with, how long it takes, and how the base looks after it when nobody disturbs."""

    name: str
    argv: tuple[str, ...]
    status: int
    seconds: float
    after: Picture


def write_files(folder: Path, count: int) -> None:
    """The bases and the SBX files of an operadora of so many beneficiaries."""
    folder.mkdir()
    (folder / "cadop.csv").write_bytes(cadop_csv())
    for name, columns, rows in (
        ("receita", RECEITA_COLUMNS, receita_rows(people(SEED, count))),
        ("cadsus", CADSUS_COLUMNS, cadsus_rows(people(SEED, count))),
    ):
        with (folder / f"{name}.csv").open("wb") as out:
            write_csv(out, columns, rows)
    records = list(beneficiaries(SEED, OPERADORA, count, 0.4))
    (first,) = write_inclusoes(folder, OPERADORA, records, MOMENT)
    accepted = [record.truth.codigo for record in records if not record.truth.critica]
    moves = follow_up(
        records, {code: cco.from_number(n) for n, code in enumerate(accepted, 1)}, SEED, OPERADORA
    )
    with (folder / f"{OPERADORA}{LATER:%Y%m%d%H%M%S}.SBX").open("wb") as out:
        write_sbx_file(out, OPERADORA, 2, LATER, ((move.kind, move.fields) for move in moves))
    wrong = re.sub(rb"(<(?:\w+:)?hash>)[0-9A-Fa-f]", rb"\1g", first.path.read_bytes())
    (folder / f"{OPERADORA}20261112090000.SBX").write_bytes(wrong)
    (folder / "sem nome.SBX").write_bytes(first.path.read_bytes())


class Story:
    """The steps, played once undisturbed."""

    def __init__(self, stage: Stage, count: int) -> None:
        self.stage = stage
        self.files = stage.folder / "arquivos"
        write_files(self.files, count)
        self.steps: dict[str, Step] = {}
        ready = stage.run("sib", "calendar", MONTH)
        assert ready.status == 0, ready
        for name in ("cadop", "receita", "cadsus"):
            self._play(name, ("bases", "load", name, str(self.files / f"{name}.csv")))
        sent = ("--competencia", MONTH, "--out", str(stage.out))
        for name, file, status in (
            ("primeiro", f"{OPERADORA}{MOMENT:%Y%m%d%H%M%S}.SBX", 0),
            ("segundo", f"{OPERADORA}{LATER:%Y%m%d%H%M%S}.SBX", 0),
            ("errado", f"{OPERADORA}20261112090000.SBX", 1),
            ("sem-nome", "sem nome.SBX", 1),
        ):
            self._play(name, ("sib", "submit", str(self.files / file), *sent), status)
        self._play("close", ("sib", "close", MONTH))
        self._play("cnx", ("sib", "cnx", OPERADORA, MONTH, "--out", str(stage.out / "conferencia.CNX")))

    def _play(self, name: str, argv: tuple[str, ...], status: int = 0) -> None:
        self.stage.keep(name.replace("-", ""))
        began = time.monotonic()
        ended = self.stage.run(*argv)
        seconds = time.monotonic() - began
        assert ended.status == status, ended
        self.steps[name] = Step(name, argv, status, seconds, picture(self.stage))

    def set_before(self, step: str) -> Step:
        self.stage.back_to(step.replace("-", ""))
        return self.steps[step]

    def again(self, step: Step) -> Ended:
        """Repeat the step after a kill, and hold what it leaves against the undisturbed run."""
        ended = self.stage.run(*step.argv)
        already_done = "ERRO_NOME_ARQUIVO_INVALIDO" in ended.err and step.name != "sem-nome"
        assert ended.status == (1 if already_done else step.status), ended
        self.is_as_undisturbed(step)
        # The job of a file that had ended when its process was killed waits for a worker, who finds nothing to do.
        if step.name not in ("close", "errado") and not already_done:
            assert not self.stage.unfinished_jobs()
        if already_done:
            assert "O resultado do primeiro envio deste arquivo está no seu RPX" in ended.err
        return ended

    def is_as_undisturbed(self, step: Step, *, only: Collection[str] | None = None) -> None:
        """The whole state, or `only` these parts of it."""
        then, now = (
            {name: rows for name, rows in one.items() if only is None or name in only}
            for one in (step.after, picture(self.stage))
        )
        assert difference(then, now) == []
        self.every_number_once()
        sound = self.stage.run("audit", "verify", "--json")
        assert sound.status == 0, sound
        for path in self.stage.out.iterdir():
            assert not path.name.endswith(".parcial") or path.name.startswith(".")

    def every_number_once(self) -> None:
        twice = (
            "SELECT i.valor FROM cadsus_identificador i JOIN cadsus_cartao c ON c.pessoa_id = i.pessoa_id "
            "WHERE i.tipo = 1 AND {issued} GROUP BY i.valor HAVING count(*) > 1"
        )
        assert self.stage.query(twice.format(issued="substr(c.cns, 2, 3) = '099'")) == []
