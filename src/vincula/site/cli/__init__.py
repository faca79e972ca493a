"""The `vincula` command. Exit status: 0 done, 1 refused (reason on standard error), 2 wrong usage, 130 interrupted."""

from vincula.site.cli.main import main

__all__ = ["main"]
