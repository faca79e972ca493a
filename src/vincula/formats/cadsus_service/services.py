"""The two services: their operations, and the rows that each of them stands on (sections 6 and 7)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache

from vincula.formats.cadsus_service.contact_types import CONTACT_ROWS
from vincula.formats.cadsus_service.document_types import DOCUMENT_ROWS, licence, old_certificate
from vincula.formats.cadsus_service.message_types import MESSAGE_ROWS
from vincula.formats.cadsus_service.person_types import PERSON_ROWS, card
from vincula.formats.cadsus_service.table import BASE, Part, Row, may, must
from vincula.formats.cadsus_service.values import BOOLEAN, MOMENT, STRING


class Service(Enum):
    """A service, by the name of its WSDL."""

    CADSUS = "CadsusService"
    AUDITORIA = "AuditoriaCadsusService"

    @property
    def prefix(self) -> str:
        """What its own namespace is called in answers."""
        return "c" if self is Service.CADSUS else "au"

    @property
    def namespace(self) -> str:
        """The targetNamespace of its WSDL."""
        return f"{BASE}cadsus/v5r0/{self.value.lower()}"

    @property
    def fault(self) -> str:
        """The name of its fault."""
        return f"{self.value.removesuffix('Service')}Fault"


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation: the parts of what is asked and of what is answered."""

    name: str
    asked: tuple[Part, ...]
    answered: tuple[Part, ...]

    @property
    def request(self) -> str:
        """The element that asks."""
        return f"request{self.name[0].upper()}{self.name[1:]}"

    @property
    def response(self) -> str:
        """The element that answers."""
        return f"response{self.name[0].upper()}{self.name[1:]}"


_ROWS: dict[str, Row] = {**MESSAGE_ROWS, **PERSON_ROWS, **DOCUMENT_ROWS, **CONTACT_ROWS}
# What the schema set of Auditoria has otherwise (section 7, last paragraph).
_AUDIT_ROWS = {
    "cns": card(nillable=True),
    "cnh": licence(leading_zero=False),
    "ca": old_certificate("-0-9A-Z"),
}


def _shared(key: str, least: int = 1, most: int | None = 1) -> Part:
    return Part(_ROWS[key].name, key, least, most, shared=True)


_WHO, _CARD, _PERSON, _CORPORATE = _shared("cu"), _shared("cns"), _shared("us"), _shared("ic")
_TRANSACTION = must("identificadorTransacao", STRING)
_HYGIENE = may("higienizar", BOOLEAN)
OPERATIONS: dict[Service, tuple[Operation, ...]] = {
    Service.CADSUS: (
        Operation("pesquisar", (_WHO, _shared("fp"), must("higienizar", BOOLEAN)), (_shared("rp", 0, None),)),
        Operation("consultar", (_WHO, _CARD), (_PERSON,)),
        Operation("incluir", (_WHO, _PERSON, _HYGIENE), (_CARD, _shared("il", 0))),
        Operation("atualizar", (_WHO, _PERSON, _HYGIENE), (_CARD,)),
        Operation("alterarSituacao", (_WHO, _PERSON), (_CARD,)),
        Operation("calcularGrauDeQualidade", (_WHO, _PERSON), (_shared("gq"),)),
    ),
    Service.AUDITORIA: (
        Operation("obterHistoricoUnificacaoUsuarioSUS", (_WHO, _CORPORATE), (_shared("usv", 0, None),)),
        Operation("obterHistoricoTransacoesUsuarioSUS", (_WHO, _CORPORATE), (_shared("ta", 1, None),)),
        Operation("obterCamposAlteradosPorTransacao", (_WHO, _TRANSACTION), (_shared("usa"), _WHO)),
        Operation(
            "obterUltimaDataAlteracaoUsuarioSUS", (_WHO, _CARD), (must("dataHoraUltimaModificacao", MOMENT),)
        ),
        Operation("obterHistoricoImpressao", (_WHO, _CARD), (_shared("rhi", 0),)),
    ),
}


@cache
def rows_of(service: Service) -> Mapping[str, Row]:
    """The rows that the service's messages reach, by their prefix."""
    rows = _ROWS | _AUDIT_ROWS if service is Service.AUDITORIA else _ROWS
    reached = {"msf": rows["msf"], "men": rows["men"]}
    parts = [part for one in OPERATIONS[service] for part in (*one.asked, *one.answered)]
    while parts:
        kind = parts.pop().type
        if isinstance(kind, str) and kind not in reached:
            row = reached[kind] = rows[kind]
            parts += row.content if isinstance(row.content, tuple) else ()
        elif isinstance(kind, tuple):
            parts += kind
    return reached


@cache
def operations_by(service: Service) -> Mapping[str, Operation]:
    """The operations by the name of the element that asks."""
    return {one.request: one for one in OPERATIONS[service]}
