"""Clients that know of us nothing but the WSDL that we serve: zeep, with a certificate, and by password or by token."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
import requests
import zeep
from zeep.wsse.username import UsernameToken

from tests.formats.cadsus_service.test_wsdl import PERSON, WHO
from tests.formats.pdq.test_wsdl import asked_with
from tests.formats.pix.test_wsdl import header_parts
from tests.interop import feeds as w
from tests.interop import messages as m
from tests.interop import people as p
from tests.interop.test_cadsus_service import AUDITORIA, CADSUS
from tests.interop.world import PDQ, World

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("R086", "clients built from the WSDL")]


class Clients:
    """Makes zeep clients of a world's integrador, each from the served WSDL alone."""

    def __init__(self, world: World) -> None:
        self.world, self.caller = world, world.integrador
        self.session = requests.Session()
        self.session.trust_env = False  # this machine's own authorities do not count
        folder = self.caller.folder
        self.session.verify = str(folder / "ca.pem")
        self.session.cert = (str(folder / "client.pem"), str(folder / "client.key"))

    def of(self, path: str, how: str) -> Any:
        wsse = UsernameToken(*self.world.password(self.caller)) if how == "password" else None
        token = {"Authorization": f"jwt {self.caller.token}"} if how == "token" else {}
        self.session.headers.pop("Authorization", None)
        self.session.headers.update(token)
        return zeep.Client(
            f"{self.world.api}{path}?wsdl", wsse=wsse, transport=zeep.Transport(session=self.session)
        )


@pytest.fixture(scope="module")
def clients(world: World) -> Iterator[Clients]:
    made = Clients(world)
    yield made
    made.session.close()


DOORS = {"token": ("/cadsus/v2/", "JWT"), "password": ("/cadsus/", "")}


def address(name: str, how: str) -> str:
    before, after = DOORS[how]
    return f"{before}{name}{after}"


def identified(root: str, number: str) -> dict[str, Any]:
    value = {"value": [{"root": root, "extension": number}], "semanticsText": "LivingSubject.id"}
    return {"livingSubjectId": [value]}


@pytest.mark.parametrize("how", DOORS)
def test_zeep_finds_a_person(clients: Clients, how: str) -> None:
    service = clients.of(address("PDQSupplier", how), how).service
    for root, number in ((m.CPF, p.MARIA.cpf), (m.CNS, p.MARIA.outros[0]), (m.NIS, p.MARIA.mais["pis"])):
        answer = service.PDQSupplier_PRPA_IN201305UV02(**asked_with(identified(root, number)))
        patient = answer.controlActProcess.subject[0].registrationEvent.subject1.patient
        assert patient.patientPerson.asOtherIDs[0].id[0].extension == p.MARIA.cns
        assert patient.patientPerson.birthTime.value == "19850312000000"
    nobody = service.PDQSupplier_PRPA_IN201305UV02(**asked_with(identified(m.CPF, p.NOBODY_CPF)))
    assert nobody.controlActProcess.queryAck.queryResponseCode.code == "NF"
    with pytest.raises(zeep.exceptions.Fault, match="regras negociais"):
        service.PDQSupplier_PRPA_IN201305UV02(**asked_with(identified(m.CPF, "11144477736")))


@pytest.mark.parametrize("how", DOORS)
def test_zeep_searches_page_by_page(clients: Clients, how: str) -> None:
    service = clients.of(address("PDQSupplier", how), how).service
    names = [
        {
            "value": [{"use": "L", "_value_1": [{"given": "JOANA NUMEROSA DE SOUZA"}]}],
            "semanticsText": "LivingSubject.Given",
        }
    ]
    asked = asked_with({"livingSubjectName": names})
    asked["controlActProcess"]["queryByParameter"] |= {
        "initialQuantity": {"value": 5},
        "queryId": {"root": "1.2", "extension": f"zeep-{how}"},
    }
    first = service.PDQSupplier_PRPA_IN201305UV02(**asked).controlActProcess
    assert (first.queryAck.resultTotalQuantity.value, len(first.subject)) == (12, 5)

    def go_on(name: str, quantity: int, state: str) -> Any:
        return service[f"PDQSupplier_QUQI_IN000003UV01_{name}"](
            **{k: v for k, v in asked.items() if k != "controlActProcess"},
            controlActProcess={
                "classCode": "CACT", "moodCode": "EVN", "code": {"code": "PRPA_TE000003UV01"},
                "queryContinuation": {
                    "queryId": {"root": "1.2", "extension": f"zeep-{how}"}, "startResultNumber": {"value": 6},
                    "continuationQuantity": {"value": quantity}, "statusCode": {"code": state},
                },
            },
        )  # fmt: skip

    assert len(go_on("Continue", 5, "waitContinuedQueryResponse").controlActProcess.subject) == 5
    assert go_on("Cancel", 0, "aborted").acknowledgement[0].typeCode.code == "CA"


def registration(local: str, person: dict[str, Any], **after: Any) -> dict[str, Any]:
    patient = {
        "classCode": "PAT", "id": [{"root": w.ROOT, "extension": local, "assigningAuthorityName": "ZEEP"}],
        "statusCode": {"code": "active"}, "patientPerson": {"classCode": "PSN", "determinerCode": "INSTANCE", **person},
    }  # fmt: skip
    event = {
        "classCode": "REG", "moodCode": "EVN", "id": [{"nullFlavor": "NA"}], "statusCode": {"code": "active"},
        "subject1": {"typeCode": "SBJ", "patient": patient}, **after,
    }  # fmt: skip
    return {
        "classCode": "CACT", "moodCode": "EVN", "code": {"code": "PRPA_TE201301UV02"},
        "subject": {"typeCode": "SUBJ", "registrationEvent": event},
    }  # fmt: skip


def named(name: str) -> dict[str, Any]:
    return {"name": [{"use": "L", "_value_1": [{"given": name}]}]}


def parent(code: str, name: str) -> dict[str, Any]:
    holder = {"classCode": "PSN", "determinerCode": "INSTANCE", **named(name)}
    return {"classCode": "PRS", "code": {"code": code}, "relationshipHolder1": holder}


def somebody(name: str, cpf: str, day: str = "19850312") -> dict[str, Any]:
    """A person whom the rules take, with an address that is none."""
    documents = [{"classCode": "ROL", "id": [{"root": m.CPF, "extension": cpf}], "scopingOrganization": {
        "classCode": "ORG", "determinerCode": "INSTANCE", "id": [{"root": m.CPF}]}}] if cpf else []  # fmt: skip
    return {
        **named(name),
        "telecom": [{"use": "PRN", "value": "+55-62-30000000"}],
        "administrativeGenderCode": {"code": "F"},
        "birthTime": {"value": day},
        "addr": [{"use": "BAD", "_value_1": []}],
        "raceCode": [{"code": "03"}],
        "asOtherIDs": documents,
        "personalRelationship": [parent("PRN", "ANA MODELO"), parent("NPRN", "SEM INFORMAÇÃO")],
        "birthPlace": {
            "classCode": "BIRTHPL",
            "addr": {"_value_1": [{"city": "520870"}, {"country": "010"}]},
        },
    }


@pytest.mark.parametrize("how", DOORS)
def test_zeep_feeds_revises_merges_and_asks(clients: Clients, how: str) -> None:
    service = clients.of(address("PIXManager", how), how).service
    name, cpf = (
        f"ZILDA {how.upper().replace('PASSWORD', 'SENHA').replace('TOKEN', 'FICHA')} LIMA",
        w.a_cpf(800 + len(how)),
    )

    def send(message: str, process: dict[str, Any]) -> Any:
        return service[f"PIXManager_{message}"](**header_parts(message), controlActProcess=process)

    def sent(message: str, process: dict[str, Any]) -> tuple[str, list[str]]:
        acknowledgement = send(message, process).acknowledgement[0]
        found = re.findall(r"'VINC-[A-Z0-9_.]+'", str(acknowledgement))
        return acknowledgement.typeCode.code, [one.strip("'") for one in found]

    one, other = f"ZEEP-{how}-1", f"ZEEP-{how}-2"
    assert sent("PRPA_IN201301UV02", registration(one, somebody(name, cpf))) == ("CA", [])
    assert sent("PRPA_IN201302UV02", registration(one, somebody(name, cpf, "19850313"))) == ("CA", [])
    assert sent("PRPA_IN201301UV02", registration(other, somebody(name, "", "19851203"))) == ("CA", [])
    wrong = registration(other, somebody("ZILDA", "", "19851203"))
    assert sent("PRPA_IN201301UV02", wrong)[0] == "CE"
    gone = {"classCode": "PAT", "id": [{"root": w.ROOT, "extension": other}]}
    prior = {
        "classCode": "REG", "moodCode": "EVN", "statusCode": {"code": "obsolete"},
        "subject1": {"typeCode": "SBJ", "priorRegisteredRole": gone},
    }  # fmt: skip
    merge = registration(one, named(name), replacementOf=[{"typeCode": "RPLC", "priorRegistration": prior}])
    assert sent("PRPA_IN201304UV02", merge) == ("CA", [])
    answer = send(
        "PRPA_IN201309UV02",
        {
            "classCode": "CACT", "moodCode": "EVN", "code": {"code": "PRPA_TE201309UV02"},
            "queryByParameter": {
                "queryId": {"root": "1.2", "extension": "77"}, "statusCode": {"code": "new"},
                "parameterList": {"patientIdentifier": [{"value": [{"root": m.CPF, "extension": cpf}], "semanticsText": "Patient.id"}]},
            },
        },
    )  # fmt: skip
    ids = answer.controlActProcess.subject.registrationEvent.subject1.patient.id
    assert [one.extension for one in ids if one.root == w.ROOT] == [one, other]


PORTS = {"SOAP 1.1": "SOAP11Port", "SOAP 1.2": "Port"}
HOME = {
    "TipoEndereco": "2", "TipoLogradouro": {"codigoTipoLogradouro": "081"}, "nomeLogradouro": "DAS FLORES", "numero": "10",
    "Bairro": {"descricaoBairro": "CENTRO"}, "CEP": {"numeroCEP": "74000000"}, "Municipio": {"codigoMunicipio": "520870"},
    "Pais": {"codigoPais": "010"},
}  # fmt: skip


@pytest.mark.parametrize("how", DOORS)
@pytest.mark.parametrize("port", PORTS)
def test_zeep_calls_every_operation_of_cadsus_service_and_auditoria(
    clients: Clients, world: World, port: str, how: str
) -> None:
    place = list(PORTS).index(port) * 2 + list(DOORS).index(how)
    cadsus = clients.of(CADSUS, how).bind("CadsusService", f"CadsusService{PORTS[port]}")
    auditoria = clients.of(AUDITORIA, how).bind(
        "AuditoriaCadsusService", f"AuditoriaCadsusService{PORTS[port]}"
    )
    name = f"NOEMI {['UM', 'DOIS', 'TRES', 'QUATRO'][place]} DE LIMA"
    person = PERSON | {
        "NomeCompleto": {"Nome": name}, "CPF": {"numeroCPF": w.a_cpf(900 + place)}, "Documentos": None,
        "MunicipioNascimento": {"codigoMunicipio": "520870"}, "Enderecos": {"Endereco": HOME},
        "IdentificadorLocal": {"numeroIdentificadorLocal": f"Z-{place}", "identificadorSistema": "ZEEP"},
        "Telefones": {"Telefone": [{"TipoTelefone": {"codigoTipoTelefone": "1"}, "DDI": 55, "DDD": 62, "numeroTelefone": 30000000}]},
    }  # fmt: skip
    made = cadsus.incluir(CNESUsuario=WHO, UsuarioSUS=person, higienizar=True)
    assert made.IdentificadorLocal.numeroIdentificadorLocal == f"Z-{place}"
    card = {"numeroCNS": made.CNS.numeroCNS}
    changed = person | {"Cartoes": {"CNS": [card]}, "Mae": {"Nome": "ANA CORRIGIDA"}}
    assert (
        cadsus.atualizar(CNESUsuario=WHO, UsuarioSUS=changed, higienizar=True).numeroCNS == card["numeroCNS"]
    )
    read = cadsus.consultar(CNESUsuario=WHO, CNS=card)
    assert (read.NomeCompleto.Nome, read.Mae.Nome) == (name, "ANA CORRIGIDA")
    criteria = {"nomeCompleto": {"Nome": name}, "dataNascimento": "1985-03-12", "tipoPesquisa": "IDENTICA"}
    found = cadsus.pesquisar(CNESUsuario=WHO, FiltroPesquisa=criteria, higienizar=False)
    assert [one.CNS.numeroCNS for one in found] == [card["numeroCNS"]]
    grade = cadsus.calcularGrauDeQualidade(CNESUsuario=WHO, UsuarioSUS=person)
    assert grade == read.GrauQualidade.percentualQualidade
    with pytest.raises(zeep.exceptions.Fault) as refused:
        cadsus.alterarSituacao(CNESUsuario=WHO, UsuarioSUS=changed | {"Situacao": False})
    assert "VINC-PERFIL" in zeep.wsdl.utils.etree_to_string(refused.value.detail).decode()

    whom = {"numeroIdentificadorCorporativo": read.IdentificadorCorporativo.numeroIdentificadorCorporativo}
    told = auditoria.obterHistoricoTransacoesUsuarioSUS(CNESUsuario=WHO, IdentificadorCorporativo=whom)
    assert [one.TipoTransacao for one in told] == ["ADICIONADO", "ATUALIZADO"]
    fields = auditoria.obterCamposAlteradosPorTransacao(
        CNESUsuario=WHO, identificadorTransacao=told[1].identificadorTransacao
    )
    both = fields.UsuarioSUSAuditoria
    assert (both.UsuarioSUSAtual.Mae.Nome, both.UsuarioSUSAntigo.Mae.Nome) == ("ANA CORRIGIDA", "ANA EXEMPLO")
    assert WHO["CNES"] == fields.CNESUsuario.CNES
    assert (
        auditoria.obterUltimaDataAlteracaoUsuarioSUS(CNESUsuario=WHO, CNS=card) == told[1].dataHoraTransacao
    )
    assert auditoria.obterHistoricoImpressao(CNESUsuario=WHO, CNS=card) is None
    assert not auditoria.obterHistoricoUnificacaoUsuarioSUS(CNESUsuario=WHO, IdentificadorCorporativo=whom)


def test_zeep_is_told_that_it_may_not_enter(clients: Clients) -> None:
    denied, asked = "As credenciais informadas não são válidas", asked_with(identified(m.CPF, p.MARIA.cpf))
    cadsus, pdq = clients.of(CADSUS, "nothing").service, clients.of(PDQ, "nothing").service
    with pytest.raises(zeep.exceptions.Fault, match=denied):
        cadsus.consultar(CNESUsuario=WHO, CNS={"numeroCNS": p.MARIA.cns})
    with pytest.raises(zeep.exceptions.Fault, match=denied):
        pdq.PDQSupplier_PRPA_IN201305UV02(**asked)
