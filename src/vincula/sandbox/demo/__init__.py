"""The demo world: three operadoras, some three thousand beneficiaries, two competências closed and a third
open.
"""

from vincula.sandbox.demo.logins import Access, accesses
from vincula.sandbox.demo.story import Demo, build

__all__ = ["Access", "Demo", "accesses", "build"]
