"""What became of a file, for pages and for the command line."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from vincula.common.words import counted
from vincula.formats.sib.rpx import MOVEMENT_NAMES
from vincula.national.sib.models import Arquivo
from vincula.national.sib.rules.calendar import as_text
from vincula.national.sib.rules.fields import MOVEMENTS
from vincula.national.sib.rules.rejections import Rejection
from vincula.national.sib.services import files


@dataclass(frozen=True, slots=True)
class Result:
    """A file and what became of it, for pages and commands. `totals`: kind → (records, refused)."""

    id: int
    registro: str
    name: str
    month: int
    state: str
    received: datetime
    processed: datetime | None
    protocol: str
    rpx: str
    size: int
    resumed: bool
    no_movement_reason: str
    totals: dict[int, tuple[int, int]] = field(default_factory=dict)
    rejection: Rejection | None = None

    @property
    def ended(self) -> bool:
        return self.state in (Arquivo.Estado.PROCESSADO, Arquivo.Estado.REJEITADO)

    @property
    def repeats(self) -> bool:
        """Whether it only brought once more what another file had brought."""
        return self.rejection is not None and self.rejection.repeats

    @property
    def records(self) -> int:
        return sum(count for count, _ in self.totals.values())

    @property
    def refused(self) -> int:
        return sum(refused for _, refused in self.totals.values())

    def as_mapping(self) -> dict[str, Any]:
        """For `--json`."""
        return {
            "arquivo": self.name,
            "registro_ans": self.registro,
            "competencia": as_text(self.month),
            "estado": self.state,
            "protocolo": self.protocol,
            "retomado": self.resumed,
            "sem_movimento": self.no_movement_reason,
            "movimentos": {
                MOVEMENTS[kind]: {"registros": count, "processados": count - refused, "rejeitados": refused}
                for kind, (count, refused) in self.totals.items()
            },
            "registros": self.records,
            "rejeitados": self.refused,
            "rejeicao": self.rejection.as_mapping() if self.rejection else None,
        }

    def as_lines(self) -> list[str]:
        """For people."""
        lines = [f"{self.name}: {self.state}, competência {as_text(self.month)}."]
        if self.protocol:
            lines.append(f"Protocolo: {self.protocol}")
        for kind, (count, refused) in self.totals.items():
            counts = (
                f"{counted(count, 'registro', 'registros')}, {counted(count - refused, 'aceito', 'aceitos')}, "
                f"{counted(refused, 'recusado', 'recusados')}"
            )
            lines.append(f"  {MOVEMENT_NAMES[kind].lower()}: {counts}")
        if self.rejection and not self.rejection.told_whole:
            lines += [
                f"  linha {f['line']}, coluna {f['column']}: {f['message']}"
                for f in self.rejection.faults[:20]
            ]
        return lines


def result(arquivo_id: int) -> Result:
    """The result of one file. Raises Arquivo.DoesNotExist."""
    return _result(Arquivo.objects.get(pk=arquivo_id))


def results_of(registro: str, *, month: int | None = None, limit: int = 50, offset: int = 0) -> list[Result]:
    """An operadora's files, newest first."""
    found = Arquivo.objects.filter(registro_ans=registro).order_by("-pk")
    if month is not None:
        found = found.filter(competencia=month)
    return [_result(one) for one in found[offset : offset + limit]]


def _result(one: Arquivo) -> Result:
    rejection = None
    if one.rejeicao is not None:
        kept = dict(one.explicacao)
        kept["faults"] = tuple(kept.get("faults", ()))
        rejection = (
            Rejection(code=one.rejeicao, **kept) if "message" in kept else Rejection(one.rejeicao, "", "")
        )
    return Result(
        id=one.pk,
        registro=one.registro_ans,
        name=one.nome,
        month=one.competencia,
        state=one.estado,
        received=one.recebido_em,
        processed=one.processado_em,
        protocol=one.protocolo,
        rpx=one.rpx,
        size=one.tamanho,
        resumed=one.retomadas > 0,
        no_movement_reason=one.motivo_nao_envio,
        totals={int(kind): (count, refused) for kind, (count, refused) in one.totais.items()},
        rejection=rejection,
    )


def rpx_path(one: Result) -> Path:
    """Where the RPX of an ended file lies."""
    return files.rpx(one.rpx)
