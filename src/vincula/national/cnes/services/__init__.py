"""The base of establishments (CNES): who is in it, whose head office it is, who directs it; its loads; the simulated
registration of a head office."""

from vincula.national.cnes.loading import load_zip
from vincula.national.cnes.rules.establishment import OBTAIN, Establishment, warning
from vincula.national.cnes.services.asking import (
    directed_by,
    get,
    headquarters,
    headquarters_of,
    is_loaded,
    of_operadora,
)

__all__ = [
    "OBTAIN",
    "Establishment",
    "directed_by",
    "get",
    "headquarters",
    "headquarters_of",
    "is_loaded",
    "load_zip",
    "of_operadora",
    "warning",
]
