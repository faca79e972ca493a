"""CNX of the whole operadora against lxml.etree.xmlfile writing the same rows, read from the same base."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from pathlib import Path

from lxml import etree

from bench import setup
from bench.data import OPERADORA, World
from bench.report import Row
from vincula.common.files import whole_file
from vincula.formats.sib import COLUMNS_CNX, write_cnx
from vincula.national.sib.services.conference import header
from vincula.national.sib.services.conference import rows as rows_of

RUNS = 1  # a minute and a half a pair: a second one would not fit
_GROUPS = (("identificacao", 3, 11), ("endereco", 11, 20), ("vinculo", 20, 35))


def plain(out: Path, rows: Iterable[tuple[str, ...]]) -> None:
    """The same beneficiaries with lxml's incremental writer (and no hash)."""
    with (
        out.open("wb") as target,
        etree.xmlfile(target, encoding="ISO-8859-1") as xml,
        xml.element("conferencia"),
    ):
        for row in rows:
            attributes = {name: value for name, value in zip(COLUMNS_CNX[:3], row[:3], strict=True) if value}
            with xml.element("beneficiario", attributes):
                for group, first, last in _GROUPS:
                    with xml.element(group):
                        for name, value in zip(COLUMNS_CNX[first:last], row[first:last], strict=True):
                            if value:
                                with xml.element(name):
                                    xml.write(value)


def run(world: World, engine: str) -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "a.CNX"

        def rows() -> Iterable[tuple[str, ...]]:
            return rows_of(OPERADORA, setup.MONTH)

        def limit() -> float:
            return setup.timed(lambda: plain(target, rows()))

        def ours() -> float:
            def work() -> None:
                with whole_file(target) as out:
                    write_cnx(out, header(OPERADORA, setup.MONTH), rows())

            return setup.timed(work)

        least, own = setup.paired(limit, ours, RUNS)
    return [
        Row(
            "CNX of one operadora",
            engine,
            world.people,
            "lxml.etree.xmlfile",
            least,
            own,
            target=2.0,
            inverse=True,
        )
    ]
