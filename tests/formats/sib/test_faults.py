"""Each structural fault names its line, column, beneficiary, field and character, and says how to mend it."""

from __future__ import annotations

import pytest

from tests.formats.sib.files import CANCEL, GOOD, RETIFY, check, sbx, swap
from tests.formats.sib.makers import envelope
from vincula.formats.sib import DEFAULT, Limits

VALUES = [
    # field, value, what the message must say, the character it must name
    ("nome", "JOÃO 2º", "só aceita letras", "2 (algarismo 2)"),
    ("nome", "JOSÉ Nº", "só aceita letras", "º (indicador ordinal masculino)"),
    ("nome", "ANA-MARIA", "só aceita letras", "- (hífen)"),
    ("nome", "J. SILVA", "só aceita letras", ". (ponto)"),
    ("nome", "SANT’ANA", "só aceita letras", "’ (apóstrofo curvo)"),
    ("nome", "LUÌS", "só aceita letras", "Ì (letra I com acento grave)"),
    (
        "nome",
        "JOÃO\x96",
        "só aceita letras",
        "caractere de controle 0x96; em Windows-1252 seria – (travessão curto)",
    ),
    ("nome", "JO\xa0AO", "só aceita letras", "espaço não separável"),
    ("nome", "AB", "2 caracteres; o nome vai de 3 a 70", ""),
    ("nome", "A" * 71, "71 caracteres; o nome vai de 3 a 70", ""),
    ("nome", "", "0 caracteres", ""),
    ("cpf", "111.222.333-96", "só algarismos", ". (ponto)"),
    ("cpf", "1112223339", "10 caracteres em vez de 11", ""),
    ("cpf", "11122233396 ", "só algarismos", "espaço"),
    ("cpf", "１１１２２２３３３９６", "só algarismos", "１ (caractere U+FF11)"),
    ("sexo", "2", "fora da lista da ANS", ""),
    ("sexo", "", "está vazio", ""),
    ("dataNascimento", "1889-12-31", "anterior a 01/01/1890", ""),
    ("dataNascimento", "1981-02-29", "não é uma data do calendário", ""),
    ("dataNascimento", "29/02/1980", "não é uma data do calendário", ""),
    ("codigoMunicipio", "3304557", "7 caracteres em vez de 6", ""),
    ("codigoBeneficiario", "", "está vazio", ""),
    ("codigoBeneficiario", "X" * 31, "31 caracteres; o máximo é 30", ""),
    ("relacaoDependencia", "2", "fora da lista da ANS", ""),
    ("dataContratacao", "1939-12-31", "anterior a 01/01/1940", ""),
    ("numeroPlanoANS", "123456-21-1", "só algarismos", "- (hífen)"),
]


def _with(field: str, value: str) -> str:
    before, rest = GOOD.split(f"<{field}>")
    after = rest.split(f"</{field}>")[1]
    text = "".join(character if character < "\u0100" else f"&#{ord(character)};" for character in value)
    return f"{before}<{field}>{text}</{field}>{after}"


@pytest.mark.parametrize(("field", "value", "says", "character"), VALUES)
def test_a_bad_value_is_told_with_field_and_character(
    field: str, value: str, says: str, character: str
) -> None:
    outcome = check(sbx(GOOD + _with(field, value) + CANCEL))
    (fault,) = outcome.faults
    assert fault.field == field
    assert says in fault.message
    assert fault.character == character
    assert character in fault.message
    assert (fault.line, fault.position) == (6, 2)
    assert fault.remedy.endswith(".")
    if len(value) > 3:
        assert value not in fault.as_text()


def test_the_column_is_that_of_the_character() -> None:
    text = sbx(GOOD + swap("JOÃO DA", "JOÃO &amp;ca DA") + GOOD)
    (fault,) = check(text).faults
    line = text.split("\n")[fault.line - 1]
    assert line[fault.column - 1 :].startswith("&amp;ca")
    assert fault.character == "& (e comercial)"
    assert fault.beneficiary == "0001"


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_the_column_counts_after_line_breaks(line_end: str) -> None:
    text = sbx(GOOD + swap("<nome>JOÃO DA", "\n\n  <nome>JOÃO 3 DA")).replace("\n", line_end)
    (fault,) = check(text).faults
    assert text.split("\n")[fault.line - 1][fault.column - 1 :].startswith("3 DA")


STRUCTURE = [
    # body, field, what the message must say
    (swap("<sexo>1</sexo>", ""), "sexo", "falta o campo sexo"),
    (swap("<sexo>1</sexo>", "<sexo>1</sexo><sexo>1</sexo>"), "sexo", "mais de uma vez"),
    (swap("<sexo>1</sexo>", "<sexo>1</sexo><cns>750000000000141</cns>"), "cns", "fora de ordem"),
    (swap("<sexo>1</sexo>", "<sexo>1</sexo><peso>80</peso>"), "peso", "não existe em identificacao"),
    (swap("<sexo>1</sexo>", "<sexo><b>1</b></sexo>"), "sexo", "outros elementos dentro"),
    (swap("<sexo>1</sexo>", "<sexo>1</sexo>olá"), "identificacao", "texto solto"),
    (swap("<sexo>", '<sexo tipo="1">'), "sexo", "atributo tipo"),
    (swap("<inclusao>", '<inclusao id="1">'), "inclusao", "atributo id"),
    (
        swap("<codigoMunicipio>330455</codigoMunicipio>", "<cep>20000000</cep>"),
        "codigoMunicipio",
        "falta o campo",
    ),
    (
        swap("<endereco><codigoMunicipio>330455</codigoMunicipio></endereco>", ""),
        "endereco",
        "mesmo quando vazio",
    ),
    (swap("<numeroPlanoANS>123456211</numeroPlanoANS>", ""), "numeroPlanoANS", "um dos dois é obrigatório"),
    (
        swap("</numeroPlanoANS>", "</numeroPlanoANS><numeroPlanoOperadora>X</numeroPlanoOperadora>"),
        "numeroPlanoOperadora",
        "só cabe um",
    ),
    (
        swap(
            "<numeroPlanoANS>123456211</numeroPlanoANS>",
            "<numeroPlanoPortabilidade>123456211</numeroPlanoPortabilidade>"
            "<numeroPlanoOperadora>X</numeroPlanoOperadora>",
        ),
        "numeroPlanoPortabilidade",
        "só é aceito junto com numeroPlanoANS",
    ),
    (
        swap(
            "</numeroPlanoANS>",
            "</numeroPlanoANS><cnpjEmpresaContratante>11222333000181</cnpjEmpresaContratante>"
            "<caepfEmpresaContratante>11122233300100</caepfEmpresaContratante>",
        ),
        "caepfEmpresaContratante",
        "só cabe um",
    ),
    (RETIFY.replace("<endereco/>", ""), "endereco", "mesmo quando vazio"),
    (RETIFY.replace("<cco>000123456709</cco>", ""), "cco", "falta o campo cco"),
    (CANCEL.replace("41", "45"), "motivoCancelamento", "fora da lista"),
    ("<exclusao/>", "exclusao", "não existe em beneficiarios"),
    ("olá" + GOOD, "beneficiarios", "texto solto"),
    (GOOD + "olá", "beneficiarios", "texto solto"),
    ("", "beneficiarios", "não traz nenhum procedimento"),
]


@pytest.mark.parametrize(("body", "field", "says"), STRUCTURE)
def test_a_structural_fault_says_what_is_missing_or_too_much(body: str, field: str, says: str) -> None:
    outcome = check(sbx(body))
    assert [fault.field for fault in outcome.faults] == [field]
    assert says in outcome.faults[0].message
    assert outcome.faults[0].remedy


def test_every_fault_of_the_file_is_listed() -> None:
    faulty = swap("JOÃO", "J0ÃO").replace("<sexo>1", "<sexo>7")
    body = (GOOD + faulty) * 3 + swap("JOÃO", "A & B") + GOOD + swap("JOÃO", "A &ccedil; B") + faulty
    outcome = check(sbx(body))
    assert [(fault.position, fault.field) for fault in outcome.faults] == [
        (2, "nome"),
        (2, "sexo"),
        (4, "nome"),
        (4, "sexo"),
        (6, "nome"),
        (6, "sexo"),
        (7, ""),
        (9, ""),
        (10, "nome"),
        (10, "sexo"),
    ]
    assert outcome.procedures == 10
    assert "Escreva &amp; no lugar dele" in outcome.faults[6].remedy
    assert "&ccedil; não existe em XML" in outcome.faults[7].message


def test_the_list_of_faults_is_bounded_and_the_count_is_not() -> None:
    outcome = check(sbx(swap("JOÃO", "J0ÃO") * 3000), Limits(faults=10))
    assert len(outcome.faults) == 10
    assert outcome.fault_count == 3000
    assert outcome.truncated_faults
    assert outcome.procedures == 3000


def test_a_good_file_has_no_fault() -> None:
    outcome = check(sbx(GOOD + RETIFY + CANCEL))
    assert not outcome.faults
    assert not outcome.truncated_faults
    assert outcome.procedures == 3


HEADER_LEFT_TO_THE_INTAKE = [
    ("<origem><registroANS>999997</registroANS></origem>", ""),
    ("<origem><registroANS>999997</registroANS></origem>", "<origem/>"),
    ("<registroANS>999997</registroANS>", "<registroANS></registroANS>"),
    ("<registroANS>999997</registroANS>", "<registroANS>1</registroANS>"),
    ("<destino><cnpj>03589068000146</cnpj></destino>", ""),
    ("<cnpj>03589068000146</cnpj>", "<cnpj>1</cnpj>"),
    ("<versaoPadrao>1.1</versaoPadrao>", ""),
    ("<versaoPadrao>1.1</versaoPadrao>", "<versaoPadrao>9</versaoPadrao>"),
]


@pytest.mark.parametrize(("old", "new"), HEADER_LEFT_TO_THE_INTAKE)
def test_origem_destino_and_versao_are_left_to_the_codes_of_their_own(old: str, new: str) -> None:
    text = sbx(GOOD)
    assert old in text
    assert not check(text.replace(old, new)).faults


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("<sequencialTransacao>1<", "<sequencialTransacao>A<", "sequencialTransacao"),
        ("2026-10-05T10:00:00", "2026-10-05", "dataHoraRegistroTransacao"),
        ("<nomeAplicativo>TESTE</nomeAplicativo>", "", "nomeAplicativo"),
        ("<tipoTransacao>Atualização SIB</tipoTransacao>", "", "tipoTransacao"),
    ],
)
def test_other_faults_of_the_header_are_structural(old: str, new: str, field: str) -> None:
    text = sbx(GOOD)
    assert old in text
    assert [fault.field for fault in check(text.replace(old, new)).faults] == [field]


@pytest.mark.parametrize("reason", ["61", "62"])
def test_a_file_sem_movimento_has_a_reason(reason: str) -> None:
    element = "motivoNaoEnvioBeneficiarios"
    body = f"<naoEnvioBeneficiarios><{element}>{reason}</{element}></naoEnvioBeneficiarios>"
    outcome = check(envelope(body))
    assert not outcome.faults
    assert outcome.no_movement_reason == reason
    assert [fault.field for fault in check(envelope(body.replace(reason, "63"))).faults] == [element]


def test_past_the_official_maximum_procedures_are_counted_but_not_given() -> None:
    outcome = check(sbx(CANCEL * 30), Limits(procedures=20))
    assert outcome.procedures == 30
    assert not outcome.faults
    assert DEFAULT.procedures == 100_000
