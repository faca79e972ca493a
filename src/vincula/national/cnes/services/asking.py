"""What other rooms ask of an establishment (decision 0022)."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from vincula.common import config
from vincula.common.outcomes import Accepted, Outcome
from vincula.identifiers.cnes import WIDTH
from vincula.identifiers.digits import is_digits
from vincula.national.cnes import models
from vincula.national.cnes.rules import establishment as rules
from vincula.national.cnes.rules.establishment import Establishment

_FIELDS = tuple(Establishment.__dataclass_fields__)


def known() -> QuerySet[models.Estabelecimento]:
    """The establishments that may be spoken of: a simulated one exists in the sandbox alone (R007)."""
    found = models.Estabelecimento.objects.all()
    return found if config.load().sandbox else found.exclude(origem="SANDBOX")


def read(found: QuerySet[models.Estabelecimento]) -> list[Establishment]:
    """The rows as what the rules judge, in the order of the query."""
    return [Establishment(*row) for row in found.values_list(*_FIELDS)]


def get(cnes: str) -> Establishment | None:
    """The establishment of a CNES (7 digits), active or not; None where the base does not have it."""
    if not is_digits(cnes, WIDTH):
        return None
    found = read(known().filter(pk=cnes))
    return found[0] if found else None


def headquarters(cnes: str) -> Outcome[Establishment]:
    """The head office of an operadora that has this CNES: it exists, is active and is 68/005 (R001–R003, R007).

    Evaluated anew at every call. Refused as rules.establishment.headquarters says; a check digit only warns.
    """
    return rules.headquarters(cnes, get(cnes))


def of_operadora(cnpj: str) -> list[Establishment]:
    """The establishments of a CNPJ (14 characters), own or maintained: those that count as head office first."""
    if not cnpj:
        return []
    found = read(known().filter(Q(cnpj=cnpj) | Q(cnpj_mantenedora=cnpj)).order_by("cnes"))
    return sorted(
        found, key=lambda one: (not one.counts, not one.of_headquarters_type, not one.active, one.cnes)
    )


def headquarters_of(cnpj: str) -> Outcome[Establishment]:
    """The head office of the operadora of this CNPJ; of several, the lowest number.

    Refused OPERADORA_SEM_CNES (R001), or, where it has an establishment that does not count, for what that one is
    refused.
    """
    found = of_operadora(cnpj)
    if not found:
        return rules.none_of_operadora()
    first = found[0]
    return Accepted(first) if first.counts else rules.headquarters(first.cnes, first)


def directed_by(cpf: str) -> list[Establishment]:
    """The active establishments, of whatever type, whose director, manager or administrator this CPF is (decision 6
    of the requirements: CO_CPFDIRETORCLN), by number."""
    if not cpf:
        return []
    rows = known().filter(diretor_cpf=cpf, motivo_desativacao="", ausente_desde__isnull=True)
    return read(rows.order_by("cnes"))


def is_loaded() -> bool:
    """Whether this installation has any establishment at all."""
    return known().exists()
