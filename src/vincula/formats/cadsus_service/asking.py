"""From the element in the body to the request that it makes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from lxml import etree

from vincula.formats.cadsus_service import requests as asked
from vincula.formats.cadsus_service.faults import Faults
from vincula.formats.cadsus_service.person import corporate_number, read_person
from vincula.formats.cadsus_service.person_fields import municipality
from vincula.formats.cadsus_service.reading import Reader
from vincula.formats.cadsus_service.services import Service, operations_by, rows_of
from vincula.formats.cadsus_service.tree import Values, branch, branches, leaf
from vincula.formats.soap import local_name

_Fields = dict[str, Any]


def read_request(payload: etree._Element, service: Service = Service.CADSUS) -> asked.Request | None:
    """The request; None where the element is no operation of the service.

    What is missing, repeated or malformed is in its `faults`, all of it (up to MAX_FAULTS), never raised.
    """
    operation = operations_by(service).get(local_name(payload))
    if operation is None:
        return None
    reader = Reader(rows_of(service))
    values = reader.read(payload, operation.asked)
    request, fields_of = _MADE[operation.name]
    fields = fields_of(values, reader.faults)
    return request(operador=_operator(values), faults=tuple(reader.faults.found), **fields)


def _operator(values: Values) -> asked.CNESUsuario:
    who = branch(values, "CNESUsuario")
    return asked.CNESUsuario(leaf(who, "CNES"), leaf(who, "Usuario"), leaf(who, "Senha"))


def _flag(written: str) -> bool | None:
    return written == "true" if written else None


def _filter(values: Values) -> asked.FiltroPesquisa:
    wanted = branch(values, "FiltroPesquisa")
    return asked.FiltroPesquisa(
        tipo=asked.TipoPesquisa(leaf(wanted, "tipoPesquisa") or asked.TipoPesquisa.IDENTICA),
        nome=leaf(wanted, "nomeCompleto", "Nome"),
        nome_social=leaf(wanted, "nomeSocial"),
        nome_familia=leaf(wanted, "nomeFamilia", "Nome"),
        data_nascimento=leaf(wanted, "dataNascimento"),
        nome_mae=leaf(wanted, "Mae", "Nome"),
        nome_pai=leaf(wanted, "Pai", "Nome"),
        cpf=leaf(wanted, "CPF", "numeroCPF"),
        municipio_nascimento=municipality(leaf(wanted, "MunicipioNascimento", "codigoMunicipio")),
        tipo_documento=leaf(wanted, "TipoDocumento", "tipoDocumento"),
        numero_documento=leaf(wanted, "numeroDocumento"),
        situacao=_flag(leaf(wanted, "situacao")),
    )


def _search(values: Values, faults: Faults) -> _Fields:
    return {"filtro": _filter(values), "higienizar": bool(_flag(leaf(values, "higienizar")))}


def _card(values: Values, faults: Faults) -> _Fields:
    return {"cns": leaf(values, "CNS", "numeroCNS")}


def _person(values: Values, faults: Faults) -> _Fields:
    record, given = read_person(branch(values, "UsuarioSUS"), faults)
    return {"record": record, "given": given}


def _person_cleaned(values: Values, faults: Faults) -> _Fields:
    return {**_person(values, faults), "higienizar": _flag(leaf(values, "higienizar"))}


def _person_photographed(values: Values, faults: Faults) -> _Fields:
    photographs = branches(values, "UsuarioSUS", "Fotografias", "Fotografia")
    shown = next((one for one in photographs if leaf(one, "bytesImagem")), {})
    return {
        **_person(values, faults),
        "foto": bool(shown),
        "data_foto": leaf(shown, "dataCaptura"),
    }


def _corporate(values: Values, faults: Faults) -> _Fields:
    written = leaf(values, "IdentificadorCorporativo", "numeroIdentificadorCorporativo")
    return {"pessoa": corporate_number(written) or 0}


def _transaction(values: Values, faults: Faults) -> _Fields:
    return {"transacao": leaf(values, "identificadorTransacao")}


_MADE: dict[str, tuple[Callable[..., asked.Request], Callable[[Values, Faults], _Fields]]] = {
    "pesquisar": (asked.Pesquisar, _search),
    "consultar": (asked.Consultar, _card),
    "incluir": (asked.Incluir, _person_cleaned),
    "atualizar": (asked.Atualizar, _person_cleaned),
    "alterarSituacao": (asked.AlterarSituacao, _person),
    "calcularGrauDeQualidade": (asked.CalcularGrauDeQualidade, _person_photographed),
    "obterHistoricoUnificacaoUsuarioSUS": (asked.HistoricoUnificacao, _corporate),
    "obterHistoricoTransacoesUsuarioSUS": (asked.HistoricoTransacoes, _corporate),
    "obterCamposAlteradosPorTransacao": (asked.CamposAlterados, _transaction),
    "obterUltimaDataAlteracaoUsuarioSUS": (asked.UltimaAlteracao, _card),
    "obterHistoricoImpressao": (asked.HistoricoImpressao, _card),
}
