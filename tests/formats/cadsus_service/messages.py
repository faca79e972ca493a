"""Requests as clients write them, the schemas as they are served, and a person of whom everything is known."""

from __future__ import annotations

from functools import cache
from typing import Any

from lxml import etree

from vincula.formats import cadsus_service as cs
from vincula.formats import soap
from vincula.people.record import Card, Certificate, Document, LocalId, PersonRecord, Phone

NIL = "{http://www.w3.org/2001/XMLSchema-instance}nil"
BASE = "http://servicos.saude.gov.br/"
ADDRESSES = {
    cs.Service.CADSUS: "https://localhost:8443/cadsus/CadsusService/v5r0",
    cs.Service.AUDITORIA: "https://localhost:8443/cadsus/AuditoriaCadsusService/v5r0",
}
NAMESPACES = {
    "c": "cadsus/v5r0/cadsusservice",
    "au": "cadsus/v5r0/auditoriacadsusservice",
    "cu": "wsdl/mensageria/v5r0/cnesusuario",
    "fp": "wsdl/mensageria/v5r0/filtropesquisa",
    "rp": "wsdl/mensageria/v5r0/resultadopesquisa",
    "us": "schema/cadsus/v5r0/usuariosus",
    "cns": "schema/cadsus/v5r0/cns",
    "gq": "schema/cadsus/v5r0/grauqualidade",
    "ic": "schema/cadsus/v5r0/identificadorcorporativo",
    "il": "schema/cadsus/v5r0/identificadorlocal",
    "nc": "schema/corporativo/pessoafisica/v1r2/nomecompleto",
    "nf": "schema/corporativo/pessoafisica/v1r0/nomefamilia",
    "sx": "schema/corporativo/pessoafisica/v1r1/sexo",
    "rc": "schema/corporativo/pessoafisica/v1r2/racacor",
    "dn": "schema/corporativo/pessoafisica/v1r1/dadosnacionalidade",
    "pa": "schema/corporativo/v1r2/pais",
    "mu": "schema/corporativo/v1r2/municipio",
    "cpf": "schema/corporativo/documento/v1r2/cpf",
    "doc": "schema/corporativo/documento/v1r2/documentos",
    "te": "schema/corporativo/documento/v1r1/tituloeleitor",
    "nis": "schema/corporativo/documento/v1r1/nis",
    "td": "schema/corporativo/documento/v5r0/tipodocumento",
    "certs": "schema/corporativo/documento/certidao/v1r1/certidoes",
    "cert": "schema/corporativo/documento/certidao/v1r2/certidao",
    "ca": "schema/corporativo/documento/certidao/v1r1/certidaoantiga",
    "en": "schema/corporativo/endereco/v1r2/endereco",
    "tel": "schema/corporativo/telefone/v1r2/telefone",
    "tt": "schema/corporativo/telefone/v1r1/tipotelefone",
    "ems": "schema/corporativo/v5r0/emails",
    "em": "schema/corporativo/v1r2/email",
    "usv": "wsdl/cadsus/auditoria/v5r0/usuariosusvinculado",
    "ta": "wsdl/cadsus/auditoria/v5r0/transacaoauditoria",
    "usa": "wsdl/mensageria/v5r0/usuariosusauditoria",
}
NS = {prefix: BASE + path for prefix, path in NAMESPACES.items()}
DECLARED = "".join(f' xmlns:{prefix}="{name}"' for prefix, name in NS.items())

WHO = "<cu:CNESUsuario><cu:CNES>9999999</cu:CNES><cu:Usuario>OPERADOR</cu:Usuario></cu:CNESUsuario>"
CNS = "<cns:CNS><cns:numeroCNS>700000000000005</cns:numeroCNS></cns:CNS>"
CORPORATE = (
    "<ic:IdentificadorCorporativo><ic:numeroIdentificadorCorporativo>0000000042"
    "</ic:numeroIdentificadorCorporativo></ic:IdentificadorCorporativo>"
)
HYGIENE = "<c:higienizar>0</c:higienizar>"
# The parts of the least UsuarioSUS that the schema takes, by name, to be left out or replaced one by one.
LEAST = {
    "NomeCompleto": "<us:NomeCompleto><nc:Nome>MARIA EXEMPLO DA SILVA</nc:Nome></us:NomeCompleto>",
    "dataNascimento": "<us:dataNascimento>1985-03-12</us:dataNascimento>",
    "Mae": "<us:Mae><nc:Nome>ANA EXEMPLO DA SILVA</nc:Nome></us:Mae>",
    "Pai": "<us:Pai><nc:Nome>SEM INFORMAÇÃO</nc:Nome></us:Pai>",
    "Sexo": "<us:Sexo><sx:codigoSexo>F</sx:codigoSexo></us:Sexo>",
    "RacaCor": "<us:RacaCor><rc:codigoRacaCor>03</rc:codigoRacaCor></us:RacaCor>",
    "DadosNacionalidade": (
        "<us:DadosNacionalidade><dn:nacionalidade>B</dn:nacionalidade>"
        "<dn:PaisNascimento><pa:codigoPais>010</pa:codigoPais></dn:PaisNascimento></us:DadosNacionalidade>"
    ),
    "Telefones": (
        "<us:Telefones><us:Telefone><tel:TipoTelefone><tt:codigoTipoTelefone>03</tt:codigoTipoTelefone></tel:TipoTelefone>"
        "<tel:DDI>55</tel:DDI><tel:DDD>62</tel:DDD><tel:numeroTelefone>900000000</tel:numeroTelefone></us:Telefone></us:Telefones>"
    ),
}


def usuario(more: str = "", **parts: str) -> str:
    """UsuarioSUS with some parts of LEAST replaced ("" leaves one out) and others put after them."""
    return f"<us:UsuarioSUS>{''.join((LEAST | parts).values())}{more}</us:UsuarioSUS>"


def request(
    name: str, inside: str, prefix: str = "c", *, version: soap.SoapVersion = soap.SoapVersion.V12
) -> bytes:
    return (
        f'<soap:Envelope xmlns:soap="{version.value}"><soap:Header/><soap:Body>'
        f"<{prefix}:{name}{DECLARED}>{inside}</{prefix}:{name}></soap:Body></soap:Envelope>"
    ).encode()


def ask(body: bytes, service: cs.Service = cs.Service.CADSUS) -> Any:
    """The request that is read; whoever calls knows of which class."""
    read = cs.read_request(soap.read_envelope(body).payload, service)
    assert read is not None
    return read


def searching(criteria: str, **kwargs: Any) -> bytes:
    return request(
        "requestPesquisar", f"{WHO}<fp:FiltroPesquisa>{criteria}</fp:FiltroPesquisa>{HYGIENE}", **kwargs
    )


def including(more: str = "", **parts: str) -> bytes:
    return request("requestIncluir", f"{WHO}{usuario(more, **parts)}{HYGIENE}")


def updating(more: str = "", **parts: str) -> bytes:
    return request("requestAtualizar", WHO + usuario(more, **parts))


def codes(read: Any) -> list[str]:
    return [fault.codigo for fault in read.faults]


class Served(etree.Resolver):
    """Hands out the schemas as a server would, by their addresses."""

    def resolve(self, url: str, _: object, context: Any) -> Any:
        address, _, name = url.partition("?xsd=")
        service = next(one for one, at in ADDRESSES.items() if at == address)
        text = cs.render_schema(service, name, address)
        assert text is not None, url
        return self.resolve_string(text, context, base_url=url)


@cache
def schema(service: cs.Service) -> etree.XMLSchema:
    """What the service's messages and faults are held against."""
    address = ADDRESSES[service]
    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(Served())
    fault = "http://servicos.saude.gov.br/wsdl/mensageria/falha/v5r0/msfalha"
    root = (
        '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">'
        f'<xs:import namespace="{BASE}cadsus/v5r0/{service.value.lower()}" schemaLocation="{address}?xsd={cs.SCHEMAS[service][0]}"/>'
        f'<xs:import namespace="{fault}" schemaLocation="{address}?xsd=msfalha.xsd"/></xs:schema>'
    )
    return etree.XMLSchema(etree.fromstring(root, parser, base_url=f"{address}?root"))


def answered(xml: str, service: cs.Service = cs.Service.CADSUS) -> etree._Element:
    """The answer as it reaches a client, found to be valid."""
    payload = soap.read_envelope(soap.render_envelope(soap.SoapVersion.V11, xml)).payload
    schema(service).assertValid(payload)
    return payload


def sent_back(record: PersonRecord) -> bytes:
    """The record as an update that a client makes of our own answer: UsuarioSUS as it came."""
    shown = answered(cs.render_person(record))
    body = etree.fromstring(request("requestAtualizar", WHO))
    body[1][0].append(shown[0])
    return etree.tostring(body)


def values(element: etree._Element, path: str) -> list[str]:
    return [str(one) for one in element.xpath(path, namespaces=NS)]


EVERYTHING = PersonRecord(
    id=42,
    nome="MARIA EXEMPLO DA SILVA",
    nome_social="MARI EXEMPLO",
    nome_mae="ANA EXEMPLO DA SILVA",
    nome_pai="JOSÉ D'EXEMPLO & FILHO",
    sexo="F",
    data_nascimento="1985-03-12",
    data_obito="2024-02-29",
    raca_cor="05",
    etnia="X273",
    tipo_sanguineo="AB-",
    nacionalidade="N",
    municipio_nascimento="520870",
    pais_nascimento="021",
    data_naturalizacao="2001-05-06",
    portaria_naturalizacao="123/2001",
    data_entrada="1999-01-02",
    cartoes=(Card("700000000000005", "D", "2015-01-31"), Card("800000000000001", "P")),
    cpf="11144477735",
    pis="01234567890",
    documentos=(
        Document(tipo="rg", numero="MG1234567", emissao="2000-01-01", orgao="10", uf="MG"),
        Document(tipo="ctps", numero="1234567", serie="00123", emissao="2000-01-02"),
        Document(tipo="cnh", numero="01234567890", emissao="2005-01-01", uf="GO"),
        Document(tipo="titulo", numero="001234560191", zona="001", secao="0123"),
        Document(tipo="passaporte", numero="AA000001", pais="021", emissao="2019-01-01", validade="2029-01-01"),
        Document(tipo="ric", numero="12345678901", orgao="10", emissao="2011-01-01", validade="2021-01-01"),
        Document(tipo="dnv", numero="30000000001"),
    ),
    certidoes=(
        Certificate(tipo="91", matricula="10453901552013100012021000012321", emissao="2013-04-05"),
        Certificate(tipo="92", cartorio="1 OFICIO", livro="B-12", folha="34", termo="567", emissao="1980-06-07"),
    ),
    endereco_tipo="WP",
    tipo_logradouro="081",
    logradouro="DAS ACÁCIAS <A>",
    numero="S/N",
    complemento="BLOCO B",
    bairro="CENTRO",
    cep="74000000",
    municipio6="520870",
    uf="GO",
    pais="010",
    telefones=(Phone("900000000", "62", "3"), Phone("32220000", "62", "1", "55")),
    emails=("maria@example.org", "m@example.org"),
    locais=(LocalId("", "L-1", "MEUSISTEMA"),),
    ativa=False,
    motivo_situacao="DUPLICIDADE",
    vip=True,
    motivo_vip="AUTORIDADE",
    protegida=True,
    descricao_protecao="DECISÃO JUDICIAL",
    motivo_nao_higienizado="NOME CONFERIDO",
    original_rfb=True,
    qualidade=93,
)  # fmt: skip
