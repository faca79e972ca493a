"""The records about a subject, by an index that costs a record little.

Records come in order, their subjects in none: in a plain index of the subjects every record has a page of its own to
change, which was most of what a record cost. Here the subjects are sorted within blocks of some thousand records, so
that only the pages of the newest block change; a question looks into each block (200 of them, for three million
records, take two milliseconds).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from django.db import connections

from vincula.common.audit.models import Registro
from vincula.common.audit.writer import STORE
from vincula.common.bulk import batches

_FETCH = 2_000
# By the index of migration 0002, whose expression must stand here to the letter.
_FOUND = {
    "sqlite": """
        WITH RECURSIVE bloco(n) AS (
            SELECT (SELECT max(id) FROM auditoria_registro) >> 14
            UNION ALL
            SELECT n - 1 FROM bloco WHERE n > (SELECT min(id) FROM auditoria_registro) >> 14
        )
        SELECT r.quando, r.id FROM bloco CROSS JOIN auditoria_registro r
         WHERE (r.id >> 14) = bloco.n AND r.assunto = %s
    """,
    # OFFSET 0 keeps the planner from reading every record once instead of one place in each block.
    "postgresql": """
        SELECT r.quando, r.id
          FROM generate_series((SELECT min(id) FROM auditoria_registro) >> 14,
                               (SELECT max(id) FROM auditoria_registro) >> 14) AS bloco(n)
         CROSS JOIN LATERAL (SELECT quando, id FROM auditoria_registro
                              WHERE (id >> 14) = bloco.n AND assunto = %s OFFSET 0) r
    """,
}


def about(subjects: Collection[str], since: str = "", until: str = "") -> list[int]:
    """The ids of the records about one of these, from one moment to before another ("" for no bound), oldest first."""
    found: list[tuple[str, int]] = []
    with connections[STORE].cursor() as cursor:
        for subject in sorted(set(subjects)):
            cursor.execute(_FOUND[connections[STORE].vendor], [subject])
            found += cursor.fetchall()
    return [one for when, one in sorted(found) if when >= since and (not until or when < until)]


def records(ids: Collection[int]) -> Iterator[Registro]:
    """These records, in this order, read as they are asked for."""
    for part in batches(ids, _FETCH):
        read = Registro.objects.in_bulk(part)
        yield from (read[one] for one in part if one in read)  # a purge may have come in between
