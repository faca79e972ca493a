"""What the steps' page shows of a step: `{% load onboarding %}`."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from vincula.common.page.templatetags.vincula import status_tag
from vincula.national.onboarding.rules import Found, Standing
from vincula.national.support import services as support

register = template.Library()
_KINDS = {
    Standing.FEITO: "success",
    Standing.EM_ANALISE: "warning",
    Standing.POR_FAZER: "info",
    Standing.BLOQUEADO: "neutral",
}
# Names of the rooms' pages -> what the link says.
_LABELS = {
    "cnes-obter": "Obter CNES",
    "govbr-entrar": "Entrar com GOV.BR",
    "saiba-mais": "O que é a qualidade do cadastro",
    "operadora-escolher": "Escolher a operadora",
    "cnes-sede": "Registrar a sede (simulado)",
    "cnes-sede-cadastro": "Seguir o registro da sede",
    "support-chamado": "Ver o chamado",
    "support-abrir": "Quero abrir um chamado",
    "sgop-nova": "Pedir acesso",
    "sgop-inicio": "Ir ao SGOP",
    "sgop-termos": "Ler e aceitar os termos",
    "segcartao": "Ir ao CadSUS Web",
}


@register.inclusion_tag("page/componentes/etiqueta.html")
def standing(value: Standing) -> dict[str, Any]:
    """The state of a step, in words and with its symbol."""
    return status_tag(value.value, _KINDS[value])


@register.simple_tag
def act(found: Found) -> SafeString:
    """The link to the page where the step is done; nothing where it is done elsewhere."""
    if not found.where:
        return SafeString("")
    try:
        address = reverse(found.where, args=[found.which] if found.which else [])
    except NoReverseMatch:  # of a room that this installation does not have
        return SafeString("")
    if found.where == "support-abrir":
        address = support.ticket_url("cadsus-web")
    return format_html(
        '<p><a class="br-button secondary" href="{}">{}</a></p>', address, _LABELS[found.where]
    )
