"""The quality grade of a CNS record: a sum of official weights over filled fields (cadsus-rules.md,
section 5).

Greater than 80: cards that begin with 7, else with 8. The weights are versioned data. Ours, where the
document is silent: placeholders do not count, the maxima are not rescaled for who lives abroad or is
nomade, the CNS is no document. Not to be confused with the three equalities of a SIB record (`agreement`;
requirements, decision 8).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields

from vincula.identifiers import cns

from .identity import identity_key
from .weights import Weights, official


@dataclass(frozen=True, slots=True, repr=False)
class QualityRecord:
    """What of a person's record counts. Text fields: "" is not filled; codes are those of the CadSUS
    tables.
    """

    nome: str = ""
    nome_social: str = ""
    nome_mae: str = ""
    nome_pai: str = ""
    sexo: str = ""
    raca_cor: str = ""
    etnia: str = ""
    data_nascimento: str = ""
    tipo_sanguineo: str = ""
    nacionalidade: str = ""
    """B, N or E; anything else counts nothing."""
    municipio_nascimento: str = ""
    pais_nascimento: str = ""
    data_naturalizacao: str = ""
    portaria_naturalizacao: str = ""
    data_entrada: str = ""
    email_principal: str = ""
    email_alternativo: str = ""
    cep: str = ""
    pais: str = ""
    """010 is Brasil; "" with a Brazilian address counts nothing for the country itself."""
    municipio: str = ""
    municipio_exterior: str = ""
    tipo_logradouro: str = ""
    logradouro: str = ""
    numero: str = ""
    complemento: str = ""
    bairro: str = ""
    telefones: int = 0
    """How many distinct telephones."""
    documentos: int = 0
    """How many of CPF, RG, CTPS, CNH, título de eleitor, NIS, passaporte, RIC, DNV; not the CNS, not
    certidões.
    """
    certidoes: int = 0
    nomade: bool = False
    foto: str = ""
    data_foto: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """What one field brings: its group, its weight and whether it was earned."""

    group: str
    name: str
    weight: int
    earned: bool


@dataclass(frozen=True, slots=True)
class Quality:
    """The grade, 0 to 100 percent, and where it comes from. `threshold` is that of the weights used."""

    percent: int
    items: tuple[Item, ...]
    threshold: int

    @property
    def high(self) -> bool:
        """Alta qualidade cadastral of a CNS record: strictly above the threshold."""
        return self.percent > self.threshold

    @property
    def prefix(self) -> str:
        """First digit of a new card: "7" or "8"."""
        return cns.quality_prefix(self.percent, self.threshold)

    @property
    def missing(self) -> tuple[Item, ...]:
        """The fields that would raise the grade, those that weigh most first."""
        return tuple(sorted((item for item in self.items if not item.earned), key=lambda item: -item.weight))


_PLACEHOLDERS = {
    "nome_mae": {"SEM INFORMACAO"},
    "nome_pai": {"SEM INFORMACAO"},
    "sexo": {"I", "UN", "N"},
    "raca_cor": {"99"},
    "municipio_nascimento": {"999999", "9999999"},
}
"""Values that say "unknown", compared by `identity_key`: by default (derived) they earn no weight."""
_TEXT_FIELDS = tuple(item.name for item in fields(QualityRecord) if isinstance(item.default, str))
_BRASIL = "010"
_INDIGENA = "05"


def grade(
    record: QualityRecord, *, weights: Weights | None = None, placeholders_count: bool = False
) -> Quality:
    """The quality grade of a record; never raises. `placeholders_count`: `SEM INFORMAÇÃO` and its like
    earn too.
    """
    table = weights or official()
    filled = _filled(record, placeholders_count)
    items = (
        *_personal(record, table, filled),
        *_contacts(record, table, filled),
        *_documents(record, table),
        *(Item("biometria", name, weight, name in filled) for name, weight in table.biometrics.items()),
    )
    earned = {
        group: sum(item.weight for item in items if item.group == group and item.earned)
        for group in table.maxima
    }
    percent = sum(min(points, table.maxima[group]) for group, points in earned.items())
    return Quality(percent, items, table.threshold)


def _filled(record: QualityRecord, placeholders_count: bool) -> frozenset[str]:
    """The names of the text fields that count as filled."""
    texts = ((name, getattr(record, name)) for name in _TEXT_FIELDS)
    given = {name: value for name, value in texts if value.strip()}
    if not placeholders_count:
        for name, placeholders in _PLACEHOLDERS.items():
            if name in given and identity_key(given[name]) in placeholders:
                del given[name]
    return frozenset(given)


def _personal(record: QualityRecord, table: Weights, filled: frozenset[str]) -> Iterator[Item]:
    race = table.race[_INDIGENA if record.raca_cor == _INDIGENA else "outra"]
    nationality = table.nationality.get(record.nacionalidade, {})
    for name, weight in {**table.personal, **race, **nationality}.items():
        yield Item("pessoais", name, weight, name in filled)


def _contacts(record: QualityRecord, table: Weights, filled: frozenset[str]) -> Iterator[Item]:
    where = "nomade" if record.nomade else "brasil" if record.pais in ("", _BRASIL) else "exterior"
    for name, weight in {**table.contacts, **table.address[where]}.items():
        yield Item("contatos", name, weight, name in filled)
    for place, weight in enumerate(table.telephones, start=1):
        yield Item("contatos", f"telefone_{place}", weight, record.telefones >= place)


def _documents(record: QualityRecord, table: Weights) -> Iterator[Item]:
    rule = table.documents
    places = 1 + (rule.maximum - rule.first) // rule.further
    for place in range(1, places + 1):
        weight = rule.first if place == 1 else rule.further
        yield Item("documentos", f"documento_{place}", weight, record.documentos >= place)
    yield Item("documentos", "certidoes", rule.certificates, record.certidoes >= 1)
