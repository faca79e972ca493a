"""The `vincula` command. Exit status: 0 done, 1 refused (reason on standard error), 2 wrong usage, 130 interrupted."""


def main() -> None:
    """Entry of the installed command: light, so that Ctrl-C is answered in words from the very start."""
    try:
        from vincula.site.cli.main import main as command
    except KeyboardInterrupt:
        raise SystemExit(130) from None
    command()
