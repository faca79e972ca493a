"""`vincula sib check`: what would become of an SBX, as far as the file itself can tell. Nothing is stored."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, BinaryIO, cast

from vincula.common.words import counted
from vincula.formats.sib import Run, SbxReader, parse_name, read_sbx
from vincula.formats.sib.characters import printable
from vincula.formats.sib.rpx import MOVEMENT_NAMES
from vincula.national.cadop import services as cadop
from vincula.national.ibge import services as ibge
from vincula.national.sib.rules import records, rejections
from vincula.national.sib.rules.catalog import Finding, rules
from vincula.national.sib.rules.fields import BY_COLUMN, INCLUSAO, MOVEMENTS
from vincula.national.sib.rules.records import Context, Facts
from vincula.national.sib.rules.rejections import Rejection
from vincula.national.sib.rules.screen import Screen
from vincula.national.sib.services import months
from vincula.national.sib.services.intake import check_whole, fault_mappings, judge_header

SHOWN = 200


@dataclass(slots=True)
class Report:
    """What was found. `findings`: the first ones, (position, código, finding); all are counted in `by_rule`.

    `faults`: of structure, the first ones of `fault_count`, whatever the file is refused for. `kinds` are counted as
    far as rows could be read, `procedures` to the end. `notes`: what could not be checked here.
    """

    name: str
    rejection: Rejection | None = None
    procedures: int = 0
    kinds: Counter[int] = field(default_factory=Counter)
    faults: tuple[dict[str, Any], ...] = ()
    fault_count: int = 0
    notes: list[str] = field(default_factory=list)
    hash_message: str = ""
    no_movement_reason: str = ""
    findings: list[tuple[int, str, Finding]] = field(default_factory=list)
    by_rule: Counter[str] = field(default_factory=Counter)

    def as_mapping(self) -> dict[str, Any]:
        """For `--json`."""
        return {
            "arquivo": self.name,
            "aceito": self.rejection is None,
            "rejeicao": self._all_told().as_mapping() if self.rejection else None,
            "notas": self.notes,
            "hash": self.hash_message,
            "total_de_procedimentos": self.procedures,
            "procedimentos": {MOVEMENTS[kind]: count for kind, count in sorted(self.kinds.items())},
            "sem_movimento": self.no_movement_reason,
            "criticas": dict(self.by_rule.most_common()),
            "exemplos": [
                {
                    "posicao": position,
                    "beneficiario": code,
                    "regra": f.rule,
                    "campo": BY_COLUMN[f.column].element,
                }
                for position, code, f in self.findings
            ],
        }

    def as_lines(self) -> list[str]:
        """For people."""
        lines = [f"{self.name}: {counted(self.procedures, 'procedimento', 'procedimentos')}."]
        if sum(self.kinds.values()) == self.procedures:
            lines += [
                f"  {MOVEMENT_NAMES[kind].lower()}: {count}" for kind, count in sorted(self.kinds.items())
            ]
        if self.no_movement_reason:
            lines.append(f"  sem movimento, motivo {self.no_movement_reason}")
        if self.hash_message:
            lines.append(f"Hash: {self.hash_message}")
        lines += self.notes
        if self.rejection:
            if not self.rejection.told_whole:
                lines += [_fault_line(fault) for fault in self.faults]
            if self.fault_count > len(self.faults):
                more = counted(self.fault_count - len(self.faults), "falha", "falhas")
                lines.append(f"… e mais {more} de estrutura.")
            return lines
        for position, code, finding in self.findings:
            rule = rules()[finding.rule]
            word = "recusa" if rule.refuses else "aviso"
            lines.append(
                f"Procedimento {position}, beneficiário {printable(code)}: {finding.rule} ({word}) em "
                f"{BY_COLUMN[finding.column].label}. {rule.message} {rule.remedy}"
            )
        hidden = sum(self.by_rule.values()) - len(self.findings)
        if hidden > 0:
            more = counted(hidden, "crítica", "críticas")
            lines.append(f"… e mais {more}. Por regra: {dict(self.by_rule.most_common())}")
        lines.append(
            "O arquivo seria aceito. Código em uso, titular e CCO só se conferem contra a base, no envio."
        )
        return lines

    def _all_told(self) -> Rejection:
        """The rejection with every fault of structure, whatever it is for."""
        assert self.rejection is not None
        return replace(self.rejection, faults=self.faults, fault_count=self.fault_count)


def _fault_line(fault: dict[str, Any]) -> str:
    where = f"Linha {fault['line']}, coluna {fault['column']}"
    if fault["position"]:
        where += f", procedimento {fault['position']}"
    if fault["beneficiary"]:
        where += f", beneficiário {fault['beneficiary']}"
    return f"{where}: {fault['message']} {fault['remedy']}"


def check(source: BinaryIO, name: str, progress: Callable[[int], None]) -> Report:
    """Read the whole file and judge what can be judged without the base of vínculos."""
    report = Report(name)
    parsed = parse_name(name)
    if parsed is None or parsed.kind != "SBX":
        report.rejection = rejections.bad_name(name)
        return report
    reader = read_sbx(source)
    wrong_header = _judge_header(report, parsed.registro_ans, reader)
    context = Context(months.now().date().isoformat(), ibge.municipality_codes6())
    screen = Screen(context)
    for run in reader.runs():
        report.kinds[run.kind] += len(run.rows)
        if run.kind == 1:
            _judge(report, run, screen, context)
        progress(run.first + len(run.rows))
    outcome = reader.outcome
    report.rejection = wrong_header or check_whole(reader)
    report.procedures = outcome.procedures
    report.faults, report.fault_count = fault_mappings(outcome.faults), outcome.fault_count
    report.hash_message = outcome.hash_diagnosis.message
    report.no_movement_reason = outcome.no_movement_reason or ""
    return report


def _judge_header(report: Report, registro: str, reader: SbxReader) -> Rejection | None:
    """A header with faults of structure is judged with the whole; without CADOP nobody can say who the operadora is."""
    if reader.faults:
        return None
    loaded, operadora = cadop.is_loaded(), cadop.get(registro)
    if not loaded:
        report.notes.append(
            "A operadora não pôde ser conferida: o CADOP não foi carregado nesta instalação, e sem ele o envio seria"
            " rejeitado com 18 (vincula bases load cadop ARQUIVO)."
        )
    return judge_header(
        registro,
        reader.header,
        known=not loaded or operadora is not None,
        active=not loaded or (operadora is not None and operadora.ativa),
    )


def _judge(report: Report, run: Run, screen: Screen, context: Context) -> None:
    rows = cast("list[tuple[str, ...]]", run.rows)
    for index in sorted(screen.suspects(rows)):
        record = dict(zip(INCLUSAO, rows[index], strict=True))
        for finding in records.check_inclusao(record, Facts(), context):
            report.by_rule[finding.rule] += 1
            if len(report.findings) < SHOWN:
                report.findings.append((run.first + index, record["codigo"], finding))
