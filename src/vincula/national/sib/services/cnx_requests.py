"""The state of a request for a CNX, and the file only for who asked for it before (R098)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from vincula.common.jobs.services import Estado, latest
from vincula.common.outcomes import Outcome, Refused
from vincula.national.sib.models import PedidoCnx
from vincula.national.sib.rules.calendar import as_text
from vincula.national.sib.services.conference import Conference, conference, file_name, may_have
from vincula.national.sib.services.work import CNX


@dataclass(frozen=True, slots=True)
class CnxState:
    """`refused`: why it cannot be had now. `working`: it is being made. `failed`: why making it failed.

    `ready`: it can be fetched, under `name`, with `beneficiarios` vínculos; `sha256` proves that it is always the same.
    """

    month: int
    name: str
    refused: Refused | None = None
    working: bool = False
    failed: str = ""
    ready: bool = False
    asked: datetime | None = None
    beneficiarios: int = 0
    sha256: str = ""


def cnx_state(registro: str, month: int) -> CnxState:
    """Where the operadora's CNX of the competência stands."""
    name = file_name(registro, month)
    refused = may_have(registro, month)
    if refused:
        return CnxState(month, name, refused)
    request = PedidoCnx.objects.filter(registro_ans=registro, competencia=month).first()
    if request is not None and request.estado == PedidoCnx.Estado.PRONTO:
        return CnxState(
            month,
            name,
            ready=True,
            asked=request.pedido_em,
            beneficiarios=request.beneficiarios,
            sha256=request.sha256,
        )
    job = latest(CNX, f"{registro}:{month}")
    if job is None:
        return CnxState(month, name)
    return CnxState(
        month,
        name,
        working=job.active,
        failed=job.message if job.state == Estado.FALHOU else "",
        asked=job.created,
    )


def fetch_cnx(registro: str, month: int, actor: str) -> Outcome[Conference]:
    """The file of a request that is ready; audited. Refused while it was not asked for or is being made."""
    state = cnx_state(registro, month)
    if state.refused:
        return state.refused
    if not state.ready:
        return Refused(
            "CNX_NAO_PEDIDO",
            f"O CNX da competência {as_text(month)} ainda não está pronto.",
            "Peça-o na página do CNX e aguarde: leva segundos.",
        )
    return conference(registro, month, actor)
