"""CadsusService and AuditoriaCadsusService over the wire, in both versions of SOAP, by password and by token."""

from __future__ import annotations

import json
import re

import httpx
import pytest
from lxml import etree

from tests.formats.cadsus_service import messages as c
from tests.interop import feeds as w
from tests.interop import messages as m
from tests.interop import people as p
from tests.interop.test_pdq import outcome
from tests.interop.world import World, eventually
from vincula.formats import cadsus_service as cs
from vincula.formats import soap
from vincula.identifiers import cpf as cpfs
from vincula.identifiers import pis

pytestmark = pytest.mark.django_db
CADSUS, AUDITORIA = "/cadsus/CadsusService/v5r0", "/cadsus/AuditoriaCadsusService/v5r0"
NOBODYS_NIS = pis.complete("1234567891")
V11, V12 = soap.SoapVersion.V11, soap.SoapVersion.V12


def send(
    world: World, body: bytes, path: str = CADSUS, *, how: str = "password", version: soap.SoapVersion = V12
) -> httpx.Response:
    """As a client does; what comes back is held against the schema that is served."""
    text = body.decode()
    if version is V11:
        text = text.replace(V12.value, V11.value)
    kind = "text/xml; charset=utf-8" if version is V11 else "application/soap+xml; charset=utf-8"
    if how == "password":
        text = text.replace("<soap:Header/>", m.username_token(*world.password(world.integrador)))
        answer = world.integrador.post(path, text, authorization="", content_type=kind)
    else:
        answer = world.integrador.post(path, text, content_type=kind)
    if answer.status_code == 200:
        (payload,) = etree.fromstring(answer.content).find("{*}Body")
        schema = c.schema(cs.Service.CADSUS if path == CADSUS else cs.Service.AUDITORIA)
        schema.assertValid(payload)
    assert answer.text.count(version.value) or answer.status_code in (401, 403)
    return answer


def told(answer: httpx.Response, name: str) -> list[str]:
    """The texts of the elements of this name."""
    assert answer.status_code == 200, answer.text
    return [one.text or "" for one in etree.fromstring(answer.content).iter(f"{{*}}{name}")]


def codes(answer: httpx.Response) -> list[str]:
    assert answer.status_code >= 400, answer.text
    return re.findall(r"<men:codigo[^>]*>([^<]*)<", answer.text)


def consulting(number: str) -> bytes:
    return c.request("requestConsultar", f"{c.WHO}<cns:CNS><cns:numeroCNS>{number}</cns:numeroCNS></cns:CNS>")


def searching(criteria: str, kind: str = "IDENTICA") -> bytes:
    return c.searching(f"{criteria}<fp:tipoPesquisa>{kind}</fp:tipoPesquisa>")


def name(text: str) -> str:
    return f"<fp:nomeCompleto><nc:Nome>{text}</nc:Nome></fp:nomeCompleto>"


def born(day: str) -> str:
    return f"<fp:dataNascimento>{day}</fp:dataNascimento>"


def a_person(name: str, cpf: str, more: str = "", **parts: str) -> str:
    """UsuarioSUS of a person whom the rules take: a Brazilian born in Goiânia who lives there."""
    home = (
        "<us:MunicipioNascimento><mu:codigoMunicipio>520870</mu:codigoMunicipio></us:MunicipioNascimento>"
        "<us:Enderecos><us:Endereco><en:TipoEndereco>2</en:TipoEndereco><en:TipoLogradouro>"
        '<t:codigoTipoLogradouro xmlns:t="http://servicos.saude.gov.br/schema/corporativo/endereco/v1r1/tipologradouro">081'
        "</t:codigoTipoLogradouro></en:TipoLogradouro><en:nomeLogradouro>DAS FLORES</en:nomeLogradouro>"
        "<en:numero>10</en:numero><en:Bairro>"
        '<b:descricaoBairro xmlns:b="http://servicos.saude.gov.br/schema/corporativo/endereco/v1r1/bairro">CENTRO'
        "</b:descricaoBairro></en:Bairro><en:CEP>"
        '<b:numeroCEP xmlns:b="http://servicos.saude.gov.br/schema/corporativo/endereco/v1r1/cep">74000000</b:numeroCEP></en:CEP>'
        "<en:Municipio><mu:codigoMunicipio>520870</mu:codigoMunicipio></en:Municipio>"
        "<en:Pais><pa:codigoPais>010</pa:codigoPais></en:Pais></us:Endereco></us:Enderecos>"
    )
    number = f"<us:CPF><cpf:numeroCPF>{cpf}</cpf:numeroCPF></us:CPF>" if cpf else ""
    named = f"<us:NomeCompleto><nc:Nome>{name}</nc:Nome></us:NomeCompleto>"
    return c.usuario(number + home + more, NomeCompleto=named, **parts)


def local(extension: str) -> str:
    return (
        f"<us:IdentificadorLocal><il:numeroIdentificadorLocal>{extension}</il:numeroIdentificadorLocal>"
        "<il:identificadorSistema>PRONTUARIO</il:identificadorSistema></us:IdentificadorLocal>"
    )


def asked_by(kind: str, number: str) -> str:
    """A document as a criterion (tipoDocumento)."""
    return (
        f"<fp:TipoDocumento><td:tipoDocumento>{kind}</td:tipoDocumento></fp:TipoDocumento>"
        f"<fp:numeroDocumento>{number}</fp:numeroDocumento>"
    )


def including(person: str) -> bytes:
    return c.request("requestIncluir", c.WHO + person)


def card(number: str) -> str:
    return f"<us:Cartoes><us:CNS><cns:numeroCNS>{number}</cns:numeroCNS></us:CNS></us:Cartoes>"


def updating(person: str) -> bytes:
    return c.request("requestAtualizar", c.WHO + person)


@pytest.mark.requirement("R086", "CadsusService")
@pytest.mark.parametrize("number", [p.MARIA.cns, p.MARIA.outros[0]], ids=["master", "older"])
@pytest.mark.parametrize("how", ["password", "token"])
@pytest.mark.parametrize("version", [V11, V12], ids=["SOAP 1.1", "SOAP 1.2"])
def test_a_person_is_read_by_any_number_of_his(
    world: World, version: soap.SoapVersion, how: str, number: str
) -> None:
    answer = send(world, consulting(number), how=how, version=version)
    assert told(answer, "numeroCNS") == [p.MARIA.cns, p.MARIA.outros[0]]
    assert told(answer, "numeroCPF") == [p.MARIA.cpf]
    assert told(answer, "Nome")[0] == p.MARIA.nome
    assert told(answer, "descricaoEmail") == ["maria@example.org"]


@pytest.mark.requirement("R088", "audit")
def test_the_audit_names_the_operator_and_his_establishment(world: World) -> None:
    send(world, consulting(p.MARIA.cns))
    assert world.audit("acao LIKE 'api:cadsus-service:%'")[-1] == (
        f"credencial:{world.integrador.credential}/OPERADOR", "api:cadsus-service:consultada", f"cpf:{p.MARIA.cpf}",
        "CADASTRO_SUS",
    )  # fmt: skip


@pytest.mark.parametrize("version", [V11, V12], ids=["SOAP 1.1", "SOAP 1.2"])
def test_who_is_not_in_the_base_is_the_known_fault(world: World, version: soap.SoapVersion) -> None:
    answer = send(world, consulting(p.NOBODY_CNS), version=version)
    assert (answer.status_code, codes(answer)) == (500, ["E020"])
    assert ("<faultstring>" in answer.text) is (version is V11)
    assert world.audit("acao = 'api:cadsus-service:sem-resultado'")[-1][2] == f"cns:{p.NOBODY_CNS}"


SEARCHES = {
    "identical name and birth": (name(p.MARIA.nome) + born(p.MARIA.nascimento), "IDENTICA"),
    "as it sounds": (name("MARYA EZEMPLO DA SILVA") + born(p.MARIA.nascimento), "FONETICA"),
    "nearly": (name("MARIA EXENPLO SILVA") + born(p.MARIA.nascimento), "APROXIMADA"),
    "with mother and municipality": (
        name(p.MARIA.nome) + f"<fp:Mae><nc:Nome>{p.MARIA.mae}</nc:Nome></fp:Mae>"
        "<fp:MunicipioNascimento><mu:codigoMunicipio>520870</mu:codigoMunicipio></fp:MunicipioNascimento>",
        "IDENTICA",
    ),
    "the family name apart": (
        name("MARIA EXEMPLO") + "<fp:nomeFamilia><nf:Nome>DA SILVA</nf:Nome></fp:nomeFamilia>" + born(p.MARIA.nascimento),
        "IDENTICA",
    ),
    "the CPF alone": (f"<fp:CPF><cpf:numeroCPF>{p.MARIA.cpf}</cpf:numeroCPF></fp:CPF>", "IDENTICA"),
    "the CPF as a document": (
        "<fp:TipoDocumento><td:tipoDocumento>02</td:tipoDocumento></fp:TipoDocumento>"
        f"<fp:numeroDocumento>{p.MARIA.cpf}</fp:numeroDocumento>",
        "IDENTICA",
    ),
    "the CPF as people write it": (
        f"<fp:CPF><cpf:numeroCPF>{cpfs.format(p.MARIA.cpf)}</cpf:numeroCPF></fp:CPF>",
        "IDENTICA",
    ),
    "the CPF as a document, as people write it": (
        "<fp:TipoDocumento><td:tipoDocumento>02</td:tipoDocumento></fp:TipoDocumento>"
        f"<fp:numeroDocumento> {cpfs.format(p.MARIA.cpf)}</fp:numeroDocumento>",
        "IDENTICA",
    ),
    "the NIS as people write it": (
        "<fp:TipoDocumento><td:tipoDocumento>06</td:tipoDocumento></fp:TipoDocumento>"
        f"<fp:numeroDocumento>{pis.format(p.MARIA.mais['pis'])}</fp:numeroDocumento>",
        "IDENTICA",
    ),
    "the NIS as a document": (
        "<fp:TipoDocumento><td:tipoDocumento>06</td:tipoDocumento></fp:TipoDocumento>"
        f"<fp:numeroDocumento>{p.MARIA.mais['pis']}</fp:numeroDocumento>",
        "IDENTICA",
    ),
    "only active ones": (name(p.MARIA.nome) + born(p.MARIA.nascimento) + "<fp:situacao>true</fp:situacao>", "IDENTICA"),
}  # fmt: skip


@pytest.mark.parametrize("case", SEARCHES)
def test_a_search_finds_the_person_with_a_score(world: World, case: str) -> None:
    answer = send(world, searching(*SEARCHES[case]))
    assert told(answer, "numeroCNS") == [p.MARIA.cns]
    (score,) = told(answer, "scorePesquisa")
    assert 80 <= int(score) <= 100
    assert told(answer, "Situacao") == ["true"]


@pytest.mark.requirement("R086", "CadsusService by document")
def test_a_document_alone_finds_who_bears_it(world: World) -> None:
    number = "106644440302"
    papers = (
        "<us:Documentos><doc:TituloEleitor><te:numeroTituloEleitor>{}</te:numeroTituloEleitor><te:zona>1</te:zona>"
        "<te:secao>2</te:secao></doc:TituloEleitor></us:Documentos>"
    )
    (cns,) = told(
        send(world, including(a_person("BERENICE TITULADA LIMA", w.a_cpf(700), papers.format(number)))),
        "numeroCNS",
    )

    def by(document: str, more: str = "", kind: str = "05") -> list[str]:
        asked = (
            f"<fp:TipoDocumento><td:tipoDocumento>{kind}</td:tipoDocumento></fp:TipoDocumento>"
            f"<fp:numeroDocumento>{document}</fp:numeroDocumento>"
        )
        return told(send(world, searching(more + asked, "APROXIMADA")), "numeroCNS")

    assert by(number) == by("1066 4444 0302") == by(number, name("BERENICE TITULADA LIMA")) == [cns]
    assert by(number, kind="01") == by("205544330302") == by(number, name("OUTRA PESSOA QUALQUER")) == []
    assert world.audit("acao = 'api:cadsus-service:sem-resultado'")[-1][2] == f"documento:05/{number}"


MISSED = {
    "CPF": (f"<fp:CPF><cpf:numeroCPF>{cpfs.format(p.NOBODY_CPF)}</cpf:numeroCPF></fp:CPF>", [f"cpf:{p.NOBODY_CPF}"]),
    "the CPF as a document": (asked_by("02", p.NOBODY_CPF), [f"cpf:{p.NOBODY_CPF}"]),
    "NIS": (asked_by("06", pis.format(NOBODYS_NIS)), [f"nis:{NOBODYS_NIS}"]),
    "RG": (asked_by("01", "00.987.654-X"), ["documento:01/987654X"]),
    "DNV": (asked_by("19", "30-99999999-9"), ["documento:19/30999999999"]),
    "certidão": (asked_by("91", "123456 01 55 2001 1 00001 001 0000001 11"), ["documento:91/12345601552001100001001000000111"]),
    "RG and name": (name("NINGUEM DESTE NOME") + asked_by("01", "987654X"), ["documento:01/987654X"]),
    "CPF and a RG that is not hers": (
        f"<fp:CPF><cpf:numeroCPF>{p.MARIA.cpf}</cpf:numeroCPF></fp:CPF>" + asked_by("01", "987654X"),
        [f"cpf:{p.MARIA.cpf}", "documento:01/987654X"],
    ),
    "name": (name("NINGUEM DESTE NOME"), ["pesquisa:nome"]),
    "name and birth": (name("NINGUEM DESTE NOME") + born("1999-01-01"), ["pesquisa:nome+nascimento"]),
}  # fmt: skip


@pytest.mark.requirement("R088", "who was asked about by a document is told of it")
@pytest.mark.parametrize("case", MISSED)
def test_a_search_that_finds_nobody_is_audited_under_each_number_asked(world: World, case: str) -> None:
    criteria, subjects = MISSED[case]
    before = len(world.audit("acao = 'api:cadsus-service:sem-resultado'"))
    assert told(send(world, searching(criteria)), "ResultadoPesquisa") == []
    kept = world.audit("acao = 'api:cadsus-service:sem-resultado'")[before:]
    assert [one[2] for one in kept] == subjects


NOBODY = {
    "another birth": (name(p.MARIA.nome) + born("1999-01-01"), "IDENTICA"),
    "only inactive ones": (name(p.MARIA.nome) + "<fp:situacao>false</fp:situacao>", "IDENTICA"),
    "a RG that is not hers": (
        name(p.MARIA.nome)
        + "<fp:TipoDocumento><td:tipoDocumento>01</td:tipoDocumento></fp:TipoDocumento><fp:numeroDocumento>5</fp:numeroDocumento>",
        "IDENTICA",
    ),
}


@pytest.mark.parametrize("case", NOBODY)
def test_nobody_is_an_empty_answer(world: World, case: str) -> None:
    assert told(send(world, searching(*NOBODY[case])), "ResultadoPesquisa") == []


REFUSED = {
    "a CPF that is none": (searching("<fp:CPF><cpf:numeroCPF>11144477736</cpf:numeroCPF></fp:CPF>"), "VINC-CPF"),
    "no name": (searching(born(p.MARIA.nascimento)), "VINC-CRITERIOS"),
    "one word": (searching(name("MARIA")), "VINC-NOME_INCOMPLETO"),
    "everybody": (searching(name("ANA DEMASIADA LIMA")), "VINC-MUITOS_CADASTROS"),
    "a CNS of 14 digits": (consulting("70000000000000"), "VINC-CNS-INVALIDO"),
    "no kind of search": (c.searching(name(p.MARIA.nome)), "VINC-CAMPO-OBRIGATORIO"),
    "a CNES that is none": (consulting(p.MARIA.cns).replace(b"9999999", b"12"), "VINC-CNES"),
    "nobody named": (updating(a_person("MARIA EXEMPLO DA SILVA", "")), "VINC-SEM_IDENTIFICACAO"),
    "a number nobody has": (updating(a_person("MARIA EXEMPLO DA SILVA", "", card(p.NOBODY_CNS))), "E020"),
    "numbers of two": (
        updating(a_person("MARIA EXEMPLO DA SILVA", "", card(p.MARIA.cns).replace("</us:Cartoes>", "") + card(p.JOSE.cns).replace("<us:Cartoes>", ""))),
        "VINC-MAIS_DE_UM",
    ),
    "a term that CadSUS does not take": (including(a_person("MARIA DESCONHECIDA LIMA", "")), "VINC-RN002.3"),
    "no administrator": (
        c.request("requestAlterarSituacao", c.WHO + a_person("MARIA EXEMPLO DA SILVA", "", card(p.MARIA.cns))),
        "VINC-PERFIL",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_refused_says_why(world: World, case: str) -> None:
    body, code = REFUSED[case]
    answer = send(world, body)
    assert (answer.status_code, code) == (500, next(iter(codes(answer))))
    assert not {p.MARIA.nome, p.MARIA.cns, p.NOBODY_CNS} & set(re.findall(r"[^<>]+", answer.text))


@pytest.mark.requirement("R088", "audit")
@pytest.mark.parametrize(
    ("body", "subject"),
    [
        (including(a_person("JOANA", w.a_cpf(61))), f"cpf:{w.a_cpf(61)}"),
        (updating(a_person("MARIA EXEMPLO DA SILVA", "", card(p.NOBODY_CNS))), f"cns:{p.NOBODY_CNS}"),
        (REFUSED["no administrator"][0], f"cns:{p.MARIA.cns}"),
    ],
    ids=["included", "changed", "its state"],
)
def test_a_refusal_leaves_a_trace_of_whom_it_was_about(world: World, body: bytes, subject: str) -> None:
    assert send(world, body).status_code == 500
    assert world.audit("acao = 'api:cadsus-service:recusada'")[-1][2] == subject


@pytest.mark.parametrize("case", ["no name", "one word", "everybody"])
def test_a_search_too_generic_says_what_this_service_can_be_asked_by(world: World, case: str) -> None:
    """Its criteria: a document is one of them, the sex none, and the CNS is read by another operation."""
    told = send(world, REFUSED[case][0]).text
    assert all(word in told for word in ("CPF", "TipoDocumento", "numeroDocumento"))
    assert "sexo" not in told
    assert "CNS" not in told or "Pelo CNS, use consultar." in told


@pytest.mark.parametrize("how", ["password", "token"])
@pytest.mark.requirement("R086", "CadsusService registers")
def test_a_person_is_included_and_then_changed(world: World, how: str) -> None:
    serial = 200 + (how == "token")
    cpf, first = w.a_cpf(serial), f"NEUSA {'SENHA' if how == 'password' else 'FICHA'} DE LIMA"
    answer = send(world, including(a_person(first, cpf, local(f"S-{serial}"))), how=how)
    (cns,) = told(answer, "numeroCNS")
    assert told(answer, "numeroIdentificadorLocal") == [f"S-{serial}"]
    again = send(world, including(a_person(first, cpf, local(f"S-{serial}"))), how=how)
    assert told(again, "numeroCNS") == [cns]
    changed = a_person(
        first, cpf, card(cns), dataNascimento="<us:dataNascimento>1985-03-13</us:dataNascimento>"
    )
    assert told(send(world, updating(changed), how=how), "numeroCNS") == [cns]
    shown = send(world, consulting(cns), how=how)
    assert told(shown, "dataNascimento") == ["1985-03-13"]
    (number,) = told(shown, "numeroIdentificadorCorporativo")
    made = world.audit(f"assunto = 'cpf:{cpf}' AND acao LIKE 'cadsus:%'")
    assert [one[1] for one in made] == ["cadsus:pessoa:adicionada", "cadsus:pessoa:atualizada"]
    history = send(world, asked_of(number, "requestObterHistoricoTransacoesUsuarioSUS"), AUDITORIA, how=how)
    assert told(history, "TipoTransacao") == ["ADICIONADO", "ATUALIZADO"]
    assert told(history, "CNES") == ["9999999"] * 2
    assert told(history, "Usuario") == ["OPERADOR"] * 2
    fields = send(world, changes_of(told(history, "identificadorTransacao")[1]), AUDITORIA, how=how)
    assert told(fields, "dataNascimento") == ["1985-03-13", "1985-03-12"]
    moment = send(world, of_card(cns, "requestObterUltimaDataAlteracaoUsuarioSUS"), AUDITORIA, how=how)
    assert told(moment, "dataHoraUltimaModificacao") == told(history, "dataHoraTransacao")[1:]


@pytest.mark.parametrize(
    "by",
    [card("{cns}"), local("S-300"), "<us:IdentificadorCorporativo><ic:numeroIdentificadorCorporativo>{id}"
     "</ic:numeroIdentificadorCorporativo></us:IdentificadorCorporativo>", ""],
    ids=["a card", "the local id", "the corporate id", "the CPF"],
)  # fmt: skip
def test_whom_an_update_means(world: World, by: str) -> None:
    cpf = w.a_cpf(300)
    (cns,) = told(send(world, including(a_person("CLEIDE QUAL DE LIMA", cpf, local("S-300")))), "numeroCNS")
    (number,) = told(send(world, consulting(cns)), "numeroIdentificadorCorporativo")
    changed = a_person("CLEIDE QUAL DE LIMA", cpf, by.format(cns=cns, id=number))
    assert told(send(world, updating(changed)), "numeroCNS") == [cns]


def asked_of(number: str, operation: str) -> bytes:
    return c.request(operation, c.WHO + c.CORPORATE.replace("0000000042", number), "au")


def of_card(number: str, operation: str) -> bytes:
    return c.request(operation, f"{c.WHO}<cns:CNS><cns:numeroCNS>{number}</cns:numeroCNS></cns:CNS>", "au")


def changes_of(transaction: str) -> bytes:
    return c.request(
        "requestObterCamposAlteradosPorTransacao",
        f"{c.WHO}<au:identificadorTransacao>{transaction}</au:identificadorTransacao>",
        "au",
    )


def test_who_was_united_is_told(world: World) -> None:
    """One with a CPF and one without, of two births, fed apart and then merged by their system."""
    cards, corporate = [], []
    for number, (cpf, day) in enumerate(((w.a_cpf(600), "1985-03-12"), ("", "1985-12-03"))):
        born = f"<us:dataNascimento>{day}</us:dataNascimento>"
        person = a_person("EDNA DUPLICADA LIMA", cpf, local(f"U-{number}"), dataNascimento=born)
        cards += told(send(world, including(person)), "numeroCNS")
        corporate += told(send(world, consulting(cards[-1])), "numeroIdentificadorCorporativo")
    assert len(set(cards)) == 2
    assert 'typeCode code="CA"' in world.integrador.post(w.PIX, w.merge("U-0", "U-1")).text
    history = send(world, asked_of(corporate[0], "requestObterHistoricoUnificacaoUsuarioSUS"), AUDITORIA)
    assert told(history, "numeroIdentificadorCorporativo") == [corporate[1]]
    for number in cards:
        assert set(told(send(world, consulting(number)), "numeroCNS")) == set(cards)
    both = {f"cpf:{w.a_cpf(600)}", f"pessoa:{int(corporate[1])}"}
    returned = world.audit("acao = 'api:auditoria:consultada'")[-2:]
    assert {one[2] for one in returned} == both


@pytest.mark.parametrize(
    "body",
    [
        asked_of("0999999999", "requestObterHistoricoUnificacaoUsuarioSUS"),
        asked_of("OUTRO", "requestObterHistoricoTransacoesUsuarioSUS"),
        changes_of("999999999"),
        changes_of("abc"),
        of_card(p.NOBODY_CNS, "requestObterUltimaDataAlteracaoUsuarioSUS"),
        of_card(p.NOBODY_CNS, "requestObterHistoricoImpressao"),
    ],
)
def test_nothing_found_is_the_official_text(world: World, body: bytes) -> None:
    answer = send(world, body, AUDITORIA)
    assert (answer.status_code, codes(answer)) == (500, ["VINC-SEM-RESULTADO"])
    assert "Nenhum resultado foi encontrado para a consulta solicitada." in answer.text


def test_nobody_has_printed(world: World) -> None:
    answer = send(world, of_card(p.MARIA.cns, "requestObterHistoricoImpressao"), AUDITORIA)
    assert told(answer, "Evento") == []
    assert world.audit("acao = 'api:auditoria:consultada'")[-1][2] == f"cpf:{p.MARIA.cpf}"


def test_the_grade_of_a_record_that_is_not_in_the_base(world: World) -> None:
    whole = a_person("MARIA EXEMPLO DA SILVA", p.MARIA.cpf)
    photo = (
        '<us:Fotografias xmlns:fo="http://servicos.saude.gov.br/schema/corporativo/v1r1/fotografia"><us:Fotografia>'
        "<fo:dataCaptura>2020-01-01</fo:dataCaptura><fo:bytesImagem>aGVsbG8=</fo:bytesImagem></us:Fotografia></us:Fotografias>"
    )
    grades = [
        int(
            told(
                send(world, c.request("requestCalcularGrauDeQualidade", c.WHO + one)), "percentualQualidade"
            )[0]
        )
        for one in (c.usuario(), whole, whole.replace("</us:UsuarioSUS>", f"{photo}</us:UsuarioSUS>"))
    ]
    assert 0 < grades[0] < grades[1] < grades[2] <= 100


def test_an_administrator_of_the_establishment_changes_the_state(world: World) -> None:
    cpf, secret = p.cpf(740_000_001), "Segredo@de@teste9"
    world.administrator(cpf, secret, "9999999")
    (cns,) = told(send(world, including(a_person("ALDA INATIVA DE LIMA", w.a_cpf(400)))), "numeroCNS")
    state = "<us:Situacao>false</us:Situacao><us:motivoAlteracaoSituacao>TESTE</us:motivoAlteracaoSituacao>"
    message = c.request(
        "requestAlterarSituacao", c.WHO + a_person("ALDA INATIVA DE LIMA", "", card(cns) + state)
    ).decode()

    def by(user: str, password: str, cnes: str = "9999999") -> httpx.Response:
        who = f"<cu:Usuario>{user}</cu:Usuario><cu:Senha>{password}</cu:Senha>"
        return send(
            world, message.replace("<cu:Usuario>OPERADOR</cu:Usuario>", who).replace("9999999", cnes).encode()
        )

    assert codes(by(cpf, "errada")) == ["VINC-PERFIL"]
    assert codes(by(cpf, secret, "9999998")) == ["VINC-PERFIL"]
    assert told(by(cpf, secret), "numeroCNS") == [cns]
    shown = send(world, consulting(cns))
    assert told(shown, "Situacao") == ["false"]
    assert secret not in shown.text
    assert world.audit("acao = 'cadsus:pessoa:desativada'")[-1][0].endswith(f"/{cpf}")


def test_restricted_persons_are_seen_by_integradores(world: World) -> None:
    """L5: operadoras do not come here at all."""
    assert told(send(world, consulting(p.FAMOSA.cns)), "numeroCNS") == [p.FAMOSA.cns]
    for path in (CADSUS, AUDITORIA):
        answer = world.operadora.post(path, consulting(p.FAMOSA.cns))
        assert (answer.status_code, outcome(answer)) == (403, "VINC-SO_INTEGRADOR")
        assert "/cadsus/v2/PDQSupplierJWT" in answer.text  # what it can ask instead
        assert "/fhir/r4/Patient" in answer.text


@pytest.mark.parametrize("path", [CADSUS, AUDITORIA])
def test_nobody_enters_without_password_or_token(world: World, path: str) -> None:
    body = consulting(p.MARIA.cns).decode()
    wrong = body.replace("<soap:Header/>", m.username_token(world.password(world.integrador)[0], "errada"))
    digest = body.replace("<soap:Header/>", m.username_token("x", "y", kind="PasswordDigest"))
    for text, authorization in (
        (body, ""),
        (wrong, ""),
        (digest, ""),
        (body, "jwt a.b.c"),
        (body, "Basic eDp5"),
    ):
        answer = world.integrador.post(path, text, authorization=authorization)
        assert answer.status_code == 401
        assert codes(answer)[0] == "OSB_SEM_AUTENTICACAO"


def test_a_fault_before_the_message_is_read_is_in_the_version_of_its_type(world: World) -> None:
    answer = world.integrador.post(
        CADSUS, consulting(p.MARIA.cns), authorization="jwt a.b.c", content_type="text/xml"
    )
    assert V11.value in answer.text


def test_a_photograph_fits_and_more_than_the_limit_does_not(world: World) -> None:
    photo = (
        '<us:Fotografias xmlns:fo="http://servicos.saude.gov.br/schema/corporativo/v1r1/fotografia"><us:Fotografia>'
        f"<fo:dataCaptura>2020-01-01</fo:dataCaptura><fo:bytesImagem>{'QUJD' * 200_000}</fo:bytesImagem>"
        "</us:Fotografia></us:Fotografias>"
    )
    fits = including(a_person("IVONE RETRATO LIMA", w.a_cpf(500), photo))
    assert len(told(send(world, fits), "numeroCNS")) == 1
    answer = world.integrador.post(CADSUS, fits.replace(b"QUJD", b"QUJDQUJDQUJDQUJDQUJDQUJD"))
    assert (answer.status_code, codes(answer)) == (413, ["VINC-CORPO_GRANDE"])


@pytest.mark.parametrize("query", ["?wsdl", "?WSDL"])
@pytest.mark.parametrize("path", [CADSUS, AUDITORIA])
def test_the_description_and_all_its_schemas_are_served(world: World, path: str, query: str) -> None:
    get = world.integrador.http.get
    found = get(f"{world.api}{path}{query}")
    assert found.text.count(f'location="{world.api}{path}"') == 2
    seen, waiting = set(), set(re.findall(r'schemaLocation="([^"]+)"', found.text))
    while waiting:
        address = waiting.pop()
        seen.add(address)
        schema = get(address)
        assert schema.status_code == 200, address
        waiting |= set(re.findall(r'schemaLocation="([^"]+)"', schema.text)) - seen
    assert len(seen) > 10


def test_an_interruption_stops_each_alone(world: World) -> None:
    declared = world.run(
        "interruption", "declare", "auditoria", "--texto", "manutenção", "--sem-previsao", "--json"
    )
    body = of_card(p.MARIA.cns, "requestObterHistoricoImpressao")
    try:
        eventually(lambda: send(world, body, AUDITORIA, how="token").status_code == 503)
        assert send(world, consulting(p.MARIA.cns)).status_code == 200
    finally:
        world.run("interruption", "end", str(json.loads(declared)["id"]))
    eventually(lambda: send(world, body, AUDITORIA, how="token").status_code == 200)
