"""Home, site map, search, accessibility. All public: they show only what the visitor may see."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from vincula.common.accounts.guards import for_anybody
from vincula.common.accounts.session import my_operadoras
from vincula.common.page.menu import flat, visible_menu
from vincula.common.page.panels import rendered
from vincula.common.page.search import MAXIMUM_QUERY, search

# The wording of the shortcuts is that of seed S4 (R161), in its order; each is an access key of the browser.
SHORTCUTS = (
    ("1", "Ir para o Conteúdo"),
    ("2", "Ir para a Página Inicial"),
    ("3", "Ir para o menu de Navegação"),
    ("4", "Ir para a Busca"),
    ("5", "Ir para o Mapa do site"),
)
# How a browser is told to use an access key.
BROWSERS = (
    ("Chrome e Edge (Windows, Linux)", "Alt + o número"),
    ("Firefox (Windows, Linux)", "Alt + Shift + o número"),
    ("macOS, todos", "Control + Option + o número"),
)


@for_anybody()
def home(request: HttpRequest) -> HttpResponse:
    """What the site is, the panels of the apps, and a way to every page."""
    nodes = [node for node in flat(visible_menu(request)) if node.item.description and not node.current]
    alone = request.user.is_authenticated and not request.user.is_staff and not my_operadoras(request)
    context = {"panels": rendered(request), "nodes": nodes, "without_operadora": alone}
    return render(request, "page/inicio.html", context)


@for_anybody()
def site_map(request: HttpRequest) -> HttpResponse:
    """Every page that the visitor may open, as the menu groups them."""
    return render(request, "page/mapa.html", {"nodes": visible_menu(request)})


@for_anybody()
def search_page(request: HttpRequest) -> HttpResponse:
    """Search pages and help texts; `q` is what is looked for."""
    query = request.GET.get("q", "").strip()[:MAXIMUM_QUERY]
    return render(request, "page/busca.html", {"query": query, "hits": search(request, query)})


@for_anybody()
def accessibility(request: HttpRequest) -> HttpResponse:
    """What the site offers to keyboard and screen-reader users, and the limits that are known."""
    return render(request, "page/acessibilidade.html", {"shortcuts": SHORTCUTS, "browsers": BROWSERS})
