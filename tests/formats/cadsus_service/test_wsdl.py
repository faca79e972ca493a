"""The WSDL and the schemas: as the official ones are laid out, and enough for a generic client (section 9, rule 18)."""

from __future__ import annotations

import re
from typing import Any

import pytest
from lxml import etree

from tests.formats.cadsus_service import messages as m
from vincula.formats import cadsus_service as cs
from vincula.formats import soap
from vincula.people.record import Card, PersonRecord

WSDL = {
    "w": "http://schemas.xmlsoap.org/wsdl/",
    "soap": "http://schemas.xmlsoap.org/wsdl/soap/",
    "soap12": "http://schemas.xmlsoap.org/wsdl/soap12/",
}
OPERATIONS = {
    cs.Service.CADSUS: [
        "pesquisar", "consultar", "incluir", "atualizar", "alterarSituacao", "calcularGrauDeQualidade",
    ],
    cs.Service.AUDITORIA: [
        "obterHistoricoUnificacaoUsuarioSUS", "obterHistoricoTransacoesUsuarioSUS", "obterCamposAlteradosPorTransacao",
        "obterUltimaDataAlteracaoUsuarioSUS", "obterHistoricoImpressao",
    ],
}  # fmt: skip
PORTS = {soap.SoapVersion.V12: "Port", soap.SoapVersion.V11: "SOAP11Port"}
CARD = Card("700000000000005", "D", "2015-01-31")


@pytest.mark.parametrize("service", cs.Service)
def test_the_service_is_described_as_the_official_one(service: cs.Service) -> None:
    root = etree.fromstring(cs.render_wsdl(service, m.ADDRESSES[service]))
    assert root.get("targetNamespace") == f"{m.BASE}cadsus/v5r0/{service.value.lower()}"
    assert root.xpath("w:service/w:port/@name", namespaces=WSDL) == [
        f"{service.value}Port",
        f"{service.value}SOAP11Port",
    ]
    for prefix in ("soap", "soap12"):
        assert root.xpath(f"w:service/w:port/{prefix}:address/@location", namespaces=WSDL) == [
            m.ADDRESSES[service]
        ]
        assert set(root.xpath(f"w:binding/w:operation/{prefix}:operation/@soapAction", namespaces=WSDL)) == {
            ""
        }
    assert root.xpath("w:portType/w:operation/@name", namespaces=WSDL) == OPERATIONS[service]
    faults = set(root.xpath("w:portType/w:operation/w:fault/@name", namespaces=WSDL))
    assert faults == {service.value.replace("Service", "Fault")}


@pytest.mark.parametrize("service", cs.Service)
def test_every_schema_that_is_named_is_served_and_no_other(service: cs.Service) -> None:
    address = m.ADDRESSES[service]
    documents = [
        cs.render_wsdl(service, address),
        *(cs.render_schema(service, name, address) or b"" for name in cs.SCHEMAS[service]),
    ]
    named = {
        name
        for text in documents
        for name in re.findall(rf"{re.escape(address)}\?xsd=([\w.]+)", text.decode())
    }
    assert named == set(cs.SCHEMAS[service])
    assert len(named) == len(cs.SCHEMAS[service])
    assert not any(b"{address}" in text for text in documents)
    assert cs.render_schema(service, "../values.py", address) is None


def test_each_service_serves_only_what_it_uses() -> None:
    assert "filtropesquisa.xsd" not in cs.SCHEMAS[cs.Service.AUDITORIA]
    assert "evento.xsd" not in cs.SCHEMAS[cs.Service.CADSUS]


def test_every_type_lives_in_the_namespace_of_the_reference() -> None:
    for service in cs.Service:
        targets = {
            etree.fromstring(text).get("targetNamespace")
            for name in cs.SCHEMAS[service]
            if (text := cs.render_schema(service, name, "http://x/"))
        }
        assert len(targets) == len(cs.SCHEMAS[service])
        own = {"c"} if service is cs.Service.CADSUS else {"au"}
        shared = {"us", "cns", "ic", "cu", "nc", "doc", "certs", "cert", "ca", "en", "tel", "tt", "ems", "em"}
        assert {m.NS[prefix] for prefix in own | shared} <= targets


def test_an_address_is_put_in_as_a_value() -> None:
    root = etree.fromstring(cs.render_wsdl(cs.Service.CADSUS, 'http://x/?a=1&b="2"'))
    assert root.xpath("w:service/w:port/soap:address/@location", namespaces=WSDL) == ['http://x/?a=1&b="2"']
    text = cs.render_schema(cs.Service.CADSUS, "usuariosus.xsd", "http://x/?a&b")
    assert text is not None
    assert b"http://x/?a&amp;b?xsd=" in text


REQUESTS = {
    "search": m.searching("<fp:tipoPesquisa>IDENTICA</fp:tipoPesquisa>"),
    "least inclusion": m.including(),
    "update": m.updating("<us:vivo>true</us:vivo>"),
    "consultar": m.request("requestConsultar", m.WHO + m.CNS),
}


@pytest.mark.parametrize("name", REQUESTS)
def test_what_clients_write_fits(name: str) -> None:
    m.schema(cs.Service.CADSUS).assertValid(soap.read_envelope(REQUESTS[name]).payload)


@pytest.mark.parametrize(
    "body",
    [
        m.including(Mae=""),
        m.including(Sexo="<us:Sexo><sx:codigoSexo>X</sx:codigoSexo></us:Sexo>"),
        m.including(RacaCor="<us:RacaCor><rc:codigoRacaCor>PARDA</rc:codigoRacaCor></us:RacaCor>"),
    ],
)
def test_what_we_fault_the_schema_faults(body: bytes) -> None:
    assert m.ask(body).faults
    assert not m.schema(cs.Service.CADSUS).validate(soap.read_envelope(body).payload)


class Answered:
    """What zeep reads of an HTTP answer."""

    encoding = "utf-8"

    def __init__(self, body: bytes, version: soap.SoapVersion, status: int) -> None:
        self.content = body
        self.status_code = status
        self.headers = {"Content-Type": soap.content_type(version)}


@pytest.fixture(scope="module", params=[(a, b) for a in cs.Service for b in soap.SoapVersion], ids=str)
def client(request: pytest.FixtureRequest) -> Any:
    """zeep, built from the WSDL alone, on one of the two ports; its transport hands out our documents."""
    zeep = pytest.importorskip("zeep")
    service, version = request.param
    address = m.ADDRESSES[service]

    class Local(zeep.Transport):
        def load(self, url: str) -> bytes:
            if url == f"{address}?wsdl":
                return cs.render_wsdl(service, address)
            text = cs.render_schema(service, url.removeprefix(f"{address}?xsd="), address)
            assert text is not None, url
            return text

        def post(self, address: str, message: bytes, headers: dict[str, str]) -> Any:
            self.envelope = soap.read_envelope(message)
            return Answered(self.answer, version, self.status)

        def answers(self, xml: str) -> None:
            self.answer, self.status = soap.render_envelope(version, xml), 200

        def refuses(self) -> None:
            self.answer, self.status = soap.render_fault(version, [cs.NOTHING_FOUND]), 500

    made = zeep.Client(f"{address}?wsdl", transport=Local())
    return made, made.bind(service.value, service.value + PORTS[version]), service, version


WHO = {"CNES": "9999999", "Usuario": "OPERADOR"}
PERSON = {
    "NomeCompleto": {"Nome": "MARIA EXEMPLO"},
    "NomeSocial": "MARI",
    "dataNascimento": "1985-03-12",
    "Mae": {"Nome": "ANA EXEMPLO"},
    "Pai": {"Nome": "SEM INFORMAÇÃO"},
    "Sexo": {"codigoSexo": "F"},
    "RacaCor": {"codigoRacaCor": "03"},
    "DadosNacionalidade": {"nacionalidade": "B", "PaisNascimento": {"codigoPais": "010"}},
    "Telefones": {"Telefone": [{"DDD": 62, "numeroTelefone": 900000000}]},
    "Documentos": {"TituloEleitor": {"numeroTituloEleitor": "1234560191"}},
}


def test_zeep_asks_and_reads(client: Any) -> None:
    made, port, service, version = client
    transport = made.transport
    if service is cs.Service.CADSUS:
        transport.answers(cs.render_results([cs.Found(m.EVERYTHING, 97)]))
        found = port.pesquisar(CNESUsuario=WHO, FiltroPesquisa={"CPF": {"numeroCPF": "11144477735"}, "tipoPesquisa": "IDENTICA"}, higienizar=False)  # fmt: skip
        assert found[0].CNS.numeroCNS == "700000000000005"
        assert found[0].scorePesquisa == 97
        transport.answers(cs.render_person(m.EVERYTHING))
        person = port.consultar(CNESUsuario=WHO, CNS={"numeroCNS": "700000000000005"})
        assert person.Documentos.TituloEleitor.numeroTituloEleitor == "1234560191"
        assert [one.numeroTelefone for one in person.Telefones.Telefone] == [900000000, 32220000]
        transport.answers(cs.render_person(PersonRecord(nome="RN DE ANA")))
        unknown = port.consultar(CNESUsuario=WHO, CNS={"numeroCNS": "700000000000005"})
        assert (unknown.dataNascimento, unknown.DadosNacionalidade.nacionalidade) == (None, None)
        transport.answers(cs.render_cns("incluir", CARD))
        port.incluir(CNESUsuario=WHO, UsuarioSUS=PERSON, higienizar=True)
        read = cs.read_request(transport.envelope.payload)
        assert isinstance(read, cs.Incluir)
        assert (read.faults, read.higienizar, read.operador.usuario) == ((), True, "OPERADOR")
        assert (read.record.nome_social, read.record.documentos[0].numero) == ("MARI", "001234560191")
    else:
        transport.answers(cs.render_linked([cs.Linked(7, m.EVERYTHING)]))
        linked = port.obterHistoricoUnificacaoUsuarioSUS(CNESUsuario=WHO, IdentificadorCorporativo={"numeroIdentificadorCorporativo": "42"})  # fmt: skip
        assert linked[0].UsuarioSUS.NomeCompleto.Nome == "MARIA EXEMPLO DA SILVA"
        read = cs.read_request(transport.envelope.payload, service)
        assert isinstance(read, cs.HistoricoUnificacao)
        assert (read.pessoa, read.faults) == (42, ())
        transport.answers(cs.render_print_history())
        assert port.obterHistoricoImpressao(CNESUsuario=WHO, CNS={"numeroCNS": "700000000000005"}) is None
    assert transport.envelope.version is version


def test_zeep_reads_a_fault(client: Any) -> None:
    made, port, service, _ = client
    fault = pytest.importorskip("zeep").exceptions.Fault
    made.transport.refuses()
    operation = "consultar" if service is cs.Service.CADSUS else "obterUltimaDataAlteracaoUsuarioSUS"
    with pytest.raises(fault) as raised:
        port[operation](CNESUsuario=WHO, CNS={"numeroCNS": "700000000000005"})
    assert raised.value.message == soap.NEGOCIAL
