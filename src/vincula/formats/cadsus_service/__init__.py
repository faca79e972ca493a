"""CadsusService v5r0 and AuditoriaCadsusService v5r0: requests read with tolerance, answers, WSDL and schemas. Pure."""

from vincula.formats.cadsus_service.answers import (
    Found,
    Linked,
    Transaction,
    render_changes,
    render_cns,
    render_last_change,
    render_linked,
    render_person,
    render_print_history,
    render_quality,
    render_results,
    render_transactions,
)
from vincula.formats.cadsus_service.asking import read_request
from vincula.formats.cadsus_service.faults import MALFORMED_CNS, MAX_FAULTS, MORE_THAN_ONE, NOTHING_FOUND
from vincula.formats.cadsus_service.message_types import TRANSACTIONS
from vincula.formats.cadsus_service.requests import (
    AlterarSituacao,
    Atualizar,
    CalcularGrauDeQualidade,
    CamposAlterados,
    CNESUsuario,
    Consultar,
    FiltroPesquisa,
    HistoricoImpressao,
    HistoricoTransacoes,
    HistoricoUnificacao,
    Incluir,
    Pesquisar,
    Request,
    TipoPesquisa,
    UltimaAlteracao,
)
from vincula.formats.cadsus_service.services import Service
from vincula.formats.cadsus_service.wsdl import render_wsdl
from vincula.formats.cadsus_service.xsd import SCHEMAS, render_schema

__all__ = [
    "MALFORMED_CNS",
    "MAX_FAULTS",
    "MORE_THAN_ONE",
    "NOTHING_FOUND",
    "SCHEMAS",
    "TRANSACTIONS",
    "AlterarSituacao",
    "Atualizar",
    "CNESUsuario",
    "CalcularGrauDeQualidade",
    "CamposAlterados",
    "Consultar",
    "FiltroPesquisa",
    "Found",
    "HistoricoImpressao",
    "HistoricoTransacoes",
    "HistoricoUnificacao",
    "Incluir",
    "Linked",
    "Pesquisar",
    "Request",
    "Service",
    "TipoPesquisa",
    "Transaction",
    "UltimaAlteracao",
    "read_request",
    "render_changes",
    "render_cns",
    "render_last_change",
    "render_linked",
    "render_person",
    "render_print_history",
    "render_quality",
    "render_results",
    "render_schema",
    "render_transactions",
    "render_wsdl",
]
