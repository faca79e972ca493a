"""One of the two bases that `bench.scale` compares, in a process of its own: `python -m bench.side PEOPLE FIRST`.

Fills the base of this environment with that many persons, says so, and then measures what each line of its input names
(`bench.scaled.measures`): a rate a second for each. Registrations bring persons from the number FIRST on.
"""

from __future__ import annotations

import json
import sys


def main() -> int:
    people, first = int(sys.argv[1]), int(sys.argv[2])
    from vincula.site import ready

    ready.setup()
    ready.prepare()
    from bench import country, scaled, setup

    setup.operadora()
    country.grow(people)
    with scaled.measures(people, first) as rate_of:
        _say("ready")
        for line in sys.stdin:
            _say(rate_of(line.strip()))
    return 0


def _say(what: object) -> None:
    print(json.dumps(what), flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
