"""The benches on one engine, in a process of its own: `python -m bench.engine RESULT PEOPLE PARTS`."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

from bench.data import World
from bench.report import Row


def main() -> int:
    target, people, chosen = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3].split(",")
    from vincula.site import ready

    ready.setup()
    ready.prepare()
    from bench import bulk, cnx, consolidation, intake, lookup, scale, setup

    world = World(people)
    engine = setup.engine_name()
    parts: dict[str, Callable[[World, str], list[Row]]] = {
        "intake": intake.run,
        "consolidation": consolidation.run,
        "cnx": cnx.run,
        "lookup": lookup.run,
        "bulk": bulk.run,
        "scale": scale.run,
    }
    rows: list[Row] = []
    setup.operadora()
    for name in parts:
        if name in chosen:
            rows += parts[name](world, engine)
            print(f"  {engine}: {name} done", flush=True)
    target.write_text(json.dumps([row.__dict__ for row in rows]))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
