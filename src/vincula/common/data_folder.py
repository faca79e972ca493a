"""The data folder: made on first use, its owner's only, and never somebody else's folder."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

from vincula.common.files import PRIVATE_FOLDER, private_folder
from vincula.common.outcomes import Refused, RefusedError

KEY = "chave-secreta"
MARKS = (KEY, "vincula.sqlite3")  # what a data folder of ours holds from its first use on
OTHERS = stat.S_IRWXG | stat.S_IRWXO
SHARED = stat.S_ISVTX | stat.S_ISGID | stat.S_ISUID  # set on folders meant for several, such as /tmp
_NOTHING = {"lost+found"}  # lies in an empty file system
_REASONS = {
    errno.EEXIST: "não é uma pasta",
    errno.ENOTDIR: "não é uma pasta",
    errno.EACCES: "falta permissão, ou o disco só aceita leitura",
    errno.EPERM: "falta permissão",
    errno.EROFS: "o disco só aceita leitura",
    errno.ENOSPC: "o disco está cheio",
    errno.ENAMETOOLONG: "o nome é longo demais",
    errno.ELOOP: "o atalho não leva a lugar algum",
}


def prepare(folder: Path) -> None:
    """Make the folder, or close it to others where it is ours. Raises RefusedError for one that cannot serve."""
    try:
        private_folder(folder)
        if not _closed(folder) and _is_ours(folder):
            folder.chmod(PRIVATE_FOLDER)
        if not _closed(folder):
            raise RefusedError(_open_to_others(folder))
    except OSError as error:
        raise RefusedError(_unusable(folder, error.errno)) from None
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        raise RefusedError(_unusable(folder, errno.EACCES))


def _closed(folder: Path) -> bool:
    return not folder.stat().st_mode & OTHERS


def _is_ours(folder: Path) -> bool:
    """Whether nobody else loses by it: a folder of this user's own, empty or in use by Vincula, not his home."""
    found = folder.stat()
    if found.st_uid != os.geteuid() or found.st_mode & SHARED or folder.resolve() == _home():
        return False
    names = {path.name for path in folder.iterdir()}
    return names <= _NOTHING or not names.isdisjoint(MARKS)


def _home() -> Path | None:
    try:
        return Path.home().resolve()
    except RuntimeError:
        return None


def _open_to_others(folder: Path) -> Refused:
    return Refused(
        "PASTA_ABERTA",
        f"A pasta de dados {folder} está aberta a outros usuários, e o Vincula só fecha uma pasta que seja sua.",
        f"Aponte VINCULA_DATA para uma pasta nova, por exemplo {folder / 'vincula'};"
        " ou, se a pasta é só do Vincula, tire dos outros a permissão de abri-la (chmod 700).",
    )


def _unusable(folder: Path, number: int | None) -> Refused:
    return Refused(
        "PASTA_DE_DADOS",
        f"A pasta de dados {folder} não pode ser usada: {_REASONS.get(number or 0, 'o disco não respondeu')}.",
        "Confira VINCULA_DATA, o espaço em disco e as permissões da pasta de dados, e repita.",
    )
