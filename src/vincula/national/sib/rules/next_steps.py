"""What an operadora should do next, in words, from where it stands. Pure: the page says it, nothing is enforced."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from vincula.common.words import counted
from vincula.national.sib.rules.calendar import as_text


@dataclass(frozen=True, slots=True)
class Standing:
    """`files_open`: files of the open competência that were not rejected. `last_rejected`, `last_refused`: of the
    newest ended file, whether it was rejected and how many records were refused. `consolidated`: the last such
    competência, with `without_cns` of its vínculos and whether its CNX is ready (`cnx_ready`)."""

    open_month: int
    last_day: date
    today: date
    files_open: int = 0
    last_rejected: bool = False
    last_refused: int = 0
    consolidated: int | None = None
    without_cns: int = 0
    cnx_ready: bool = False


@dataclass(frozen=True, slots=True)
class NextStep:
    """A sentence and where it leads: "enviar", "arquivo" (the newest ended one), "sem-cns" or "cnx"."""

    text: str
    where: str


def next_steps(now: Standing) -> list[NextStep]:
    """The steps, the most urgent first; empty when there is nothing to do."""
    steps: list[NextStep] = []
    if now.last_rejected:
        steps.append(
            NextStep(
                "O último arquivo foi rejeitado e conta como não enviado: veja o que corrigir e envie-o outra vez.",
                "arquivo",
            )
        )
    elif now.last_refused:
        words = counted(
            now.last_refused,
            "registro do último arquivo foi recusado",
            "registros do último arquivo foram recusados",
        )
        steps.append(
            NextStep(f"{words}: veja as críticas, corrija e envie de novo só o que foi recusado.", "arquivo")
        )
    if not now.files_open:
        steps.append(NextStep(_send(now), "enviar"))
    if now.without_cns:
        words = counted(now.without_cns, "beneficiário está", "beneficiários estão")
        each = "" if now.without_cns == 1 else " de cada um"
        steps.append(NextStep(f"{words} sem CNS: veja o motivo e o próximo passo{each}.", "sem-cns"))
    if now.consolidated and not now.cnx_ready:
        steps.append(
            NextStep(f"Peça o CNX da competência {as_text(now.consolidated)} e confira a sua base.", "cnx")
        )
    return steps


def _send(now: Standing) -> str:
    left = (now.last_day - now.today).days
    if left < 0:
        term = (
            f"assim que possível: o prazo foi {now.last_day:%d/%m/%Y} e a competência ainda recebe arquivos"
        )
    else:
        remaining = {0: "hoje é o último dia", 1: "falta 1 dia"}.get(left, f"faltam {left} dias")
        term = f"até {now.last_day:%d/%m/%Y} ({remaining})"
    return (
        f"Envie o arquivo SBX da competência {as_text(now.open_month)} {term}; se nada mudou na base, envie um arquivo "
        "sem movimentação (motivo 62)."
    )
