"""The manual's pictures, taken of the demo world: `make pictures`, or `python -m tools.pictures` from the root.

A demo world of its own is built in a temporary folder and served on free ports; nothing of it stays but the pictures.
They are what a window of 1280 pixels shows beside the menu, of few colours and under 120 KB. No page that shows a
password is taken.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Locator, Page, sync_playwright
from tests.browser import chromium

ROOT = Path(__file__).resolve().parents[1]
MANUAL = ROOT / "docs" / "manual" / "img"
# The pictures of the manual that the site shows too.
SITE = ROOT / "src" / "vincula" / "national" / "onboarding" / "static" / "onboarding" / "manual"
STYLE = ROOT / "src" / "vincula" / "common" / "page" / "static" / "vendor"
WIDTH, MARGIN, MOST_BYTES, COLOURS = 1280, 16, 120_000, 48
COMMAND = [sys.executable, "-c", "from vincula.site.cli import main; main()"]
_READY = "Serviços do CNS em"


@dataclass(frozen=True, slots=True)
class Picture:
    """`who`: the first name of a person of the demo, "" for a stranger. What the page says, without the menu, as far as
    to the end of what first has the text `to` ("": all of it)."""

    name: str
    who: str
    path: str
    to: str = ""


PICTURES = (
    Picture("cnes-estabelecimento", "", "/cnes/8999015/"),
    Picture("cnes-sede", "RITA", "/cnes/sede/novo/"),
    Picture("govbr-entrar", "", "/entrar/", "Ainda não tem conta?"),
    Picture("passos", "SEBASTIÃO", "/passos/", "e é autorizado pelo suporte"),
    Picture("sgop-pedidos", "MATEUS", "/operador/", "Trocar a senha"),
    Picture("sgop-pendentes", "HELENA", "/operador/aprovacoes/pendentes/", "O motivo é obrigatório"),
    Picture("sgop-computador", "HELENA", "/operador/computador/", "(para entrar, cadastre o seu)"),
    Picture("sgop-entrada", "NAIR", "/segcartao/", "Minhas solicitações"),
    Picture("atendimento-central", "OTÁVIO", "/atendimento/", "O diretor mudou."),
    Picture("atendimento-fila", "CAETANO", "/atendimento/fila/"),
)
INTERRUPTED = Picture("interrupcoes-situacao", "", "/situacao/", "API do CNS, PDQ")


def main() -> None:
    """Take them all. Ends with a message where there is no Chromium, or a picture is too big."""
    executable = chromium.find()
    if executable is None:
        sys.exit(chromium.MISSING)
    if not STYLE.is_dir():
        sys.exit("Without the style sheets (tools/assets.py) pictures would not look as the site does.")
    MANUAL.mkdir(parents=True, exist_ok=True)
    SITE.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="vincula-fotos-") as folder:
        data = Path(folder) / "dados"
        with _served(data) as site, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=str(executable), args=chromium.flags())
            people = {
                one["nome"].split()[0]: one
                for one in json.loads((data / "demonstracao" / "acessos.json").read_text())
            }
            pages = _Pages(browser, site, people)
            for one in PICTURES:
                _keep(one.name, _taken(pages.of(one.who), one))
            _keep("govbr-simulado", _at_govbr(pages.of("")))
            declared = ["--texto", "Consultas individuais suspensas para manutenção.", "--previsao", "4h"]
            subprocess.run(
                [*COMMAND, "interruption", "declare", "cadsus-web", *declared], env=_env(data), check=True
            )
            _keep(INTERRUPTED.name, _taken(pages.of(""), INTERRUPTED))
            browser.close()


@dataclass(slots=True)
class _Pages:
    browser: Browser
    site: str
    people: dict[str, dict[str, str]]

    def of(self, who: str) -> Page:
        """A browser of this person, entered."""
        view = {"width": WIDTH, "height": 900}
        context = self.browser.new_context(base_url=self.site, locale="pt-BR", viewport=view)
        page = context.new_page()
        if who:
            page.goto("/entrar/")
            page.get_by_label("CPF").fill(self.people[who]["cpf"])
            page.get_by_label("Senha").fill(self.people[who]["senha"])
            page.get_by_role("main").get_by_role("button", name="Entrar", exact=True).click()
            page.get_by_role("button", name="Sair").wait_for()
        return page


def _taken(page: Page, one: Picture) -> bytes:
    page.goto(one.path)
    main = page.get_by_role("main")
    return _cut(page, main, main.get_by_text(one.to).first if one.to else main)


def _at_govbr(page: Page) -> bytes:
    """The simulated gov.br, from the button on."""
    page.goto("/entrar/")
    page.get_by_role("main").get_by_text("Entrar com GOV.BR").click()
    page.get_by_role("heading", name="Escolha a conta").wait_for()
    return _cut(page, page.locator("body"), page.get_by_text("990.100.104-81"))


def _cut(page: Page, whole: Locator, last: Locator) -> bytes:
    around, end = whole.bounding_box(), last.bounding_box()
    assert around is not None
    assert end is not None
    height = min(end["y"] + end["height"] + MARGIN, around["y"] + around["height"]) - around["y"]
    left = max(around["x"] - MARGIN, 0)
    width = min(around["width"] + 2 * MARGIN, WIDTH - left)
    clip = {"x": left, "y": around["y"], "width": width, "height": height}
    return page.screenshot(clip=clip, full_page=True, animations="disabled")


def _keep(name: str, taken: bytes) -> None:
    out = io.BytesIO()
    palette = Image.open(io.BytesIO(taken)).convert("RGB").quantize(COLOURS)
    palette.save(out, "PNG", optimize=True)
    size = len(out.getvalue())
    if size > MOST_BYTES:
        sys.exit(f"{name}: {size} bytes")
    print(f"{name}.png {size // 1024} KiB")
    (MANUAL / f"{name}.png").write_bytes(out.getvalue())
    if name.startswith("sgop-"):
        (SITE / f"{name}.png").write_bytes(out.getvalue())


@contextlib.contextmanager
def _served(data: Path) -> Iterator[str]:
    """The demo world; the address of the site."""
    ports = _free_ports(4)
    options = [
        text
        for part, port in zip(("web", "identity", "api", "govbr"), ports, strict=True)
        for text in (f"--{part}-port", str(port))
    ]
    with subprocess.Popen(
        [*COMMAND, "serve", "--demo", *options], env=_env(data), stdout=subprocess.PIPE, text=True
    ) as server:
        try:
            assert server.stdout is not None
            if not any(line.startswith(_READY) for line in server.stdout):
                sys.exit("vincula serve --demo ended by itself")
            yield f"http://127.0.0.1:{ports[0]}"
        finally:
            server.terminate()


def _env(data: Path) -> dict[str, str]:
    env = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return env | {"VINCULA_DATA": str(data), "VINCULA_PROFILE": "sandbox"}


def _free_ports(count: int) -> list[int]:
    with contextlib.ExitStack() as stack:
        probes = [stack.enter_context(socket.socket()) for _ in range(count)]
        for one in probes:
            one.bind(("127.0.0.1", 0))
        return [int(one.getsockname()[1]) for one in probes]


if __name__ == "__main__":
    main()
