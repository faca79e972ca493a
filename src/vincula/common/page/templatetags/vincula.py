"""The components that pages are made of: `{% load vincula %}`. Examples: tests/browser/exemplo.html."""

from __future__ import annotations

from typing import Any

from django import forms, template
from django.core.paginator import Page
from django.forms.boundfield import BoundField
from django.template.context import Context, RequestContext
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import slugify

from vincula.common.outcomes import Refused
from vincula.common.page import components
from vincula.common.page.assets import vendor_present
from vincula.common.page.help_links import DETAIL, ticket_links
from vincula.common.words import counted
from vincula.identifiers import cnpj as cnpj_rules
from vincula.identifiers import cpf as cpf_rules

register = template.Library()


@register.filter
def pt_number(value: Any) -> str:
    """1234567 -> "1.234.567"; "" for nothing."""
    return "" if value in (None, "") else components.integer(int(value))


@register.filter
def contado(value: Any, nouns: str) -> str:
    """A number with its noun: `{{ n|contado:"arquivo,arquivos" }}` -> "1 arquivo", "2 arquivos", "0 arquivos"."""
    one, many = nouns.split(",")
    return counted(int(value), one, many)


@register.filter
def mask_cpf(value: str | None) -> SafeString:
    """`***.456.789-**`, never broken over two lines; "" for nothing."""
    return (
        format_html('<span class="v-inteiro">{}</span>', cpf_rules.mask(value)) if value else SafeString("")
    )


@register.filter
def cnpj(value: str | None) -> SafeString:
    """`12.345.678/0001-95`, never broken over two lines; "" for nothing."""
    return (
        format_html('<span class="v-inteiro">{}</span>', cnpj_rules.format(value))
        if value
        else SafeString("")
    )


@register.filter
def com_chamado(text: Any, area: str = "") -> SafeString:
    """A remedy in which "abra um chamado" leads to where that is done, in this area if one is named."""
    return ticket_links(text, area)


@register.simple_tag
def icon(name: str) -> SafeString:
    """A decorative drawing of Font Awesome; it never stands alone for a meaning."""
    return format_html('<i class="fas {}" aria-hidden="true"></i>', name)


@register.inclusion_tag("page/componentes/aviso.html")
def alert(kind: str, title: Any, body: str = "", remedy: str = "", area: str = "") -> dict[str, Any]:
    """What happened (`title`, `body`) and the next step. `kind`: success, info, warning or error."""
    css, symbol, spoken = components.KINDS[kind]
    role = "alert" if css == "danger" else "status"
    return {
        "css": css,
        "symbol": symbol,
        "spoken": spoken,
        "role": role,
        "title": title,
        "body": body,
        "remedy": remedy,
        "area": area,
    }


@register.inclusion_tag("page/componentes/aviso.html")
def refusal(refused: Refused) -> dict[str, Any]:
    """An outcome `Refused` as an alert."""
    area = str(refused.details.get(DETAIL, ""))
    return alert("error", refused.message, remedy=refused.remedy, area=area)


@register.inclusion_tag("page/componentes/etiqueta.html")
def status_tag(text: str, kind: str = "neutral") -> dict[str, Any]:
    """A state, such as APROVADO: text with colour and symbol. `kind` as in `alert`, or neutral."""
    css, symbol, _ = components.KINDS[kind]
    return {"text": text, "css": css, "symbol": symbol}


@register.inclusion_tag("page/componentes/progresso.html")
def progress_bar(done: int | None, total: int | None, label: str, unit: str = "") -> dict[str, Any]:
    """A bar with its figures in words. Without `total` it only says that work is going on."""
    known = bool(total) and done is not None
    return {
        "label": label,
        "unit": unit,
        "known": known,
        "done": done,
        "total": total,
        "percent": components.percent(min(done or 0, total or 0), total or 0) if known else "",
        "tenth": min(10, 10 * (done or 0) // total) if known and total else "",
        "id": f"progresso-{slugify(label)}",
    }


@register.inclusion_tag("page/componentes/grafico.html")
def bar_chart(
    caption: str, rows: Any, label_header: str = "Motivo", value_header: str = "Quantidade"
) -> dict[str, Any]:
    """Horizontal bars that are a table too: rows of (label, value) or (label, value, url)."""
    return {
        "caption": caption,
        "bars": components.bars(rows),
        "label_header": label_header,
        "value_header": value_header,
        "id": f"grafico-{slugify(caption)}",
    }


@register.simple_block_tag
def table(content: str, caption: str, css: str = "") -> SafeString:
    """`{% table "Legenda" %}<thead>…</thead><tbody>…</tbody>{% endtable %}`.

    A table with a visible caption in a region of its own, which scrolls sideways on a narrow screen and can
    be reached by keyboard for that. Headers are `<th scope="col">` and, for each row, `<th scope="row">`.
    """
    name = f"tabela-{slugify(caption)}"
    return format_html(
        '<div class="br-table v-tabela {}">'
        '<div class="responsive" role="region" tabindex="0" aria-labelledby="{}">'
        '<table><caption id="{}">{}</caption>{}</table></div></div>',
        css,
        name,
        name,
        caption,
        content,
    )


@register.inclusion_tag("page/componentes/definicoes.html")
def definition_list(pairs: Any) -> dict[str, Any]:
    """Terms and what they are: rows of (term, value)."""
    return {"pairs": list(pairs)}


@register.inclusion_tag("page/componentes/trilha.html")
def breadcrumb(*parts: str) -> dict[str, Any]:
    """`{% breadcrumb "SIB" "sib-inicio" "Arquivos" url "Resultado" %}`: the last one is this page."""
    return {"crumbs": components.crumbs(parts)}


@register.inclusion_tag("page/componentes/paginacao.html", takes_context=True)
def pagination(
    context: RequestContext, page: Page[Any], label: str, parameter: str = "pagina"
) -> dict[str, Any]:
    """Links to the other pages of a list. `label` says of which list: "críticas"."""
    query = context["request"].GET
    return {
        "page": page,
        "label": label,
        "links": components.page_links(page, query, parameter),
        "previous": components.page_url(page.number - 1, query, parameter) if page.has_previous() else "",
        "next": components.page_url(page.number + 1, query, parameter) if page.has_next() else "",
    }


@register.inclusion_tag("page/componentes/campo.html")
def field(bound: BoundField) -> dict[str, Any]:
    """A labelled field of a form, its hint and its errors tied to it."""
    many = isinstance(bound.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple)
    return {"field": bound, "grouped": many}


@register.inclusion_tag("page/componentes/envio.html")
def upload_field(bound: BoundField) -> dict[str, Any]:
    """A field for a file. In a `<form data-envio>` it also shows how much has been sent."""
    return {"field": bound}


@register.inclusion_tag("page/componentes/erros.html")
def error_summary(form: forms.BaseForm) -> dict[str, Any]:
    """All errors of a form on top of it, each leading to its field; gets the focus when the page opens."""
    return {
        "form": form,
        "general": list(form.non_field_errors()),
        "fields": [bound for bound in form if bound.errors and not bound.is_hidden],
    }


@register.simple_tag(takes_context=True)
def live(context: Context, url: str, every: str = "1s") -> SafeString:
    """Attributes of an element that is replaced by what `url` answers, again and again (htmx).

    The answer ends it by leaving the attributes out. Without htmx the page offers a link instead:
    `live_link`.
    """
    if not vendor_present():
        return SafeString("")
    return format_html('hx-get="{}" hx-trigger="every {}" hx-swap="outerHTML"', url, every)


@register.inclusion_tag("page/componentes/atualizar.html")
def live_link(url: str) -> dict[str, Any]:
    """The way to see the progress without scripts: a link that loads the page `url` again."""
    return {"url": url, "scripts": vendor_present()}
