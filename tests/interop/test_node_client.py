"""The SOAP client that Node programs use, built from the WSDLs that we serve, makes every operation."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.formats.cadsus_service.test_wsdl import PERSON, WHO
from tests.interop import feeds as w
from tests.interop import messages as m
from tests.interop import node
from tests.interop import people as p
from tests.interop.test_cadsus_service import AUDITORIA, CADSUS
from tests.interop.test_generic_clients import HOME, address
from tests.interop.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("R086", "clients built from the WSDL")]
HOWS = ("token", "password")
Calls = list[tuple[str, dict[str, Any]]]


def made(world: World, path: str, how: str, calls: Calls, *, soap12: bool = True) -> list[Any]:
    caller = world.integrador
    user, password = world.password(caller) if how == "password" else ("", "")
    answered = node.called(
        {
            "wsdl": f"{world.api}{path}?wsdl", "soap12": soap12, "user": user, "password": password,
            "token": caller.token if how == "token" else "",
            **{name: str(caller.folder / file) for name, file in (("ca", "ca.pem"), ("cert", "client.pem"), ("key", "client.key"))},
            "calls": [{"operation": operation, "args": args} for operation, args in calls],
        }
    )  # fmt: skip
    assert {operation for operation, _ in calls} <= set(answered["operations"])
    return [one.get("result", one.get("fault")) for one in answered["told"]]


def at(**attributes: str) -> dict[str, Any]:
    """An element that has attributes only."""
    return {"attributes": attributes}


def header(name: str) -> dict[str, Any]:
    device = {"attributes": {"classCode": "DEV", "determinerCode": "INSTANCE"}}
    return {
        "attributes": {"ITSVersion": "XML_1.0"},
        "id": at(root=f"{m.ROOT}.4.714", extension="123456"),
        "creationTime": at(value="20260801120000"),
        "interactionId": at(root=f"{m.ROOT}.1.6", extension=name),
        "processingCode": at(code="T"),
        "processingModeCode": at(code="T"),
        "acceptAckCode": at(code="AL"),
        "receiver": {**at(typeCode="RCV"), "device": {**device, "id": at(root=f"{m.ROOT}.3.72.6.5.100.85")}},
        "sender": {**at(typeCode="SND"), "device": {**device, "id": at(root=f"{m.ROOT}.3.72.6.2"), "name": "NODE"}},
    }  # fmt: skip


def process(trigger: str, **inside: Any) -> dict[str, Any]:
    return {**at(classCode="CACT", moodCode="EVN"), "code": at(code=trigger), **inside}


def asking(root: str, number: str) -> dict[str, Any]:
    wanted = {
        "livingSubjectId": {"value": at(root=root, extension=number), "semanticsText": "LivingSubject.id"}
    }
    question = {
        "queryId": at(root="1.2", extension="77"),
        "statusCode": at(code="new"),
        "parameterList": wanted,
    }
    return {
        **header("PRPA_IN201305UV02"),
        "controlActProcess": process("PRPA_TE201305UV02", queryByParameter=question),
    }


def going_on(quantity: int, state: str) -> dict[str, Any]:
    wanted = {
        "queryId": at(root="1.2", extension="node"), "startResultNumber": at(value="6"),
        "continuationQuantity": at(value=str(quantity)), "statusCode": at(code=state),
    }  # fmt: skip
    return {
        **header("QUQI_IN000003UV01"),
        "controlActProcess": process("PRPA_TE000003UV01", queryContinuation=wanted),
    }


@pytest.mark.parametrize("how", HOWS)
def test_node_asks_pdq(world: World, how: str) -> None:
    everybody = asking(m.CPF, "")
    question = everybody["controlActProcess"]["queryByParameter"]
    question |= {"queryId": at(root="1.2", extension="node"), "initialQuantity": at(value="5")}
    name = {
        "value": {**at(use="L"), "given": "JOANA NUMEROSA DE SOUZA"},
        "semanticsText": "LivingSubject.Given",
    }
    question["parameterList"] = {"livingSubjectName": name}
    one, nobody, wrong, page, more, cancelled = made(
        world,
        address("PDQSupplier", how),
        how,
        [
            ("PDQSupplier_PRPA_IN201305UV02", asking(m.CPF, p.MARIA.cpf)),
            ("PDQSupplier_PRPA_IN201305UV02", asking(m.CPF, p.NOBODY_CPF)),
            ("PDQSupplier_PRPA_IN201305UV02", asking(m.CPF, "11144477736")),
            ("PDQSupplier_PRPA_IN201305UV02", everybody),
            ("PDQSupplier_QUQI_IN000003UV01_Continue", going_on(5, "waitContinuedQueryResponse")),
            ("PDQSupplier_QUQI_IN000003UV01_Cancel", going_on(0, "aborted")),
        ],
    )
    assert p.MARIA.cns in str(one)
    assert "'code': 'NF'" in str(nobody)
    assert wrong["status"] == 500
    assert "VINC-CPF" in wrong["body"]
    assert len(page["controlActProcess"]["subject"]) == 5
    assert len(more["controlActProcess"]["subject"]) == 5
    assert "'code': 'CA'" in str(cancelled)


def registration(local: str, person: dict[str, Any], **after: Any) -> dict[str, Any]:
    patient = {
        **at(classCode="PAT"), "id": at(root=w.ROOT, extension=local, assigningAuthorityName="NODE"), "statusCode": at(code="active"),
        "patientPerson": {**at(classCode="PSN", determinerCode="INSTANCE"), **person},
    }  # fmt: skip
    event = {
        **at(classCode="REG", moodCode="EVN"), "id": at(nullFlavor="NA"), "statusCode": at(code="active"),
        "subject1": {**at(typeCode="SBJ"), "patient": patient}, **after,
    }  # fmt: skip
    return process("PRPA_TE201301UV02", subject={**at(typeCode="SUBJ"), "registrationEvent": event})


def named(name: str) -> dict[str, Any]:
    return {"name": {**at(use="L"), "given": name}}


def parent(code: str, name: str) -> dict[str, Any]:
    holder = {**at(classCode="PSN", determinerCode="INSTANCE"), **named(name)}
    return {**at(classCode="PRS"), "code": at(code=code), "relationshipHolder1": holder}


def somebody(name: str, day: str, cpf: str = "") -> dict[str, Any]:
    number = {**at(classCode="ROL"), "id": at(root=m.CPF, extension=cpf), "scopingOrganization": {
        **at(classCode="ORG", determinerCode="INSTANCE"), "id": at(root=m.CPF)}}  # fmt: skip
    return {
        **named(name),
        "telecom": at(use="PRN", value="+55-62-30000000"),
        "administrativeGenderCode": at(code="F"),
        "birthTime": at(value=day),
        "addr": at(use="BAD"),
        "raceCode": at(code="03"),
        **({"asOtherIDs": number} if cpf else {}),
        "personalRelationship": [parent("PRN", "ANA MODELO"), parent("NPRN", "SEM INFORMAÇÃO")],
        "birthPlace": {**at(classCode="BIRTHPL"), "addr": {"city": "520870", "country": "010"}},
    }


@pytest.mark.parametrize("how", HOWS)
def test_node_feeds_revises_merges_and_asks(world: World, how: str) -> None:
    name, cpf = f"WANDA {'SENHA' if how == 'password' else 'FICHA'} LIMA", w.a_cpf(1000 + len(how))
    one, other = f"NODE-{how}-1", f"NODE-{how}-2"
    gone = {**at(classCode="PAT"), "id": at(root=w.ROOT, extension=other)}
    prior = {
        **at(classCode="REG", moodCode="EVN"), "statusCode": at(code="obsolete"),
        "subject1": {**at(typeCode="SBJ"), "priorRegisteredRole": gone},
    }  # fmt: skip
    merge = registration(one, named(name), replacementOf={**at(typeCode="RPLC"), "priorRegistration": prior})
    question = {
        "queryId": at(root="1.2", extension="77"), "statusCode": at(code="new"),
        "parameterList": {"patientIdentifier": {"value": at(root=m.CPF, extension=cpf), "semanticsText": "Patient.id"}},
    }  # fmt: skip
    processes = [
        ("PRPA_IN201301UV02", registration(one, somebody(name, "19850312", cpf))),
        ("PRPA_IN201302UV02", registration(one, somebody(name, "19850313", cpf))),
        ("PRPA_IN201301UV02", registration(other, somebody(name, "19851203"))),
        ("PRPA_IN201301UV02", registration(other, somebody("WANDA", "19851203"))),
        ("PRPA_IN201304UV02", merge),
        ("PRPA_IN201309UV02", process("PRPA_TE201309UV02", queryByParameter=question)),
    ]
    calls = [(f"PIXManager_{of}", {**header(of), "controlActProcess": inside}) for of, inside in processes]
    *fed, asked = made(world, address("PIXManager", how), how, calls)
    codes = [re.search(r"'typeCode': {'attributes': {'code': '(\w+)'", str(one))[1] for one in fed]  # type: ignore[index]
    assert codes == ["CA", "CA", "CA", "CE", "CA"]
    assert "(RN002" in str(fed[3])
    assert all(f"'extension': '{local}'" in str(asked) for local in (one, other))


@pytest.mark.parametrize("how", HOWS)
@pytest.mark.parametrize("soap12", [False, True], ids=["SOAP 1.1", "SOAP 1.2"])
def test_node_calls_every_operation_of_cadsus_service_and_auditoria(
    world: World, soap12: bool, how: str
) -> None:
    place = soap12 * 2 + HOWS.index(how)
    name = f"NILZA {['UM', 'DOIS', 'TRES', 'QUATRO'][place]} DE LIMA"
    person = {
        "CPF": {"numeroCPF": w.a_cpf(1100 + place)}, **PERSON, "NomeCompleto": {"Nome": name},
        "MunicipioNascimento": {"codigoMunicipio": "520870"}, "Enderecos": {"Endereco": HOME},
        "Telefones": {"Telefone": [{"TipoTelefone": {"codigoTipoTelefone": "1"}, "DDI": 55, "DDD": 62, "numeroTelefone": 30000000}]},
        "IdentificadorLocal": {"numeroIdentificadorLocal": f"NODE-{place}", "identificadorSistema": "NODE"},
    }  # fmt: skip
    person.pop("Documentos")
    who = {"CNESUsuario": WHO}
    criteria = {"nomeCompleto": {"Nome": name}, "dataNascimento": "1985-03-12", "tipoPesquisa": "FONETICA"}
    included, found, grade = made(
        world, CADSUS, how, [
            ("incluir", {**who, "UsuarioSUS": person, "higienizar": True}),
            ("pesquisar", {**who, "FiltroPesquisa": criteria, "higienizar": False}),
            ("calcularGrauDeQualidade", {**who, "UsuarioSUS": person}),
        ], soap12=soap12,
    )  # fmt: skip
    assert "CNS" in included, included
    number = included["CNS"]["numeroCNS"]
    card = {"CNS": {"numeroCNS": number}}
    assert found["ResultadoPesquisa"][0]["CNS"]["numeroCNS"] == number
    updated, read, denied = made(
        world, CADSUS, how, [
            ("atualizar", {**who, "UsuarioSUS": {"Cartoes": card, **person, "Mae": {"Nome": "ANA CORRIGIDA"}}}),
            ("consultar", {**who, **card}),
            ("alterarSituacao", {**who, "UsuarioSUS": {"Cartoes": card, **person}}),
        ], soap12=soap12,
    )  # fmt: skip
    assert updated["CNS"]["numeroCNS"] == number
    shown = read["UsuarioSUS"]
    assert (shown["NomeCompleto"]["Nome"], shown["Mae"]["Nome"]) == (name, "ANA CORRIGIDA")
    assert shown["GrauQualidade"] == grade["GrauQualidade"]
    assert "VINC-PERFIL" in denied["body"]
    whom = {"IdentificadorCorporativo": shown["IdentificadorCorporativo"]}
    unions, history, moment, prints = made(
        world, AUDITORIA, how, [
            ("obterHistoricoUnificacaoUsuarioSUS", {**who, **whom}),
            ("obterHistoricoTransacoesUsuarioSUS", {**who, **whom}),
            ("obterUltimaDataAlteracaoUsuarioSUS", {**who, **card}),
            ("obterHistoricoImpressao", {**who, **card}),
        ], soap12=soap12,
    )  # fmt: skip
    assert not unions
    assert not prints
    assert [one["TipoTransacao"] for one in history["TransacaoAuditoria"]] == ["ADICIONADO", "ATUALIZADO"]
    last = history["TransacaoAuditoria"][1]
    # Node makes a Date, in UTC, of one of the two: minutes and seconds are the same everywhere.
    assert moment["dataHoraUltimaModificacao"][13:19] == last["dataHoraTransacao"][13:19]
    asked = {**who, "identificadorTransacao": last["identificadorTransacao"]}
    (fields,) = made(world, AUDITORIA, how, [("obterCamposAlteradosPorTransacao", asked)], soap12=soap12)
    assert fields["UsuarioSUSAuditoria"]["UsuarioSUSAntigo"]["Mae"]["Nome"] == "ANA EXEMPLO"
