"""Alerts of the API: somebody seems to try numbers out (access.md, L6). Raised by `watch`, seen by people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from vincula.common.audit.services import Event, record
from vincula.common.outcomes import Accepted, Outcome, Refused
from vincula.national.api.models import Alerta, Credencial

QUIET = timedelta(hours=1)  # one alert of a kind for a credential; more would only bury it

KINDS = {
    "NUMEROS_SEGUIDOS": "consultas a números consecutivos",
    "MUITOS_ERROS": "muitas consultas sem resultado",
    "LIMITE": "limite de consultas atingido repetidas vezes",
    "RESTRITA": "consultas a pessoas com dados protegidos",
    "SENHAS": "senhas erradas repetidas",
}


@dataclass(frozen=True, slots=True)
class Alert:
    id: int
    credencial: str
    tipo: str
    descricao: str
    quando: datetime
    detalhes: dict[str, Any]
    visto_em: datetime | None


def raise_alert(client: str, kind: str, details: dict[str, Any]) -> bool:
    """Note an alert, unless the same one was raised within the hour. Whether it was noted."""
    now = timezone.now()
    with transaction.atomic():
        credential = Credencial.objects.select_for_update().filter(identificador=client).first()
        if credential is None or credential.alertas.filter(tipo=kind, quando__gt=now - QUIET).exists():
            return False
        Alerta.objects.create(credencial=credential, tipo=kind, quando=now, detalhes=details)
        record(
            Event("sistema", "api:alerta:criado", f"credencial:{client}", details={"tipo": kind, **details})
        )
    return True


def alerts(*, seen: bool = False) -> list[Alert]:
    """Newest first; those already seen only where asked for."""
    found = Alerta.objects.select_related("credencial").order_by("-quando", "-id")
    if not seen:
        found = found.filter(visto_em=None)
    return [
        Alert(
            one.pk,
            one.credencial.identificador,
            one.tipo,
            KINDS.get(one.tipo, ""),
            one.quando,
            one.detalhes,
            one.visto_em,
        )
        for one in found
    ]


def see_alert(number: int, actor: str) -> Outcome[int]:
    """Somebody has looked into it. Refused: ALERTA_DESCONHECIDO."""
    with transaction.atomic():
        if not Alerta.objects.filter(pk=number, visto_em=None).update(visto_em=timezone.now()):
            return Refused(
                "ALERTA_DESCONHECIDO",
                "Não há alerta por ver com esse número.",
                "Veja vincula credential alerts.",
            )
        record(Event(actor, "api:alerta:visto", f"alerta:{number}"))
    return Accepted(number)
