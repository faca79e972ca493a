"""Requests as clients write them: read in any order and with any prefix; what is wrong is told, all of it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from tests.formats.cadsus_service import messages as m
from vincula.formats import cadsus_service as cs
from vincula.formats import soap

AUDIT = cs.Service.AUDITORIA
SAMPLES = Path(__file__).parents[4] / "shared/reference/samples/cadsus"
MISSING, INVALID, REPEATED = "VINC-CAMPO-OBRIGATORIO", "VINC-CAMPO-INVALIDO", "VINC-CAMPO-REPETIDO"


@pytest.mark.parametrize("version", soap.SoapVersion)
def test_a_search_is_read_in_both_versions(version: soap.SoapVersion) -> None:
    body = m.searching(
        "<fp:nomeCompleto><nc:Nome>MARIA EXEMPLO DA SILVA</nc:Nome></fp:nomeCompleto><fp:nomeSocial>MARI</fp:nomeSocial>"
        "<fp:nomeFamilia><nf:Nome>SILVA</nf:Nome></fp:nomeFamilia><fp:dataNascimento>1985-03-12</fp:dataNascimento>"
        "<fp:Mae><nc:Nome>ANA</nc:Nome></fp:Mae><fp:Pai><nc:Nome>JOSÉ</nc:Nome></fp:Pai>"
        "<fp:CPF><cpf:numeroCPF>11144477735</cpf:numeroCPF></fp:CPF>"
        "<fp:MunicipioNascimento><mu:codigoMunicipio>520870</mu:codigoMunicipio></fp:MunicipioNascimento>"
        "<fp:TipoDocumento><td:tipoDocumento>01</td:tipoDocumento></fp:TipoDocumento>"
        "<fp:numeroDocumento>MG123</fp:numeroDocumento><fp:tipoPesquisa>FONETICA</fp:tipoPesquisa><fp:situacao>1</fp:situacao>",
        version=version,
    )
    assert soap.read_envelope(body).version is version
    read = m.ask(body)
    assert isinstance(read, cs.Pesquisar)
    assert read.faults == ()
    assert (read.operador.cnes, read.operador.usuario, read.operador.senha) == ("9999999", "OPERADOR", "")
    assert read.higienizar is False
    assert read.filtro == cs.FiltroPesquisa(
        tipo=cs.TipoPesquisa.FONETICA, nome="MARIA EXEMPLO DA SILVA", nome_social="MARI", nome_familia="SILVA",
        data_nascimento="1985-03-12", nome_mae="ANA", nome_pai="JOSÉ", cpf="11144477735", municipio_nascimento="520870",
        tipo_documento="01", numero_documento="MG123", situacao=True,
    )  # fmt: skip


@pytest.mark.parametrize(("name", "kind"), [("requestConsultar", cs.Consultar)])
def test_a_reading_by_card(name: str, kind: type) -> None:
    read = m.ask(m.request(name, m.WHO + m.CNS))
    assert isinstance(read, kind)
    assert (read.cns, read.faults) == ("700000000000005", ())


@pytest.mark.parametrize(
    ("name", "kind", "higienizar"),
    [
        ("requestIncluir", cs.Incluir, True),
        ("requestAtualizar", cs.Atualizar, True),
        ("requestAlterarSituacao", cs.AlterarSituacao, None),
        ("requestCalcularGrauDeQualidade", cs.CalcularGrauDeQualidade, None),
    ],
)
def test_a_person_comes_with_four_operations(name: str, kind: type, higienizar: bool | None) -> None:
    read = m.ask(m.request(name, m.WHO + m.usuario() + "<c:higienizar>true</c:higienizar>"))
    assert isinstance(read, kind)
    assert read.faults == ()
    assert getattr(read, "higienizar", None) is higienizar
    record: Any = read.record
    assert (record.nome, record.nome_mae, record.sexo, record.raca_cor) == (
        "MARIA EXEMPLO DA SILVA", "ANA EXEMPLO DA SILVA", "F", "03",
    )  # fmt: skip
    assert [(one.tipo, one.ddi, one.ddd, one.numero) for one in record.telefones] == [
        ("3", "55", "62", "900000000")
    ]


def test_hygiene_may_be_left_unsaid() -> None:
    assert m.ask(m.updating()).higienizar is None


AUDITS = {
    "requestObterHistoricoUnificacaoUsuarioSUS": (m.CORPORATE, cs.HistoricoUnificacao, "pessoa", 42),
    "requestObterHistoricoTransacoesUsuarioSUS": (m.CORPORATE, cs.HistoricoTransacoes, "pessoa", 42),
    "requestObterCamposAlteradosPorTransacao": (
        "<au:identificadorTransacao>17</au:identificadorTransacao>", cs.CamposAlterados, "transacao", "17",
    ),
    "requestObterUltimaDataAlteracaoUsuarioSUS": (m.CNS, cs.UltimaAlteracao, "cns", "700000000000005"),
    "requestObterHistoricoImpressao": (m.CNS, cs.HistoricoImpressao, "cns", "700000000000005"),
}  # fmt: skip


@pytest.mark.parametrize("name", AUDITS)
def test_the_audit_is_asked(name: str) -> None:
    inside, kind, field, expected = AUDITS[name]
    read = m.ask(m.request(name, m.WHO + inside, "au"), AUDIT)
    assert isinstance(read, kind)
    assert (getattr(read, field), read.faults) == (expected, ())


@pytest.mark.parametrize("written", ["abc", "-1", "", "1" * 40])
def test_a_corporate_number_that_is_not_ours_is_nobodys(written: str) -> None:
    inside = m.CORPORATE.replace("0000000042", written)
    read = m.ask(m.request("requestObterHistoricoTransacoesUsuarioSUS", m.WHO + inside, "au"), AUDIT)
    assert read.pessoa == 0


def test_each_service_takes_its_own_operations_only() -> None:
    consult = soap.read_envelope(m.request("requestConsultar", m.WHO + m.CNS)).payload
    assert cs.read_request(consult, AUDIT) is None
    assert cs.read_request(soap.read_envelope(m.request("Consultar", "")).payload) is None


def test_prefixes_and_order_do_not_matter() -> None:
    inside = "".join(reversed(list(m.LEAST.values())))
    reordered = m.request("requestIncluir", f"{m.HYGIENE}<us:UsuarioSUS>{inside}</us:UsuarioSUS>{m.WHO}")
    other = re.sub(r"(?<=[</:])us(?=[:=])", "ns17", reordered.decode()).encode()
    assert b"<ns17:Sexo>" in other
    expected = m.ask(m.including())
    assert m.ask(reordered) == expected
    assert m.ask(other) == expected


def test_the_password_is_for_authentication_and_shows_nowhere() -> None:
    who = m.WHO.replace("</cu:CNESUsuario>", "<cu:Senha>segredo</cu:Senha></cu:CNESUsuario>")
    read = m.ask(m.request("requestConsultar", who + m.CNS))
    assert read.operador.senha == "segredo"
    for shown in (repr(read), repr(read.operador), str(read), repr(m.ask(m.including()))):
        assert not re.search("segredo|OPERADOR|MARIA|7000", shown)


# What is put in or left out, and the faults that come of it.
FORMS: dict[str, tuple[bytes, list[str]]] = {
    "nothing at all": (m.request("requestConsultar", ""), [MISSING, MISSING]),
    "an operator without name": (m.request("requestConsultar", m.CNS + "<cu:CNESUsuario><cu:CNES>1</cu:CNES></cu:CNESUsuario>"), [MISSING]),
    "an empty operator": (m.request("requestConsultar", m.CNS + "<cu:CNESUsuario/>"), [MISSING, MISSING]),
    "a CNS of 14 digits": (m.request("requestConsultar", m.WHO + m.CNS.replace("700000000000005", "70000000000000")), ["VINC-CNS-INVALIDO"]),
    "a search without its kind": (m.searching("<fp:numeroDocumento>1</fp:numeroDocumento>"), [MISSING]),
    "a search of another kind": (m.searching("<fp:tipoPesquisa>PARECIDA</fp:tipoPesquisa>"), [INVALID]),
    "a search without higienizar": (
        m.request("requestPesquisar", f"{m.WHO}<fp:FiltroPesquisa><fp:tipoPesquisa>IDENTICA</fp:tipoPesquisa></fp:FiltroPesquisa>"), [MISSING],
    ),
    "a person without mother, father and sex": (m.including(Mae="", Pai="", Sexo=""), [MISSING, MISSING, MISSING]),
    "a birth that is no day": (m.including(dataNascimento="<us:dataNascimento>1985-02-30</us:dataNascimento>"), [INVALID]),
    "an empty birth": (m.including(dataNascimento="<us:dataNascimento/>"), [MISSING]),
    "a name of 71": (m.including(NomeCompleto=f"<us:NomeCompleto><nc:Nome>{'A' * 71}</nc:Nome></us:NomeCompleto>"), [INVALID]),
    "two mothers": (m.including(m.LEAST["Mae"]), [REPEATED]),
    "three e-mails": (
        m.including("<us:Emails>" + "<ems:Email><em:descricaoEmail>a@b.c</em:descricaoEmail><em:tipoEmail>A</em:tipoEmail></ems:Email>" * 3 + "</us:Emails>"),
        [REPEATED],
    ),
    "a hundred and one telephones": (m.including(Telefones=m.LEAST["Telefones"].replace("</us:Telefones>", "<us:Telefone/>" * 100 + "</us:Telefones>")), [REPEATED]),
    "a DDD of 100": (m.including(Telefones=m.LEAST["Telefones"].replace(">62<", ">100<")), [INVALID]),
    "no telephone": (m.including(Telefones="<us:Telefones/>"), [MISSING]),
    "a CPF of letters": (m.including("<us:CPF><cpf:numeroCPF>ABC</cpf:numeroCPF></us:CPF>"), [INVALID]),
    "an e-mail without its kind": (m.including("<us:Emails><ems:Email><em:descricaoEmail>a@b.c</em:descricaoEmail></ems:Email></us:Emails>"), [MISSING]),
    "alive and dead": (m.including("<us:dataObito>2020-01-01</us:dataObito><us:vivo>true</us:vivo>"), ["VINC-OBITO-CONTRADITORIO"]),
    "dead without a day": (m.including("<us:vivo>false</us:vivo>"), ["VINC-OBITO-CONTRADITORIO"]),
    "half a matrícula": (
        m.including("<us:Certidoes><certs:Certidao><cert:TipoCertidao>91</cert:TipoCertidao><cert:livro>00012</cert:livro></certs:Certidao></us:Certidoes>"),
        ["VINC-CERTIDAO-INCOMPLETA"],
    ),
    "a certidão de óbito": (
        m.including("<us:Certidoes><certs:CertidaoAntiga><ca:TipoCertidao>15</ca:TipoCertidao></certs:CertidaoAntiga></us:Certidoes>"), [INVALID],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", FORMS)
def test_all_that_is_wrong_is_told(case: str) -> None:
    body, expected = FORMS[case]
    read = m.ask(body)
    assert m.codes(read) == expected
    assert all(fault.descricao.endswith(".") for fault in read.faults)


def test_a_fault_names_the_place_and_the_form_but_not_the_value() -> None:
    (fault,) = m.ask(FORMS["a DDD of 100"][0]).faults
    assert fault.descricao == (
        "UsuarioSUS/Telefones/Telefone/DDD não tem a forma esperada (número inteiro de 0 a 99)."
        " Corrija o valor e reenvie."
    )
    (fault,) = m.ask(FORMS["a CPF of letters"][0]).faults
    assert "(11 dígitos)" in fault.descricao
    assert "ABC" not in fault.descricao


def test_the_list_of_faults_is_bounded() -> None:
    phones = "".join(
        f"<us:Telefone><tel:{name}>x</tel:{name}></us:Telefone>" for name in ("DDI", "DDD") for _ in range(40)
    )
    documents = "".join(
        f"<doc:{a}><x:{b}>?</x:{b}></doc:{a}>" for a, b in [("CNH", "numeroCNH"), ("CTPS", "numeroCTPS")]
    )
    many = m.ask(m.including(f"<us:Documentos xmlns:x='urn:x'>{documents}</us:Documentos>", Telefones=f"<us:Telefones>{phones}</us:Telefones>", **{
        name: "" for name in m.LEAST if name != "Telefones"
    }))  # fmt: skip
    assert 5 < len(many.faults) <= cs.MAX_FAULTS
    assert len(set(many.faults)) == len(many.faults)


# What client stacks write and the schema does not foresee.
TOLERATED = {
    "a date with a zone": (m.including(dataNascimento="<us:dataNascimento>1985-03-12-03:00</us:dataNascimento>"), "data_nascimento", "1985-03-12"),
    "a date with a time": (m.including(dataNascimento="<us:dataNascimento>1985-03-12T00:00:00.000Z</us:dataNascimento>"), "data_nascimento", "1985-03-12"),
    "spaces around": (m.including(Sexo="<us:Sexo><sx:codigoSexo>\n F </sx:codigoSexo></us:Sexo>"), "sexo", "F"),
    "an optional part that is empty": (m.including("<us:CPF><cpf:numeroCPF/></us:CPF>"), "cpf", ""),
    "an empty optional value": (m.including("<us:dataObito></us:dataObito>"), "data_obito", ""),
    "elements nobody knows": (m.including("<us:Novidade>1</us:Novidade>"), "nome", "MARIA EXEMPLO DA SILVA"),
    "race without its zero": (m.including(RacaCor="<us:RacaCor><rc:codigoRacaCor>3</rc:codigoRacaCor></us:RacaCor>"), "raca_cor", "03"),
    "blood as printed": (m.including("<us:TipoSanguineo>A -</us:TipoSanguineo>"), "tipo_sanguineo", "A-"),
    "an ethnicity with X": (m.including('<us:EtniaIndigena><e:codigoEtniaIndigena xmlns:e="urn:e">X273</e:codigoEtniaIndigena></us:EtniaIndigena>'), "etnia", "X273"),
    "a birth that is nil": (m.including(dataNascimento='<us:dataNascimento xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"/>'), "data_nascimento", ""),
    "an alternative e-mail alone": (
        m.including("<us:Emails><ems:Email><em:descricaoEmail>a@b.c</em:descricaoEmail><em:tipoEmail>A</em:tipoEmail></ems:Email></us:Emails>"), "emails", ("a@b.c",),
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", TOLERATED)
def test_what_can_be_understood_is_taken(case: str) -> None:
    body, field, expected = TOLERATED[case]
    read = m.ask(body)
    assert read.faults == ()
    assert getattr(read.record, field) == expected


LEAST_GIVEN = {
    "nome", "data_nascimento", "nome_mae", "nome_pai", "sexo", "raca_cor", "telefones",
    "nacionalidade", "pais_nascimento", "data_naturalizacao", "portaria_naturalizacao", "data_entrada",
}  # fmt: skip
ADDRESS = {
    "endereco_tipo", "tipo_logradouro", "logradouro", "numero", "complemento", "bairro", "cep", "municipio6", "uf", "pais",
    "municipio_exterior",
}  # fmt: skip
BROUGHT = {
    "the least": ("", set()),
    "an address is one whole": ("<us:Enderecos><us:Endereco><en:numero>1</en:numero></us:Endereco></us:Enderecos>", ADDRESS),
    "a CPF": ("<us:CPF><cpf:numeroCPF>11144477735</cpf:numeroCPF></us:CPF>", {"cpf"}),
    "a death taken back": ("<us:dataObito/>", {"data_obito"}),
    "that he lives is no field": ("<us:vivo>true</us:vivo>", set()),
    "a NIS is no other document": ("<us:Documentos><doc:NIS><nis:numeroDocumento>1234567890</nis:numeroDocumento></doc:NIS></us:Documentos>", {"pis"}),
    "another document is no NIS": ("<us:Documentos><doc:TituloEleitor><te:zona>1</te:zona></doc:TituloEleitor></us:Documentos>", {"documentos"}),
    "situation and VIP": ("<us:Situacao>false</us:Situacao><us:Vip>false</us:Vip><us:motivoAlteracaoVip>X</us:motivoAlteracaoVip>", {"ativa", "vip", "motivo_vip"}),
    "no e-mail any more": ("<us:Emails/>", {"emails"}),
    "cards": ("<us:Cartoes/>", {"cartoes"}),
}  # fmt: skip


@pytest.mark.parametrize("case", BROUGHT)
def test_an_update_knows_what_it_brought(case: str) -> None:
    more, expected = BROUGHT[case]
    read = m.ask(m.updating(more))
    assert read.faults == ()
    assert read.given == LEAST_GIVEN | expected


def test_a_photograph_is_not_kept_but_seen() -> None:
    shown = (
        '<us:Fotografias xmlns:fo="http://servicos.saude.gov.br/schema/corporativo/v1r1/fotografia"><us:Fotografia>'
        "<fo:dataCaptura>2020-01-01</fo:dataCaptura><fo:bytesImagem>AAAA</fo:bytesImagem></us:Fotografia></us:Fotografias>"
    )
    read = m.ask(m.request("requestCalcularGrauDeQualidade", m.WHO + m.usuario(shown)))
    assert (read.foto, read.data_foto, read.faults) == (True, "2020-01-01", ())
    without = m.ask(m.request("requestCalcularGrauDeQualidade", m.WHO + m.usuario()))
    assert (without.foto, without.data_foto) == (False, "")


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the reference's samples are not beside the repository")
def test_the_samples_of_the_reference_are_read_and_fit_our_schema() -> None:
    for path in sorted(SAMPLES.glob("v5r0-*.xml")):
        payload = soap.read_envelope(path.read_bytes()).payload
        m.schema(cs.Service.CADSUS).assertValid(payload)
        if "request" in path.name:
            read = cs.read_request(payload)
            assert read is not None
            assert read.faults == ()
