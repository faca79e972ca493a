"""gov.br for the other rooms: who is linked, and how this session came in (0022)."""

from vincula.national.govbr.services.links import Link, entry_level, is_configured, link_of

__all__ = ["Link", "entry_level", "is_configured", "link_of"]
