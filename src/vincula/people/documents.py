"""By what a document is looked up: its kind, as CadSUS codes it, and its number without what is only its dress. Pure.

The kinds are those that a search may name (cadsus-services.md, 6.1: tipoDocumento) beside CPF and NIS, which lead to
their person by themselves. A passport and a RIC are held, but no search names them.
"""

from __future__ import annotations

from collections.abc import Iterable

from vincula.people.record import Certificate, Document

KINDS = {"rg": "01", "ctps": "03", "cnh": "04", "titulo": "05", "dnv": "19"}
"""Document.tipo → tipoDocumento."""
CERTIFICATES = frozenset({"91", "92", "93", "95"})
SOUGHT = CERTIFICATES.union(KINDS.values())
LONGEST = 40  # characters of a key


def plain(number: str) -> str:
    """The number without marks, blanks and zeros on the left, which make no other document."""
    return "".join(one for one in number.upper() if one.isalnum()).lstrip("0")[:LONGEST]


def keys_of(documents: Iterable[Document], certificates: Iterable[Certificate]) -> set[tuple[str, str]]:
    """(tipoDocumento, plain number) of each that can be looked up. Of a certidão: the matrícula, else the termo."""
    given = {(KINDS[one.tipo], plain(one.numero)) for one in documents if one.tipo in KINDS}
    given |= {
        (one.tipo, plain(one.matricula or one.termo)) for one in certificates if one.tipo in CERTIFICATES
    }
    return {(kind, number) for kind, number in given if number}
