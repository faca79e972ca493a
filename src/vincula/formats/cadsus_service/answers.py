"""The answers of both services, as text that validates against the schemas served beside them.

Each is the element for the body; `formats.soap.render_envelope` puts it into an envelope of the version of the request.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from vincula.formats.cadsus_service.person import (
    card_values,
    corporate_values,
    local_values,
    person_values,
    quality_values,
)
from vincula.formats.cadsus_service.person_fields import UNKNOWN
from vincula.formats.cadsus_service.requests import CNESUsuario
from vincula.formats.cadsus_service.services import OPERATIONS, Service
from vincula.formats.cadsus_service.tree import Value, Values, branch
from vincula.formats.cadsus_service.values import STRING, fitted
from vincula.formats.cadsus_service.writing import render
from vincula.people.record import Card, LocalId, PersonRecord

_OPERATIONS = {(service, one.name): one for service, listed in OPERATIONS.items() for one in listed}


@dataclass(frozen=True, slots=True, repr=False)
class Found:
    """A person found by a search, and how well he fits what was asked: 0 to 100."""

    record: PersonRecord
    score: int


@dataclass(frozen=True, slots=True, repr=False)
class Linked:
    """A record that was united with another, and the transaction that did it."""

    transacao: int
    record: PersonRecord


@dataclass(frozen=True, slots=True, repr=False)
class Transaction:
    """Something that happened to a registration. `tipo`: one of TRANSACTIONS, or "". `quando`: local time."""

    id: int
    quando: datetime
    operador: CNESUsuario
    tipo: str = ""


def render_results(found: Sequence[Found]) -> str:
    """What a search found, in its order; nobody is an empty answer. Of each person, what his record says, no more."""
    return _cadsus("pesquisar", {"ResultadoPesquisa": [_result(one) for one in found]})


def render_person(record: PersonRecord) -> str:
    """A whole person. Of several local ids the first is shown: the caller's own, if his record is handed in so."""
    return _cadsus("consultar", {"UsuarioSUS": person_values(record)})


def render_cns(operation: str, card: Card, local: LocalId | None = None) -> str:
    """The card of who was registered or changed. `operation`: incluir, atualizar or alterarSituacao; only incluir tells
    the local id. `card.numero` has its 15 digits."""
    values: Values = {"CNS": card_values(card)}
    if local:
        values["IdentificadorLocal"] = local_values(local)
    return _cadsus(operation, values)


def render_quality(percent: int) -> str:
    """The quality grade of a record, 0 to 100."""
    return _cadsus("calcularGrauDeQualidade", {"GrauQualidade": quality_values(percent)})


def render_linked(linked: Sequence[Linked]) -> str:
    """Who was united with a person; nobody is an empty answer."""
    listed: list[Values] = [
        {"identificadorTransacao": str(one.transacao), "UsuarioSUS": person_values(one.record)}
        for one in linked
    ]
    return _audit("obterHistoricoUnificacaoUsuarioSUS", {"UsuarioSUSVinculado": listed})


def render_transactions(transactions: Sequence[Transaction]) -> str:
    """What happened to a registration: at least one, for the schema has no empty answer (else NOTHING_FOUND)."""
    listed: list[Values] = [
        {
            "dataHoraTransacao": _moment(one.quando),
            "identificadorTransacao": str(one.id),
            "CNESUsuario": _operator(one.operador),
            "TipoTransacao": one.tipo,
        }
        for one in transactions
    ]
    return _audit("obterHistoricoTransacoesUsuarioSUS", {"TransacaoAuditoria": listed})


def render_changes(atual: PersonRecord, antigo: PersonRecord | None, operador: CNESUsuario) -> str:
    """The record after a transaction, before it (None where it began with it), and who made it."""
    changed: Values = {"UsuarioSUSAtual": person_values(atual)}
    if antigo:
        changed["UsuarioSUSAntigo"] = person_values(antigo)
    values: Values = {"UsuarioSUSAuditoria": changed, "CNESUsuario": _operator(operador)}
    return _audit("obterCamposAlteradosPorTransacao", values)


def render_last_change(quando: datetime) -> str:
    """When a registration last changed, local time."""
    return _audit("obterUltimaDataAlteracaoUsuarioSUS", {"dataHoraUltimaModificacao": _moment(quando)})


def render_print_history() -> str:
    """Who printed a card: nobody, while this house prints none."""
    return _audit("obterHistoricoImpressao", {})


def _result(found: Found) -> Values:
    record, whole = found.record, person_values(found.record)
    known: dict[str, tuple[str, Value]] = {
        "NomeCompleto": (record.nome, branch(whole, "NomeCompleto")),
        "NomeSocial": (record.nome_social, whole.get("NomeSocial", "")),
        "dataNascimento": (record.data_nascimento, record.data_nascimento),
        "Mae": (record.nome_mae, branch(whole, "Mae")),
        "Pai": (record.nome_pai, branch(whole, "Pai")),
        "Sexo": (record.sexo, branch(whole, "Sexo")),
        "MunicipioNascimento": (record.municipio_nascimento, branch(whole, "MunicipioNascimento")),
        "PaisNascimento": (record.pais_nascimento, branch(whole, "DadosNacionalidade", "PaisNascimento")),
        "MunicipioResidencia": (record.municipio6, branch(whole, "Enderecos", "Endereco", "Municipio")),
    }
    return {
        **{name: value for name, (held, value) in known.items() if held},
        "CNS": card_values(record.cartoes[0]) if record.cartoes else {},
        "GrauQualidade": quality_values(record.qualidade),
        "scorePesquisa": str(found.score),
        "IdentificadorCorporativo": corporate_values(record.id),
        "Situacao": "true" if record.ativa else "false",
    }


def _operator(operator: CNESUsuario) -> Values:
    """Who did it, never his password. The schema wants both: what is not known is said to be so."""
    return {
        "CNES": fitted(STRING, operator.cnes) or UNKNOWN,
        "Usuario": fitted(STRING, operator.usuario) or UNKNOWN,
    }


def _moment(quando: datetime) -> str:
    return quando.isoformat(timespec="seconds")


def _cadsus(operation: str, values: Values) -> str:
    return render(Service.CADSUS, _OPERATIONS[Service.CADSUS, operation], values)


def _audit(operation: str, values: Values) -> str:
    return render(Service.AUDITORIA, _OPERATIONS[Service.AUDITORIA, operation], values)
