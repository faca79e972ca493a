"""Answers in the words of the table, always valid against the schemas that are served (sections 6 and 7)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from tests.formats.cadsus_service import messages as m
from vincula.formats import cadsus_service as cs
from vincula.formats import soap
from vincula.people.record import Card, Certificate, Document, LocalId, PersonRecord, Phone

CARD = Card("700000000000005", "D", "2015-01-31")
WHEN = datetime(2026, 8, 1, 12, 30, 15)
OPERATOR = cs.CNESUsuario("9999999", "OPERADOR", "segredo")
AUDIT = cs.Service.AUDITORIA


def test_a_person_is_shown_whole() -> None:
    shown = m.answered(cs.render_person(m.EVERYTHING))
    for path, expected in {
        "us:UsuarioSUS/us:Cartoes/us:CNS/cns:numeroCNS": ["700000000000005", "800000000000001"],
        "us:UsuarioSUS/us:Cartoes/us:CNS/cns:dataAtribuicao": ["2015-01-31T00:00:00"],
        "us:UsuarioSUS/us:NomeSocial": ["MARI EXEMPLO"],
        "us:UsuarioSUS/us:Pai/nc:Nome": ["JOSÉ D'EXEMPLO & FILHO"],
        "us:UsuarioSUS/us:Documentos/doc:TituloEleitor/te:numeroTituloEleitor": ["1234560191"],
        "us:UsuarioSUS/us:Documentos/doc:NIS/nis:numeroDocumento": ["1234567890"],
        "us:UsuarioSUS/us:Enderecos/us:Endereco/en:TipoEndereco": ["1"],
        "us:UsuarioSUS/us:Enderecos/us:Endereco/en:Municipio/mu:UF/*": ["52", "GO"],
        "us:UsuarioSUS/us:Emails/ems:Email/em:tipoEmail": ["P", "A"],
        "us:UsuarioSUS/us:IdentificadorCorporativo/ic:numeroIdentificadorCorporativo": ["0000000042"],
        "us:UsuarioSUS/us:Situacao": ["false"],
        "us:UsuarioSUS/us:Vip": ["true"],
        "us:UsuarioSUS/us:originalRFB": ["true"],
        "us:UsuarioSUS/us:vivo": ["false"],
    }.items():
        assert m.values(shown, f"{path}/text()") == expected, path


def test_a_matricula_is_cut_into_its_nine_blocks() -> None:
    shown = m.answered(cs.render_person(m.EVERYTHING))
    assert m.values(shown, "//certs:Certidao/cert:*/text()") == [
        "91", "104539", "01", "55", "2013", "1", "00012", "021", "0000123", "21", "2013-04-05",
    ]  # fmt: skip


def test_of_whom_nothing_is_known_that_is_said() -> None:
    shown = m.answered(cs.render_person(PersonRecord()))
    assert m.values(shown, "us:UsuarioSUS/us:Mae/nc:Nome/text()") == ["SEM INFORMAÇÃO"]
    assert m.values(shown, "us:UsuarioSUS/us:Sexo/sx:codigoSexo/text()") == ["I"]
    assert m.values(shown, "us:UsuarioSUS/us:RacaCor/rc:codigoRacaCor/text()") == ["99"]
    nil = [one.tag.partition("}")[2] for one in shown.iter() if one.get(m.NIL) == "true"]
    assert nil == ["dataNascimento", "nacionalidade"]
    assert not m.values(shown, "//us:Cartoes | //us:IdentificadorCorporativo")


SHOWN_OTHERWISE = {
    "a telephone with its DDD in it": (replace(m.EVERYTHING, telefones=(Phone("62900000000"),)), "//tel:DDD/text()", ["62"]),
    "a telephone that is no number": (replace(m.EVERYTHING, telefones=(Phone("9000-0000", "62"),)), "//tel:numeroTelefone/text()", []),
    "a name of 80 letters": (replace(m.EVERYTHING, nome="A" * 80), "//us:NomeCompleto/nc:Nome/text()", ["A" * 70]),
    "a name in lower case": (replace(m.EVERYTHING, nome="Maria"), "//us:NomeCompleto/nc:Nome/text()", ["MARIA"]),
    "a house number that is too long is no other number": (replace(m.EVERYTHING, numero="12345678"), "//en:numero/text()", []),
    "a municipality of seven digits": (replace(m.EVERYTHING, municipio6="5208707"), "//en:Municipio/mu:codigoMunicipio/text()", ["520870"]),
    "a título that does not begin with 0": (
        replace(m.EVERYTHING, documentos=(Document(tipo="titulo", numero="123456780191"),)), "//te:numeroTituloEleitor/text()", ["123456780191"],
    ),
    "the first of two documents of a kind": (
        replace(m.EVERYTHING, documentos=(Document(tipo="titulo", numero="000000010191"), Document(tipo="titulo", numero="000000020191"))),
        "//te:numeroTituloEleitor/text()", ["10191"],
    ),
    "a certidão de óbito has no code": (replace(m.EVERYTHING, certidoes=(Certificate(tipo="15", matricula="1" * 32),)), "//us:Certidoes", []),
    "an old certidão in lower case with accents": (
        replace(m.EVERYTHING, certidoes=(Certificate(tipo="91", cartorio="1 Ofício"),)), "//ca:nomeCartorio/text()", ["1 OFICIO"],
    ),
    "a matrícula of 31 digits": (replace(m.EVERYTHING, certidoes=(Certificate(tipo="91", matricula="1" * 31),)), "//us:Certidoes", []),
    "sex UN of a feed": (replace(m.EVERYTHING, sexo="UN"), "//sx:codigoSexo/text()", ["I"]),
    "a number that is no CNS": (replace(m.EVERYTHING, cartoes=(Card("7", "D"),)), "//us:Cartoes/*", []),
    "blood type as printed": (replace(m.EVERYTHING, tipo_sanguineo="a -"), "//us:TipoSanguineo/text()", ["A-"]),
    "a local id known by its OID only": (
        replace(m.EVERYTHING, locais=(LocalId("2.16.840.1.113883.3.9", "7"),)), "//il:identificadorSistema/text()", ["2.16.840.1.113883.3.9"],
    ),
    "a municipality abroad": (replace(m.EVERYTHING, municipio6="", uf="", municipio_exterior="ASUNCIÓN"), "//en:municipioInternacional/text()", ["ASUNCIÓN"]),
}  # fmt: skip


@pytest.mark.parametrize("case", SHOWN_OTHERWISE)
def test_what_the_schema_has_otherwise_is_fitted_or_left_out(case: str) -> None:
    record, path, expected = SHOWN_OTHERWISE[case]
    assert m.values(m.answered(cs.render_person(record)), path) == expected


def test_a_search_shows_what_the_record_says_and_no_more() -> None:
    shown = m.answered(
        cs.render_results(
            [
                cs.Found(m.EVERYTHING, 97),
                cs.Found(PersonRecord(id=1, nome="JOSÉ", cartoes=(CARD, Card("800000000000001", "P"))), 50),
            ]
        )
    )
    first, second = shown
    assert [one.tag.partition("}")[2] for one in first] == [
        "CNS", "NomeCompleto", "NomeSocial", "dataNascimento", "Mae", "Pai", "Sexo", "MunicipioNascimento", "PaisNascimento",
        "MunicipioResidencia", "GrauQualidade", "scorePesquisa", "IdentificadorCorporativo", "Situacao",
    ]  # fmt: skip
    assert [one.tag.partition("}")[2] for one in second] == [
        "CNS", "NomeCompleto", "GrauQualidade", "scorePesquisa", "IdentificadorCorporativo", "Situacao",
    ]  # fmt: skip
    assert m.values(second, "rp:CNS/cns:numeroCNS/text()") == ["700000000000005"]
    assert m.values(shown, "rp:ResultadoPesquisa/rp:scorePesquisa/text()") == ["97", "50"]


def test_nobody_found_is_an_empty_answer() -> None:
    assert len(m.answered(cs.render_results([]))) == 0


@pytest.mark.parametrize("operation", ["incluir", "atualizar", "alterarSituacao"])
def test_a_change_answers_the_card(operation: str) -> None:
    shown = m.answered(cs.render_cns(operation, CARD))
    assert shown.tag == f"{{{m.NS['c']}}}response{operation[0].upper()}{operation[1:]}"
    assert m.values(shown, "cns:CNS/cns:*/text()") == ["700000000000005", "2015-01-31T00:00:00", "D"]


def test_an_inclusion_answers_the_local_id_too() -> None:
    shown = m.answered(cs.render_cns("incluir", CARD, LocalId("", "L-1", "MEUSISTEMA")))
    assert m.values(shown, "il:IdentificadorLocal/il:*/text()") == ["L-1", "MEUSISTEMA"]


def test_the_grade() -> None:
    assert m.values(m.answered(cs.render_quality(81)), "gq:GrauQualidade/gq:*/text()") == ["81"]


def test_who_was_united() -> None:
    shown = m.answered(cs.render_linked([cs.Linked(7, m.EVERYTHING), cs.Linked(8, PersonRecord())]), AUDIT)
    assert m.values(shown, "usv:UsuarioSUSVinculado/usv:identificadorTransacao/text()") == ["7", "8"]
    assert len(m.answered(cs.render_linked([]), AUDIT)) == 0


def test_the_audit_keeps_to_its_own_schema() -> None:
    """Where it differs: no blank in the cartório's name, no CNH that begins with 0."""
    shown = m.answered(cs.render_linked([cs.Linked(7, m.EVERYTHING)]), AUDIT)
    assert m.values(shown, "//ca:nomeCartorio/text()") == ["1-OFICIO"]
    assert m.values(shown, "//*[local-name()='numeroCNH']/text()") == ["1234567890"]


@pytest.mark.parametrize("kind", [*cs.TRANSACTIONS, ""])
def test_what_happened(kind: str) -> None:
    shown = m.answered(cs.render_transactions([cs.Transaction(5, WHEN, OPERATOR, kind)]), AUDIT)
    assert m.values(shown, "ta:TransacaoAuditoria//text()") == [
        "2026-08-01T12:30:15", "5", "9999999", "OPERADOR", *([kind] if kind else []),
    ]  # fmt: skip


def test_who_is_not_known_is_said_and_no_password_leaves() -> None:
    xml = cs.render_transactions(
        [cs.Transaction(5, WHEN, cs.CNESUsuario("", "", "segredo")), cs.Transaction(6, WHEN, OPERATOR)]
    )
    assert m.values(m.answered(xml, AUDIT), "//cu:CNES/text()") == ["SEM INFORMAÇÃO", "9999999"]
    assert "segredo" not in xml + cs.render_changes(m.EVERYTHING, None, OPERATOR)


@pytest.mark.parametrize("before", [None, PersonRecord(nome="MARIA")])
def test_before_and_after(before: PersonRecord | None) -> None:
    shown = m.answered(cs.render_changes(m.EVERYTHING, before, OPERATOR), AUDIT)
    assert m.values(shown, "usa:UsuarioSUSAuditoria/*/us:NomeCompleto/nc:Nome/text()") == [
        "MARIA EXEMPLO DA SILVA",
        *(["MARIA"] if before else []),
    ]
    assert m.values(shown, "cu:CNESUsuario/cu:*/text()") == ["9999999", "OPERADOR"]


def test_the_last_change_is_a_moment() -> None:
    shown = m.answered(cs.render_last_change(WHEN), AUDIT)
    assert m.values(shown, "au:dataHoraUltimaModificacao/text()") == ["2026-08-01T12:30:15"]


def test_nothing_was_printed() -> None:
    assert len(m.answered(cs.render_print_history(), AUDIT)) == 0


@pytest.mark.parametrize("service", cs.Service)
@pytest.mark.parametrize("version", soap.SoapVersion)
def test_faults_fit_the_schema_too(service: cs.Service, version: soap.SoapVersion) -> None:
    fault = soap.read_envelope(soap.render_fault(version, [cs.NOTHING_FOUND, cs.MORE_THAN_ONE])).payload
    (detail,) = fault.iter("{http://servicos.saude.gov.br/wsdl/mensageria/falha/v5r0/msfalha}MSFalha")
    m.schema(service).assertValid(detail)
