"""Finds a Chromium and says loudly when there is none: what it would have proved is not proven."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

VARIABLE = "VINCULA_CHROMIUM"
NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
PLACES = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
# Nothing of the browser's own may reach for the network; as root (containers) it has no sandbox of its own.
FLAGS = (
    "--headless=new",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
MISSING = (
    "NENHUM CHROMIUM ENCONTRADO: os testes de navegador não rodaram, e o que eles provam (R161, "
    "acessibilidade) "
    f"conta como NÃO PROVADO. Instale o pacote chromium, ou aponte {VARIABLE} para o executável."
)


def find() -> Path | None:
    """The Chromium to use: the one that VINCULA_CHROMIUM names, else one of the PATH, else a usual place."""
    if named := os.environ.get(VARIABLE):
        return Path(named) if Path(named).is_file() else None
    for name in NAMES:
        if found := shutil.which(name):
            return Path(found)
    return next((Path(place) for place in PLACES if Path(place).is_file()), None)


def flags() -> list[str]:
    """The command line of a quiet headless browser."""
    return [*FLAGS, "--no-sandbox"] if os.geteuid() == 0 else list(FLAGS)
