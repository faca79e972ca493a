"""Prints, per requirement, whether the run that just ended proved it: `python -m tests.proof FILE…`.

Proven means: some test marked with its number passed, and none of those failed or was skipped, on any engine.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

LAST = 161


def main() -> int:
    passed: dict[str, set[str]] = {}
    other: dict[str, set[str]] = {}
    for name in sys.argv[1:]:
        path = Path(name)
        if not path.exists():
            print(f"A execução de {path.stem} não terminou: nada dela conta.", file=sys.stderr)
            continue
        for number, tests in json.loads(path.read_text()).items():
            passed.setdefault(number, set()).update(tests["passed"])
            other.setdefault(number, set()).update(tests["other"])
    proven = 0
    for index in range(1, LAST + 1):
        number = f"R{index:03d}"
        good, bad = passed.get(number, set()), other.get(number, set())
        if good and not bad:
            proven += 1
            print(f"{number} proven ({len(good)} test(s))")
        elif bad:
            print(
                f"{number} not proven ({len(bad)} of its tests failed or did not run, e.g. {sorted(bad)[0]})"
            )
        else:
            print(f"{number} not proven (no test yet)")
    print(f"{proven} of {LAST} proven")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
