"""What commands read: one rule for every file that is named to them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from vincula.site.cli.output import refuse


class InFile(click.Path):
    """A file that is there and can be read, more than once. A pipe without a writer would be waited for for ever."""

    def __init__(self) -> None:
        super().__init__(exists=True, dir_okay=False, path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        path = super().convert(value, param, ctx)
        assert isinstance(path, Path)
        if not path.is_file():
            from vincula.common.tabular.source import special

            refuse(special(path))
        return path


IN_FILE = InFile()
