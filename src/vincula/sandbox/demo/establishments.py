"""The establishments of the demo world: brought in as everybody's are, by an archive of the official layout."""

from __future__ import annotations

from vincula.common.files import write_private
from vincula.national.cnes import services as cnes
from vincula.sandbox.demo import plan
from vincula.sandbox.demo.loading import accepted
from vincula.sandbox.establishments import MONTH, cnes_zip


def ensure() -> None:
    """Load them, unless an archive was loaded before (of a demo of an older release none was). Raises RefusedError."""
    held = cnes.edition()
    if held is not None and (held.complete or held.month > MONTH):
        return
    archive = plan.folder() / f"BASE_DE_DADOS_CNES_{MONTH}.ZIP"
    write_private(archive, cnes_zip())
    accepted(cnes.load_zip(archive))
