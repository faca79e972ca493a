"""The npm package `soap` for the tests: installed once, from a lock of its own, and never part of the product."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent / "npm"
PLACE = Path(__file__).parents[2] / "build" / "npm-soap"
FILES = ("package.json", "package-lock.json", ".npmrc")
SECONDS = 120


def _program(name: str) -> str:
    """Of the wheel beside this interpreter, else of the PATH."""
    beside = Path(sys.executable).parent / name
    found = str(beside) if beside.exists() else shutil.which(name)
    if not found:
        pytest.skip(f"NOT PROVEN: there is no {name}, so no client written in Node was tried")
    return found


def installed() -> Path:
    """The folder whose node_modules hold the package; skips, loudly, where npm cannot get it."""
    wanted = hashlib.sha256(b"".join((HERE / name).read_bytes() for name in FILES)).hexdigest()
    stamp = PLACE / "conteudo"
    if stamp.is_file() and stamp.read_text() == wanted:
        return PLACE
    PLACE.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=PLACE.parent, prefix=".npm-") as name:
        folder = Path(name) / "pronto"
        folder.mkdir()
        for file in FILES:
            shutil.copyfile(HERE / file, folder / file)
        command = [_program("npm"), "ci", "--ignore-scripts", "--loglevel=error"]
        try:
            done = subprocess.run(
                command, cwd=folder, capture_output=True, text=True, timeout=SECONDS, check=False
            )
        except subprocess.TimeoutExpired:
            pytest.skip("NOT PROVEN: npm did not answer, so no client written in Node was tried")
        if done.returncode:
            pytest.skip(f"NOT PROVEN: npm could not install the package soap ({done.stderr.strip()[:200]})")
        (folder / "conteudo").write_text(wanted)
        shutil.rmtree(PLACE, ignore_errors=True)
        folder.rename(PLACE)
    return PLACE


def called(plan: dict[str, Any]) -> dict[str, Any]:
    """What the calls of the plan were answered (call.mjs)."""
    command = [_program("node"), str(HERE / "call.mjs"), str(installed())]
    ended = subprocess.run(
        command, input=json.dumps(plan), capture_output=True, text=True, timeout=SECONDS, check=False, env=os.environ
    )  # fmt: skip
    assert ended.returncode == 0, ended.stderr
    return dict(json.loads(ended.stdout))
