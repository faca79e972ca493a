"""The first reading of a register: what it holds, before anything is written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from vincula.common.loads import LoadReport
from vincula.formats.opendata import CadopFault, CadopRow, Layout
from vincula.national.cadop.rules import is_administradora


@dataclass(slots=True)
class Survey:
    """What a file holds. Bounded: a registro has six digits, one of them a check digit."""

    lines: dict[str, int] = field(default_factory=dict)
    """Line of the last good row of each registro: the row that holds."""
    registros: set[str] = field(default_factory=set)
    cnpjs: set[str] = field(default_factory=set)
    """Whom the refused rows name."""
    nameless: int = 0
    """Refused rows that name nobody."""
    administradoras: set[str] = field(default_factory=set)
    newest: date | None = None
    layout: Layout = Layout.ATUAL
    whole_file: CadopFault | None = None

    def take(self, row: CadopRow) -> bool:
        """Note a good row; True where it replaces an earlier one of the same operadora."""
        replaces = row.registro_ans in self.lines
        self.lines[row.registro_ans] = row.line
        self.layout = row.layout
        if is_administradora(row.modalidade):
            self.administradoras.add(row.registro_ans)
        else:
            self.administradoras.discard(row.registro_ans)
        if row.data_registro and (self.newest is None or row.data_registro > self.newest):
            self.newest = row.data_registro
        return replaces

    def refuse(self, fault: CadopFault) -> None:
        """Note a refused row."""
        if fault.registro:
            self.registros.add(fault.registro)
        elif fault.cnpj:
            self.cnpjs.add(fault.cnpj)
        else:
            self.nameless += 1


def survey_of(items: Iterable[CadopRow | CadopFault], report: LoadReport) -> Survey:
    """Read a file through; `report` gets its rows, the repeated and the refused ones."""
    survey = Survey()
    for item in items:
        if isinstance(item, CadopRow):
            report.rows += 1
            if survey.take(item):
                report.repeated += 1
        elif item.whole_file:
            survey.whole_file = item
        else:
            report.rows += 1
            report.refused.add(item.line, item.code, f"{item.message} {item.remedy}", item.column)
            survey.refuse(item)
    return survey
