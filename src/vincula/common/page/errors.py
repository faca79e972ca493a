"""Error pages: what happened, why, and the next step; never a trace, never a piece of the request."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from vincula.common.outcomes import Refused
from vincula.common.page.context import PRODUCT
from vincula.common.page.help_links import DETAIL

Texts = tuple[str, str, str]

BAD_REQUEST: Texts = (
    "O pedido não pôde ser entendido",
    "O navegador enviou um pedido incompleto ou malformado.",
    "Volte à página anterior, recarregue-a e tente de novo.",
)
FORBIDDEN: Texts = (
    "Você não tem acesso a esta página",
    "O que se pediu pertence a outra operadora ou a outro estabelecimento, ou exige uma permissão que a sua conta "
    "não tem.",
    "No menu e no mapa do site estão as páginas da sua conta. Se o acesso deveria existir, peça-o a quem administra "
    "os usuários da operadora.",
)
NOT_FOUND: Texts = (
    "Página não encontrada",
    "O endereço não existe neste site, ou o que havia nele já foi descartado.",
    "Confira o endereço, use a busca ou encontre a página no mapa do site.",
)
NOT_ALLOWED: Texts = (
    "Este endereço não se abre assim",
    "Ele recebe o que um formulário envia, e foi aberto pelo endereço, ou o contrário.",
    "Volte à página anterior e use o botão dela, ou encontre a página no mapa do site.",
)
CSRF: Texts = (
    "O formulário venceu",
    "A página ficou aberta por muito tempo, ou a sessão mudou em outra aba; por segurança, nada foi gravado.",
    "Volte, recarregue a página e envie o formulário outra vez. Os cookies deste site precisam estar "
    "permitidos.",
)


def _page(request: HttpRequest, status: int, texts: Texts, area: str = "") -> HttpResponse:
    title, why, remedy = texts
    context = {"status": status, "title": title, "why": why, "remedy": remedy, "area": area}
    return render(request, "page/erro.html", context, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400. A Host that is not ours is refused before there is a session: then a page that needs none."""
    if not hasattr(request, "user"):
        text = " ".join(BAD_REQUEST[:2])
        return HttpResponse(
            f"{text} Confira o endereço do site.", status=400, content_type="text/plain; charset=utf-8"
        )
    return _page(request, 400, BAD_REQUEST)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403; whoever raised it may have said why, with a Refused."""
    why = exception.args[0] if exception is not None and exception.args else None
    if isinstance(why, Refused):
        return _page(request, 403, (FORBIDDEN[0], why.message, why.remedy))
    return _page(request, 403, FORBIDDEN)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404."""
    return _page(request, 404, NOT_FOUND)


def not_allowed(request: HttpRequest, allow: str) -> HttpResponse:
    """405: a browser would show an empty page."""
    answer = _page(request, 405, NOT_ALLOWED)
    answer.headers["Allow"] = allow
    return answer


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 of a form without its token (settings.CSRF_FAILURE_VIEW)."""
    return _page(request, 403, CSRF)


def refused(request: HttpRequest, refusal: Refused, status: int = 409) -> HttpResponse:
    """A page that says why something was refused and what to do next, for where no form can say it."""
    texts = ("Não foi possível continuar", refusal.message, refusal.remedy)
    return _page(request, status, texts, str(refusal.details.get(DETAIL, "")))


def server_error(request: HttpRequest) -> HttpResponse:
    """500: a page that needs no database, no session and no context processor, for they may be what
    failed.
    """
    return HttpResponse(render_to_string("page/erro500.html", {"product": PRODUCT}), status=500)
