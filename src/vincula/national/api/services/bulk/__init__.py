"""The bulk look-up: asked for with a file of questions, answered by the worker, fetched by who asked."""

from vincula.national.api.services.bulk.asking import (
    MAX_BYTES,
    UNKNOWN,
    Arrival,
    Standing,
    begin,
    cancel,
    discard,
    fetch,
    receive,
    standing,
)
from vincula.national.api.services.bulk.keeping import purge
from vincula.national.api.services.bulk.measure import ARRIVES_WITHIN
from vincula.national.api.services.bulk.running import KIND

__all__ = [
    "ARRIVES_WITHIN",
    "KIND",
    "MAX_BYTES",
    "UNKNOWN",
    "Arrival",
    "Standing",
    "begin",
    "cancel",
    "discard",
    "fetch",
    "purge",
    "receive",
    "standing",
]
