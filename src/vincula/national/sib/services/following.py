"""A file as its operadora follows it: whether it is its own, how far it is, whether it must be asked again."""

from __future__ import annotations

from dataclasses import dataclass

from vincula.common.jobs.services import Estado, latest
from vincula.national.sib.models import Arquivo
from vincula.national.sib.services.results import Result, result
from vincula.national.sib.services.work import INTAKE


@dataclass(frozen=True, slots=True)
class Following:
    """`done` of `total` bytes read (0: not begun). `resumed`: how often the work was taken up after an interruption.

    `failed`: why nobody is at work on the file although it has not ended, "" when somebody is or it has.
    """

    result: Result
    done: int = 0
    total: int = 0
    message: str = ""
    resumed: int = 0
    failed: str = ""


NOBODY = "O arquivo foi recebido e está guardado, mas o processamento não está na fila."


def own_file(registro: str, arquivo_id: int) -> Result | None:
    """The operadora's file with this number; None for another's, as for one that never was (R101)."""
    if not Arquivo.objects.filter(pk=arquivo_id, registro_ans=registro).exists():
        return None
    return result(arquivo_id)


def same_sent_before(arquivo_id: int) -> Result | None:
    """The processed file whose content this one repeats: whoever lost its answer is sent to it."""
    rejection = result(arquivo_id).rejection
    if rejection is None or not rejection.repeats:
        return None
    earlier = result(rejection.earlier)
    return earlier if earlier.state == Arquivo.Estado.PROCESSADO else None


def follow(found: Result) -> Following:
    """How far the file is now."""
    times = Arquivo.objects.values_list("retomadas", flat=True).get(pk=found.id)
    if found.ended:
        return Following(found, resumed=times)
    job = latest(INTAKE, f"arquivo:{found.id}")
    if job is None:
        return Following(found, resumed=times, failed=NOBODY)
    times = max(times, job.resumed)
    if job.state == Estado.FALHOU:
        return Following(found, resumed=times, failed=job.message)
    if not job.active:  # it ended between the two looks, or another file's job did this one's work in part
        found = result(found.id)
        return Following(found, resumed=times, failed="" if found.ended else NOBODY)
    return Following(found, job.done, job.total, job.message, times)


def count_files(registro: str, month: int | None = None) -> int:
    """How many files of the operadora arrived, rejected ones too; of one competência if asked."""
    found = Arquivo.objects.filter(registro_ans=registro)
    return (found if month is None else found.filter(competencia=month)).count()
