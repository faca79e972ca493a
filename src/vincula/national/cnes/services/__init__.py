"""The base of establishments (CNES): who is in it, whose head office it is, who directs it; its loads; the simulated
registration of a head office."""

from vincula.national.cnes.loading import load_zip
from vincula.national.cnes.rules.establishment import HEADQUARTERS, OBTAIN, Establishment, warning
from vincula.national.cnes.rules.registering import HeadOffice, Registration, Situacao
from vincula.national.cnes.rules.types import PORTARIA, Subtype, Type
from vincula.national.cnes.services.asking import (
    directed_by,
    get,
    headquarters,
    headquarters_of,
    is_loaded,
    of_operadora,
)
from vincula.national.cnes.services.correcting import (
    HANDED_OVER,
    correct,
    refusal_to_replace,
    replace_director,
)
from vincula.national.cnes.services.finding import (
    COUNTED,
    Edition,
    Listing,
    edition,
    listing,
    reason_of,
    search,
    types,
)
from vincula.national.cnes.services.professionals import (
    Professional,
    link_professional,
    may_change,
    professional,
    professionals_of,
    unlink_professional,
)
from vincula.national.cnes.services.registering import (
    advance,
    deactivate,
    inconsistent,
    register,
    registrations_of,
)
from vincula.national.cnes.services.simulated import change_director, only_in_sandbox

__all__ = [
    "COUNTED",
    "HANDED_OVER",
    "HEADQUARTERS",
    "OBTAIN",
    "PORTARIA",
    "Edition",
    "Establishment",
    "HeadOffice",
    "Listing",
    "Professional",
    "Registration",
    "Situacao",
    "Subtype",
    "Type",
    "advance",
    "change_director",
    "correct",
    "deactivate",
    "directed_by",
    "edition",
    "get",
    "headquarters",
    "headquarters_of",
    "inconsistent",
    "is_loaded",
    "link_professional",
    "listing",
    "load_zip",
    "may_change",
    "of_operadora",
    "only_in_sandbox",
    "professional",
    "professionals_of",
    "reason_of",
    "refusal_to_replace",
    "register",
    "registrations_of",
    "replace_director",
    "search",
    "types",
    "unlink_professional",
    "warning",
]
