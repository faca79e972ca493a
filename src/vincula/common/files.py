"""Files and folders that only their owner can read, written whole or not at all."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, cast

PRIVATE_FOLDER = 0o700
PRIVATE_FILE = 0o600


def private_folder(path: Path) -> Path:
    """Make the folder (and its parents) when missing; what is made here is its owner's only."""
    if not path.is_dir():
        path.mkdir(parents=True, exist_ok=True, mode=PRIVATE_FOLDER)
        path.chmod(PRIVATE_FOLDER)
    return path


def sync_folder(path: Path) -> None:
    """Make the names in a folder durable (a rename is not, until its folder is on the disk)."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextlib.contextmanager
def whole_file(path: Path, *, private: bool = True) -> Iterator[BinaryIO]:
    """Write to a temporary neighbour, make it durable, then rename: readers see the old file or the new one.

    Nothing is left behind when the block raises. The file is its owner's only unless `private` is false; so are the
    folders that are missing, which are made.
    """
    private_folder(path.parent)
    handle, name = tempfile.mkstemp(prefix=".", suffix=".parcial", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as out:
            yield cast(BinaryIO, out)
            out.flush()
            os.fsync(out.fileno())
        temporary.chmod(PRIVATE_FILE if private else 0o644)
        temporary.replace(path)
        sync_folder(path.parent)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def write_private(path: Path, content: bytes, *, exclusive: bool = False) -> None:
    """Write a small file whole. With `exclusive`, a file that is already there wins and is left as it is."""
    if not exclusive:
        with whole_file(path) as out:
            out.write(content)
        return
    handle, name = tempfile.mkstemp(prefix=".", dir=path.parent)
    with os.fdopen(handle, "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    try:
        os.link(name, path)  # whole or not at all, and never over what is there
    except FileExistsError:
        pass
    finally:
        Path(name).unlink()
