"""The navigation menu. Apps put their pages into it from `AppConfig.ready()`; it also makes the site map.

from vincula.common.page.menu import MenuItem, in_operadora, register

register(
    MenuItem("sib", "SIB", order=20, icon="fa-file-medical", visible=in_operadora),
    MenuItem("sib-envio", "Enviar arquivo SBX", "sib-envio", parent="sib", description="Envia …"),
)
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from vincula.common.accounts.session import current_operadora, my_operadoras

Visible = Callable[[HttpRequest], bool]


def everybody(request: HttpRequest) -> bool:
    """Visible with or without login."""
    return True


def signed_in(request: HttpRequest) -> bool:
    """Visible after login."""
    return bool(request.user.is_authenticated)


def signed_out(request: HttpRequest) -> bool:
    """Visible before login only."""
    return not request.user.is_authenticated


def in_operadora(request: HttpRequest) -> bool:
    """Visible while the person acts for an operadora (membership is checked anew on every request)."""
    return current_operadora(request) is not None


def of_several_operadoras(request: HttpRequest) -> bool:
    """Visible to whom there is something to choose (R160: not to a person of one operadora)."""
    return len(my_operadoras(request)) > 1


@dataclass(frozen=True, slots=True)
class MenuItem:
    """One line of the menu.

    `key` is unique; `url_name` is the name of a URL without arguments ("" for a heading that only groups);
    `description` and `keywords` feed the site map and the search; `icon` is a Font Awesome name; `visible`
    hides the line from those for whom it leads nowhere (it does not protect the page: the view does that).
    """

    key: str
    label: str
    url_name: str = ""
    order: int = 100
    parent: str = ""
    description: str = ""
    keywords: tuple[str, ...] = ()
    icon: str = ""
    visible: Visible = everybody


@dataclass(frozen=True, slots=True)
class Node:
    """A menu line as one request sees it. `current`: this very page; `open`: this page or one below it."""

    item: MenuItem
    url: str
    current: bool
    open: bool
    children: tuple[Node, ...] = ()


_items: dict[str, MenuItem] = {}


def register(*items: MenuItem) -> None:
    """Add lines to the menu; the same key again replaces the line (so that importing twice does no harm)."""
    for item in items:
        _items[item.key] = item


def _nodes(request: HttpRequest, parent: str) -> tuple[Node, ...]:
    chosen = sorted(
        (item for item in _items.values() if item.parent == parent and item.visible(request)),
        key=lambda item: (item.order, item.label),
    )
    return tuple(node for item in chosen if (node := _node(request, item)) is not None)


def _node(request: HttpRequest, item: MenuItem) -> Node | None:
    children = _nodes(request, item.key)
    if not item.url_name and not children:
        return None
    url = reverse(item.url_name) if item.url_name else ""
    current = bool(url) and request.path == url
    below = bool(url) and url != "/" and request.path.startswith(url)
    return Node(item, url, current, current or below or any(child.open for child in children), children)


def visible_menu(request: HttpRequest) -> tuple[Node, ...]:
    """The menu of this request: only what its person may see, groups without lines left out."""
    return _nodes(request, "")


def flat(nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    """Every node that leads somewhere, in reading order."""
    found: list[Node] = []
    for node in nodes:
        if node.url:
            found.append(node)
        found.extend(flat(node.children))
    return tuple(found)
