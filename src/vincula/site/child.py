"""A child of `vincula serve`: a module run as by `python -m`, which ends with who started it.

`python -m vincula.site.child PARENT MODULE ARGUMENTS…`; PARENT is the number of the process that runs this.
"""

from __future__ import annotations

import runpy
import sys

from vincula.site import processes


def main() -> None:
    _, parent, module, *arguments = sys.argv
    processes.end_with(int(parent))
    sys.argv = [module, *arguments]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
