"""CadsusService v5r0 and AuditoriaCadsusService v5r0 over the listener: their addresses, doors and operations."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from vincula.formats.cadsus_service import SCHEMAS, Service, render_schema, render_wsdl
from vincula.formats.soap import MAX_BYTES
from vincula.national.api.wire import cadsus_asking, cadsus_history
from vincula.national.api.wire.cadsus_writing import Writing, grade
from vincula.national.api.wire.called import Called, operation
from vincula.national.api.wire.doors import LEGACY_TOKEN_ONLY
from vincula.national.api.wire.http import Reply
from vincula.national.api.wire.soap_service import SoapService

Handlers = Mapping[str, Callable[[Called[Any]], Reply]]
_BY_OTHERS = "use o PDQ (POST /cadsus/v2/PDQSupplierJWT) ou o FHIR (/fhir/r4/Patient), com o mesmo token"
_INSTEAD = {
    Service.CADSUS: f"Para consultar, {_BY_OTHERS}; cadastrar é só de integradores.",
    Service.AUDITORIA: "O histórico dos cadastros não é dado a operadoras. Para consultar uma pessoa,"
    f" {_BY_OTHERS}.",
}
_HISTORY_BYTES = 64 * 1024


def services(*, legacy: bool, any_root: bool) -> Sequence[tuple[str, SoapService]]:
    """Address → service. With a token they are open also where passwords are not."""
    writing = Writing(any_root)
    cadsus: Handlers = {
        "requestPesquisar": cadsus_asking.search,
        "requestConsultar": cadsus_asking.consult,
        "requestIncluir": writing.include,
        "requestAtualizar": writing.update,
        "requestAlterarSituacao": writing.change_state,
        "requestCalcularGrauDeQualidade": grade,
    }
    auditoria: Handlers = {
        "requestObterHistoricoUnificacaoUsuarioSUS": cadsus_history.unions,
        "requestObterHistoricoTransacoesUsuarioSUS": cadsus_history.transactions,
        "requestObterCamposAlteradosPorTransacao": cadsus_history.changes,
        "requestObterUltimaDataAlteracaoUsuarioSUS": cadsus_history.last_change,
        "requestObterHistoricoImpressao": cadsus_history.prints,
    }

    def service(name: str, kind: Service, handlers: Handlers, max_bytes: int) -> SoapService:
        return SoapService(
            name=name,
            operations={asked: operation(kind, handle) for asked, handle in handlers.items()},
            wsdl=partial(render_wsdl, kind),
            schema=lambda file, address: (
                render_schema(kind, file, address) if file in SCHEMAS[kind] else None
            ),
            max_bytes=max_bytes,
            by_password=True,
            by_token=True,
            both=True,
            instead=_INSTEAD[kind],
            closed=None if legacy else LEGACY_TOKEN_ONLY,
        )

    return (
        ("/cadsus/CadsusService/v5r0", service("cadsus-service", Service.CADSUS, cadsus, MAX_BYTES)),
        (
            "/cadsus/AuditoriaCadsusService/v5r0",
            service("auditoria", Service.AUDITORIA, auditoria, _HISTORY_BYTES),
        ),
    )
