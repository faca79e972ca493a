"""A process with everything imported, from which others are made at once: each is a process of its own, with a session
of its own, that runs the `vincula` command and can be killed. It never touches the base itself.

Standard input: a JSON order per line, {"argv", "code", "out"} or {"wait": pid}; standard output: an answer per line.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import sys
from typing import Any, NoReturn


def main() -> None:
    from vincula.site import ready

    ready.setup()
    import vincula.site.cli.main
    import vincula.site.worker  # noqa: F401
    from vincula.national.cadop import services as cadop  # noqa: F401
    from vincula.national.sib import services as sib  # noqa: F401

    gc.freeze()
    for line in sys.stdin:
        order = json.loads(line)
        if "wait" in order:
            _, status = os.waitpid(order["wait"], 0)
            answer = os.waitstatus_to_exitcode(status)
        else:
            answer = os.fork() or _child(order)
        print(json.dumps(answer), flush=True)


def _child(order: dict[str, Any]) -> NoReturn:
    os.setsid()
    status = 99
    try:
        os.dup2(os.open(f"{order['out']}.in", os.O_RDONLY), 0)
        for stream, name in ((1, "out"), (2, "err")):
            os.dup2(os.open(f"{order['out']}.{name}", os.O_WRONLY | os.O_CREAT | os.O_TRUNC), stream)
        sys.argv = ["vincula", *order["argv"]]
        exec(order["code"], {})
        from vincula.site.cli.main import main as command

        command()
    except SystemExit as error:
        status = error.code if isinstance(error.code, int) else 1
    finally:
        with contextlib.suppress(AttributeError, OSError, ValueError):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(status)


if __name__ == "__main__":
    main()
