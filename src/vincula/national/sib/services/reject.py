"""A whole file is rejected: the state says why, and an RPX `arquivoRejeitado` goes back."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import asdict

from vincula.common.audit.services import Event, record
from vincula.common.locks import exclusive
from vincula.national.sib.models import Arquivo
from vincula.national.sib.rules.rejections import Rejection
from vincula.national.sib.services import months
from vincula.national.sib.services.answer import write_rejection_rpx


def note_down(arquivo: Arquivo, rejection: Rejection) -> None:
    """Put into the row, unsaved, that the file is rejected and why."""
    arquivo.estado = Arquivo.Estado.REJEITADO
    arquivo.rejeicao = rejection.code
    arquivo.explicacao = {k: v for k, v in asdict(rejection).items() if k != "code"}


def noted_down(arquivo: Arquivo) -> Rejection:
    """The rejection of a row that `note_down` has written."""
    assert arquivo.rejeicao is not None
    kept = dict(arquivo.explicacao)
    return Rejection(code=arquivo.rejeicao, **{**kept, "faults": tuple(kept["faults"])})


def on_arrival(arquivo: Arquivo) -> AbstractContextManager[None]:
    """Held by who rejects a file that arrives, so that another does not take him for dead before the RPX is there."""
    return exclusive(f"sib:rejeicao:{arquivo.sha256}")


def reject(arquivo: Arquivo, rejection: Rejection) -> None:
    """End the file as REJEITADO with its RPX; the moment of processing says that it is there. May be repeated."""
    note_down(arquivo, rejection)
    arquivo.processado_em = arquivo.processado_em or months.now()
    write_rejection_rpx(arquivo, rejection)
    record(
        Event(
            "sistema",
            "sib:arquivo:rejeitado",
            f"operadora:{arquivo.registro_ans}",
            details={"arquivo": arquivo.pk, "codigo": rejection.code},
        )
    )
    arquivo.save()
