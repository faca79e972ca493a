"""A whole file is rejected: the state says why, and an RPX `arquivoRejeitado` goes back."""

from __future__ import annotations

from dataclasses import asdict

from vincula.common.audit.services import Event, record
from vincula.national.sib.models import Arquivo
from vincula.national.sib.rules.rejections import Rejection
from vincula.national.sib.services import months
from vincula.national.sib.services.results import write_rejection_rpx


def reject(arquivo: Arquivo, rejection: Rejection) -> None:
    """End the file as REJEITADO with its RPX. Repeating it gives the same end."""
    arquivo.estado = Arquivo.Estado.REJEITADO
    arquivo.rejeicao = rejection.code
    arquivo.explicacao = {k: v for k, v in asdict(rejection).items() if k != "code"}
    arquivo.processado_em = arquivo.processado_em or months.now()
    write_rejection_rpx(arquivo, rejection)
    arquivo.save()
    record(
        Event(
            "sistema",
            "sib:arquivo:rejeitado",
            f"operadora:{arquivo.registro_ans}",
            details={"arquivo": arquivo.pk, "codigo": rejection.code},
        )
    )
