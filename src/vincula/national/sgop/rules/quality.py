"""From which grade on a person's CNS record is of high quality for SGOP (decision 8a). Versioned data: append.

What the official system demands is not published. Taken: the limit of the CNS base's own grade, above 80 of 100, which
gives a card that begins with 7.
"""

from __future__ import annotations

from vincula.people.weights import official

VERSIONS = (("2026-11", official().threshold + 1),)
"""(since, lowest grade that is high)."""
MINIMUM_GRADE = VERSIONS[-1][1]
