"""How SIB's states and kinds are written on pages: `{% load sib %}`."""

from __future__ import annotations

from typing import Any

from django import template

from vincula.common.page.components import KINDS
from vincula.national.sib.rules import calendar
from vincula.national.sib.rules.reasons import ACTION_TEXT, Action

register = template.Library()

_MOVEMENTS = {
    "INCLUSAO": "Inclusão",
    "RETIFICACAO": "Retificação",
    "MUDANCA CONTRATUAL": "Mudança contratual",
    "CANCELAMENTO": "Cancelamento",
    "REATIVACAO": "Reativação",
    "SEM MOVIMENTACAO": "Sem movimentação",
}
# State → the words of the page and the colour of its tag.
_STATES = {
    "ABERTA": ("ABERTA", "info"),
    "ENCERRADA": ("ENCERRADA", "warning"),
    "CONSOLIDADA": ("CONSOLIDADA", "success"),
    "RECEBIDO": ("RECEBIDO", "neutral"),
    "EM_PROCESSAMENTO": ("EM PROCESSAMENTO", "info"),
    "PUBLICADO": ("EM PROCESSAMENTO", "info"),  # its RPX is being written: nothing the operadora would act on
    "PROCESSADO": ("PROCESSADO", "success"),
    "REJEITADO": ("REJEITADO", "danger"),
    "ATIVO": ("ATIVO", "success"),
    "INATIVO": ("INATIVO", "neutral"),
}


@register.filter
def mes(month: int | None) -> str:
    """202611 → "2026-11"; "" for none."""
    return calendar.as_text(month) if month else ""


@register.filter
def movimento(name: str) -> str:
    """The name of a movement as people write it."""
    return _MOVEMENTS[name]


@register.filter
def acao(action: Action) -> str:
    """How a vínculo came to its CNS."""
    return ACTION_TEXT[action]


@register.inclusion_tag("page/componentes/etiqueta.html")
def estado(state: str) -> dict[str, Any]:
    """A state of a file, a competência or a vínculo as a tag."""
    text, kind = _STATES[state]
    css, symbol, _ = KINDS[kind]
    return {"text": text, "css": css, "symbol": symbol}


@register.filter
def tamanho(size: int) -> str:
    """123456789 → "117,7 MB"."""
    amount = float(size)
    for unit in ("bytes", "KB", "MB"):
        if amount < 1024:
            return f"{amount:.0f} {unit}" if unit == "bytes" else f"{amount:.1f} {unit}".replace(".", ",")
        amount /= 1024
    return f"{amount:.1f} GB".replace(".", ",")
