"""gov.br for the other rooms: who is linked, and how this session came in (0022).

Pages of theirs that ask for a level: `vincula.national.govbr.access.level_required`. The button "Entrar com GOV.BR":
`{% include "govbr/botao.html" %}`, where `is_configured()`, with `next` in the context.
"""

from vincula.national.govbr.services.links import Link, entry_level, is_configured, link_of

__all__ = ["Link", "entry_level", "is_configured", "link_of"]
