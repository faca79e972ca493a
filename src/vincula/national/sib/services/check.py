"""`vincula sib check`: what would become of an SBX, as far as the file itself can tell. Nothing is stored."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, BinaryIO, cast

from vincula.formats.sib import Run, parse_name, read_sbx
from vincula.national.ibge import services as ibge
from vincula.national.sib.rules import records, rejections
from vincula.national.sib.rules.catalog import Finding, rules
from vincula.national.sib.rules.fields import BY_COLUMN, INCLUSAO, MOVEMENTS
from vincula.national.sib.rules.records import Context, Facts
from vincula.national.sib.rules.rejections import Rejection
from vincula.national.sib.rules.screen import Screen
from vincula.national.sib.services import months
from vincula.national.sib.services.intake import check_header, check_whole

SHOWN = 200


@dataclass(slots=True)
class Report:
    """What was found. `findings`: the first ones, (position, código, finding); all are counted in `by_rule`."""

    name: str
    rejection: Rejection | None = None
    kinds: Counter[int] = field(default_factory=Counter)
    hash_message: str = ""
    no_movement_reason: str = ""
    findings: list[tuple[int, str, Finding]] = field(default_factory=list)
    by_rule: Counter[str] = field(default_factory=Counter)

    def as_mapping(self) -> dict[str, Any]:
        """For `--json`."""
        return {
            "arquivo": self.name,
            "aceito": self.rejection is None,
            "rejeicao": _rejection_mapping(self.rejection),
            "hash": self.hash_message,
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
        lines = [f"{self.name}: {sum(self.kinds.values())} procedimento(s)."]
        lines += [f"  {MOVEMENTS[kind].lower()}: {count}" for kind, count in sorted(self.kinds.items())]
        if self.no_movement_reason:
            lines.append(f"  sem movimento, motivo {self.no_movement_reason}")
        if self.hash_message:
            lines.append(f"Hash: {self.hash_message}")
        if self.rejection:
            lines += [_fault_line(fault) for fault in self.rejection.faults]
            return lines
        for position, code, finding in self.findings:
            rule = rules()[finding.rule]
            word = "recusa" if rule.refuses else "aviso"
            lines.append(
                f"Procedimento {position}, beneficiário {code}: {finding.rule} ({word}) em "
                f"{BY_COLUMN[finding.column].label}. {rule.message} {rule.remedy}"
            )
        hidden = sum(self.by_rule.values()) - len(self.findings)
        if hidden > 0:
            lines.append(f"… e mais {hidden} crítica(s). Por regra: {dict(self.by_rule.most_common())}")
        lines.append(
            "O arquivo seria aceito. Código em uso, titular e CCO só se conferem contra a base, no envio."
        )
        return lines


def _rejection_mapping(rejection: Rejection | None) -> dict[str, Any] | None:
    if rejection is None:
        return None
    return {
        "codigo": rejection.code,
        "nome": rejection.name,
        "mensagem": rejection.message,
        "remedio": rejection.remedy,
        "falhas": list(rejection.faults),
        "total_de_falhas": rejection.fault_count,
    }


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
    report.rejection = check_header(parsed.registro_ans, reader)
    context = Context(months.now().date().isoformat(), ibge.municipality_codes6())
    screen = Screen(context)
    for run in reader.runs():
        report.kinds[run.kind] += len(run.rows)
        if run.kind == 1:
            _judge(report, run, screen, context)
        progress(run.first + len(run.rows))
    report.rejection = report.rejection or check_whole(reader)
    report.hash_message = reader.outcome.hash_diagnosis.message
    report.no_movement_reason = reader.outcome.no_movement_reason or ""
    return report


def _judge(report: Report, run: Run, screen: Screen, context: Context) -> None:
    rows = cast("list[tuple[str, ...]]", run.rows)
    for index in sorted(screen.suspects(rows)):
        record = dict(zip(INCLUSAO, rows[index], strict=True))
        for finding in records.check_inclusao(record, Facts(), context):
            report.by_rule[finding.rule] += 1
            if len(report.findings) < SHOWN:
                report.findings.append((run.first + index, record["codigo"], finding))
