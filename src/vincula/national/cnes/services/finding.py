"""The public query: establishments by number, name and place; the table of types; what was loaded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from vincula.identifiers import cnpj as cnpj_rules
from vincula.identifiers.digits import is_digits
from vincula.national.cnes import models
from vincula.national.cnes.rules.establishment import HEADQUARTERS, Establishment, folded
from vincula.national.cnes.rules.types import Type, table
from vincula.national.cnes.services.asking import known, read

COUNTED = 1_000
"""More than so many that match are not counted: the answer is "more than"."""
TEXT_LIMIT = 200


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of establishments; `total` is at most COUNTED + 1, which means more than COUNTED."""

    total: int
    items: Sequence[Establishment]


def search(text: str, limit: int = 20) -> list[Establishment]:
    """Establishments by CNES or CNPJ (punctuation allowed), or by words of a name; those in activity first."""
    if not text.strip():
        return []
    found = _matching(known(), text)
    return read(found.order_by("motivo_desativacao", "razao_social", "cnes")[:limit])


def listing(
    page: int = 1, size: int = 50, *, text: str = "", uf: str = "", headquarters_only: bool = False
) -> Listing:
    """Page `page` (from 1) of those that fit, in alphabetical order, of the first COUNTED of them. `text`: a number or
    words of a name."""
    found = _matching(known(), text)
    if uf:
        found = found.filter(uf=uf)
    if headquarters_only:
        found = found.filter(tipo=HEADQUARTERS[0], subtipo=HEADQUARTERS[1])
    # The numbers first, once: what is rare is a look through all of them, for the count and for the page together.
    numbers = list(found.order_by("razao_social", "cnes").values_list("pk", flat=True)[: COUNTED + 1])
    start = (max(page, 1) - 1) * size
    items = read(known().filter(pk__in=numbers[start : start + size]).order_by("razao_social", "cnes"))
    return Listing(len(numbers), items)


def _matching(found: QuerySet[models.Estabelecimento], text: str) -> QuerySet[models.Estabelecimento]:
    text = text.replace("\0", "")[:TEXT_LIMIT]
    number = "".join(c for c in text if c.isalnum()).upper()
    if number.isascii() and len(number) == 7 and number.isdigit():
        return found.filter(pk=number)
    if is_digits(number, 14) or cnpj_rules.is_valid(number):  # with letters, a name may be as long
        return found.filter(Q(cnpj=number) | Q(cnpj_mantenedora=number))
    for word in folded(text).split():
        found = found.filter(busca__contains=word)
    return found


def types() -> list[Type]:
    """The types and subtypes: those of the archives, and those that the product carries (68, R004, R005)."""
    loaded = models.Subtipo.objects.values_list("tipo", "codigo", "descricao")
    return table(
        dict(models.TipoUnidade.objects.values_list("codigo", "descricao")),
        {(kind, code): words for kind, code, words in loaded},
    )


def reason_of(establishment: Establishment) -> str:
    """The words for the reason of deactivation of an establishment; its code where no table was loaded; "" of none."""
    code = establishment.motivo_desativacao
    words = models.MotivoDesativacao.objects.filter(pk=code).values_list("descricao", flat=True).first()
    return words or code


@dataclass(frozen=True, slots=True)
class Edition:
    """The newest archive loaded: its month (AAAAMM); `complete` False: its load was cut short."""

    month: int
    complete: bool

    @property
    def text(self) -> str:
        """MM/AAAA."""
        return f"{self.month % 100:02d}/{self.month // 100}"


def edition() -> Edition | None:
    """Which archive the base is of; None where none was loaded."""
    newest = models.Carga.objects.order_by("-competencia").first()
    return Edition(newest.competencia, newest.completa_em is not None) if newest else None
