"""Whether the fetched style sheets (tools/assets.py) are there; else the reserve sheet dresses the site."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

VENDOR = Path(__file__).parent / "static" / "vendor"
NEEDED = ("govbr-ds/core-lite.min.css", "fontawesome/css/solid.min.css", "htmx/htmx.min.js")


@lru_cache(maxsize=1)
def vendor_present() -> bool:
    """Looked at once in a process: WhiteNoise, too, lists the static files at start-up."""
    return all((VENDOR / name).is_file() for name in NEEDED)
