"""The register of operadoras: who is in it, who is active, who owes SIB; its pages' lists; its load."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from vincula.identifiers.digits import is_digits
from vincula.identifiers.registro_ans import WIDTH
from vincula.national.cadop import models
from vincula.national.cadop.loading import load_csv
from vincula.national.cadop.rules import Operadora, folded

__all__ = [
    "Listing",
    "Operadora",
    "emails",
    "get",
    "is_active",
    "is_loaded",
    "listing",
    "load_csv",
    "names",
    "owes_sib",
    "search",
    "with_cnpj",
]

_FIELDS = tuple(Operadora.__dataclass_fields__)


def get(registro: str) -> Operadora | None:
    """The operadora of a registro ANS (6 digits), active or not; None where the register never had it."""
    if not is_digits(registro, WIDTH):
        return None
    row = models.Operadora.objects.filter(pk=registro).values_list(*_FIELDS).first()
    return Operadora(*row) if row else None


def with_cnpj(cnpj: str) -> Operadora | None:
    """The operadora whose CNPJ (14 characters) this is; of several registros, one in activity."""
    found = _read(models.Operadora.objects.filter(cnpj=cnpj).order_by("-ativa", "registro_ans")[:1])
    return found[0] if found else None


def is_loaded() -> bool:
    """Whether this installation has a register at all."""
    return models.Operadora.objects.exists()


def names(registros: Sequence[str]) -> Mapping[str, str]:
    """Razão social by registro ANS, for those that the register has or had."""
    found = models.Operadora.objects.filter(pk__in=registros)
    return dict(found.values_list("registro_ans", "razao_social"))


def emails() -> list[str]:
    """The e-mails of the operadoras in activity, as the register has them; each once, none where it has none."""
    found = models.Operadora.objects.filter(ativa=True).exclude(email="")
    return list(found.order_by("email").values_list("email", flat=True).distinct())


def is_active(registro: str) -> bool:
    """Whether the register has it as active."""
    operadora = get(registro)
    return operadora is not None and operadora.ativa


def owes_sib(registro: str) -> bool:
    """Whether it must send SIB: active and not an administradora de benefícios."""
    operadora = get(registro)
    return operadora is not None and operadora.owes_sib


def search(text: str, limit: int = 20) -> list[Operadora]:
    """Operadoras by the beginning of registro or CNPJ (punctuation allowed), or by words of a name; active first."""
    found = _matching(models.Operadora.objects.all(), text)
    return _read(found.order_by("-ativa", "razao_social", "registro_ans")[:limit]) if text.strip() else []


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of the register: `total` is how many operadoras match."""

    total: int
    items: Sequence[Operadora]


def listing(
    page: int = 1,
    size: int = 50,
    *,
    text: str = "",
    ativa: bool | None = None,
    uf: str = "",
    modalidade: str = "",
) -> Listing:
    """Page `page` (from 1) of the operadoras in alphabetical order, filtered by what is given."""
    found = _matching(models.Operadora.objects.all(), text)
    if ativa is not None:
        found = found.filter(ativa=ativa)
    if uf:
        found = found.filter(uf=uf)
    if modalidade:
        found = found.filter(modalidade=modalidade)
    start = (max(page, 1) - 1) * size
    return Listing(found.count(), _read(found.order_by("razao_social", "registro_ans")[start : start + size]))


def _matching(found: QuerySet[models.Operadora], text: str) -> QuerySet[models.Operadora]:
    """Those that match every word of `text`."""
    text = text.replace("\0", "")  # PostgreSQL takes none
    number = "".join(c for c in text if c.isalnum())
    if number and number.isascii() and any(c.isdigit() for c in number):
        by_number = Q(registro_ans__startswith=number) | Q(cnpj__startswith=number.upper())
        return found.filter(by_number | _words(text))
    return found.filter(_words(text)) if text.strip() else found


def _words(text: str) -> Q:
    condition = Q()
    for word in folded(text).split():
        condition &= Q(busca__contains=word)
    return condition


def _read(found: QuerySet[models.Operadora]) -> list[Operadora]:
    return [Operadora(*row) for row in found.values_list(*_FIELDS)]
