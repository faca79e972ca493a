"""Who holds which código and who is a titular while a file goes on: the base, and over it what the file did."""

from __future__ import annotations

from collections.abc import Collection

from django.db import connection

from vincula.common.bulk import as_list, in_list

Reference = int  # an id of sib_vinculo; minus the order of an inclusão of this file; 0: named, but refused


def _rows(query: str, registro: str, codes: Collection[str]) -> list[tuple[str, int]]:
    if not codes:
        return []
    with connection.cursor() as cursor:
        cursor.execute(query.format(among=in_list()), [registro, as_list(sorted(codes))])
        return list(cursor.fetchall())


class Book:
    """código → reference. `learn` looks up what the next run will ask; `note` keeps what the file itself did."""

    query = ""

    def __init__(self, registro: str) -> None:
        self.registro = registro
        self.base: dict[str, Reference] = {}
        self.noted: dict[str, Reference | None] = {}

    def learn(self, codes: Collection[str]) -> None:
        """Forget the former run's look-ups and fetch these."""
        self.base = dict(_rows(self.query, self.registro, {c for c in codes if c and c not in self.noted}))

    def note(self, code: str, reference: Reference | None) -> None:
        """What the file made of a código; None: nobody has it any more."""
        self.noted[code] = reference

    def find(self, code: str) -> Reference | None:
        """Who has a código now; None for nobody, and for one that was not learned."""
        return self.noted[code] if code in self.noted else self.base.get(code)


class CodeBook(Book):
    """Which active vínculo holds a código (COD-2)."""

    query = "SELECT codigo, id FROM sib_vinculo WHERE registro_ans = %s AND codigo {among} AND situacao = 'A'"


class TitularBook(Book):
    """Which vínculo is the titular with a código (TIT-3): an active one before an inactive, the newest of those.

    A titular that this file named before counts even when refused, so that no record drags another down.
    """

    query = (
        "SELECT codigo, id FROM sib_vinculo WHERE registro_ans = %s AND codigo {among} AND relacao = '1' "
        "ORDER BY CASE situacao WHEN 'A' THEN 1 ELSE 0 END, id"
    )
