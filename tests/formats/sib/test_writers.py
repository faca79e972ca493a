"""What we write reads back as it was, with the right hash, valid to libxml2 and an XSD, always in ISO-8859-1."""

from __future__ import annotations

import hashlib
import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.formats.sib.files import answer_header
from tests.formats.sib.makers import FIELDS, NAME
from tests.formats.sib.oracle import opinion
from vincula.formats.sib import (
    CNPJ_ANS,
    COLUMNS_CNX,
    COLUMNS_INCLUSAO,
    TRANSACAO_CNX,
    TRANSACAO_SBX,
    HashDiagnosis,
    Header,
    Procedure,
    UnwritableValueError,
    read_cnx,
    read_sbx,
    write_cnx,
    write_sbx,
    write_sbx_no_movement,
)

UPWARD = Header(
    TRANSACAO_SBX, "1", "2026-10-05T10:00:00", "999997", None, None, CNPJ_ANS, "1.1", "A & B", "1", "CIA <X>"
)
DOWNWARD = answer_header(TRANSACAO_CNX)
ROW = {
    "nome": "JOÃO D'ÁVILA",
    "sexo": "1",
    "dataNascimento": "1980-02-29",
    "logradouro": 'RUA "A" & <B>',
    "codigoMunicipio": "330455",
    "codigoBeneficiario": "10%s",
    "relacaoDependencia": "1",
    "dataContratacao": "2025-04-15",
    "numeroPlanoANS": "123456211",
}
PROCEDURES: list[Procedure] = [
    (1, ROW),
    (1, tuple(ROW.get(name, "") for name in COLUMNS_INCLUSAO)),
    (2, {"cco": "000123456709", "numero": "10"}),
    (
        3,
        {
            "cco": "000123456709",
            "relacaoDependencia": "1",
            "dataContratacao": "2025-01-01",
            "numeroPlanoANS": "1" * 9,
        },
    ),
    (4, {"cco": "000123456709", "dataCancelamento": "2025-01-01", "motivoCancelamento": "41"}),
    (5, {"cco": "000123456709", "dataReativacao": "2025-01-01"}),
]


def test_an_sbx_reads_back_as_it_was_written() -> None:
    out = io.BytesIO()
    written = write_sbx(out, UPWARD, PROCEDURES)
    other = opinion(out.getvalue())
    assert other.valid
    assert other.hash == written
    assert [kind for kind, _ in other.procedures] == [1, 1, 2, 3, 4, 5]
    reader = read_sbx(io.BytesIO(out.getvalue()))
    assert reader.header == UPWARD
    runs = list(reader.runs())
    assert [(run.kind, run.first, len(run.rows)) for run in runs] == [
        (1, 1, 2),
        (2, 3, 1),
        (3, 4, 1),
        (4, 5, 1),
        (5, 6, 1),
    ]
    assert runs[0].rows[0] == runs[0].rows[1] == PROCEDURES[1][1]
    assert [run.rows[0] for run in runs[1:]] == [fields for _, fields in PROCEDURES[2:]]
    assert reader.outcome.hash_diagnosis is HashDiagnosis.OK
    assert reader.outcome.hash_computed == written


def test_groups_of_a_retificacao_are_written_even_when_empty() -> None:
    out = io.BytesIO()
    write_sbx(out, UPWARD, [(2, {"cco": "000123456709"})])
    assert b"<cco>000123456709</cco><identificacao/><endereco/><vinculo/></retificacao>" in out.getvalue()


@pytest.mark.parametrize("reason", ["61", "62"])
def test_a_file_sem_movimento_reads_back(reason: str) -> None:
    out = io.BytesIO()
    written = write_sbx_no_movement(out, UPWARD, reason)
    reader = read_sbx(io.BytesIO(out.getvalue()))
    assert list(reader.runs()) == []
    assert reader.outcome.no_movement_reason == reason
    assert reader.outcome.hash_computed == written
    assert reader.outcome.hash_diagnosis is HashDiagnosis.OK
    assert opinion(out.getvalue()).valid


@pytest.mark.parametrize(
    ("value", "character", "reason"),
    [
        ("JOÃO – SILVA", "– (travessão curto)", "não existe em ISO-8859-1"),
        ("JOÃO\x00", "caractere de controle 0x00", "que o XML proíbe"),
        ("JOÃO\x1f", "caractere de controle 0x1f", "que o XML proíbe"),
        ("ŁUKASZ", "Ł (caractere U+0141)", "não existe em ISO-8859-1"),
    ],
)
def test_a_character_that_cannot_be_written_is_named(value: str, character: str, reason: str) -> None:
    with pytest.raises(UnwritableValueError) as caught:
        write_sbx(io.BytesIO(), UPWARD, [(1, ROW), (1, {**ROW, "nome": value})])
    assert (caught.value.field, caught.value.character) == ("nome", character)
    assert reason in str(caught.value)
    header = Header(TRANSACAO_SBX, "1", "2026-10-05T10:00:00", "999997", aplicativo=value)
    with pytest.raises(UnwritableValueError):
        write_sbx(io.BytesIO(), header, [(1, ROW)])


@pytest.mark.parametrize("character", ["\x00", "\x1f", "\ud800", "\ufffe"])
def test_not_even_a_cnx_can_carry_what_xml_forbids(character: str) -> None:
    row = [*[""] * (len(COLUMNS_CNX) - 1), character]
    with pytest.raises(UnwritableValueError, match="que o XML proíbe"):
        write_cnx(io.BytesIO(), DOWNWARD, [row])


def test_what_a_movement_does_not_have_is_refused() -> None:
    with pytest.raises(ValueError, match="cancelamento has no field nome"):
        write_sbx(io.BytesIO(), UPWARD, [(4, {"cco": "1", "nome": "X"})])
    with pytest.raises(ValueError, match="only an inclusão"):
        write_sbx(io.BytesIO(), UPWARD, [(4, ("1", "2"))])
    with pytest.raises(ValueError, match="a row has 2 values"):
        write_sbx(io.BytesIO(), UPWARD, [(1, ("1", "2"))])


_VALUES = st.one_of(
    st.text(st.characters(max_codepoint=255, exclude_categories=["Cc"]), max_size=12),
    st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn"]), max_size=5),
    st.sampled_from(
        ["", " ", " A ", "A\tB", "\nA", "A\r\nB", "]]>", '"', "%s", "a" * 70, "\x85", "\xa0A\xa0", "&amp;"]
    ),
)
_ROWS = st.lists(st.tuples(*[_VALUES] * len(COLUMNS_CNX)), min_size=1, max_size=5)


@given(_ROWS)
@settings(suppress_health_check=list(HealthCheck), deadline=None)
def test_any_text_survives_the_cnx_writer(rows: list[tuple[str, ...]]) -> None:
    """Blanks at the ends are never written; everything else comes back, and the hash is that of the definition."""
    out = io.BytesIO()
    written = write_cnx(out, DOWNWARD, rows)
    reader = read_cnx(io.BytesIO(out.getvalue()))
    assert list(reader) == [tuple(value.strip(" \t\r\n") for value in row) for row in rows]
    assert reader.hash_diagnosis is HashDiagnosis.OK
    assert reader.header == DOWNWARD
    texts = []
    for element in etree.fromstring(out.getvalue()).iter():
        if element.tag not in ("epilogo", "hash"):
            texts += [*element.attrib.values(), element.text or ""]
    counted = "".join(text for text in texts if text.strip(" \t\r\n"))
    assert hashlib.md5(counted.encode("iso-8859-1", "replace")).hexdigest().upper() == written


def test_the_cnx_is_the_same_as_lxml_would_write() -> None:
    row = {**ROW, "cco": "000200000104", "situacao": "ATIVO", "situacaoTransferencia": "1"}
    out = io.BytesIO()
    write_cnx(out, DOWNWARD, [tuple(row.get(name, "") for name in COLUMNS_CNX)])
    expected = etree.Element("beneficiario", cco="000200000104", situacao="ATIVO")
    groups = {
        "identificacao": COLUMNS_CNX[3:11],
        "endereco": COLUMNS_CNX[11:20],
        "vinculo": COLUMNS_CNX[20:35],
    }
    for name, columns in groups.items():
        group = etree.SubElement(expected, name)
        for column in columns:
            if column in row:
                etree.SubElement(group, column).text = row[column]
    etree.SubElement(expected, "situacaoTransfrencia").text = "1"
    found = etree.fromstring(out.getvalue()).find("mensagem/ansParaOperadora/conferencia/beneficiario")
    assert found is not None
    found.tail = None
    assert etree.tostring(found, method="c14n", exclusive=True) == etree.tostring(expected, method="c14n")


def test_the_same_rows_give_the_same_bytes() -> None:
    rows = [("000200000104", "ATIVO", *[""] * (len(COLUMNS_CNX) - 2))] * 5_000
    one, two = io.BytesIO(), io.BytesIO()
    assert write_cnx(one, DOWNWARD, rows) == write_cnx(two, DOWNWARD, iter(rows))
    assert one.getvalue() == two.getvalue()
    assert sum(1 for _ in read_cnx(io.BytesIO(one.getvalue()))) == 5_000


@given(
    st.lists(
        st.fixed_dictionaries({"nome": st.text(NAME, min_size=3, max_size=70), "cpf": FIELDS["cpf"]}),
        max_size=4,
    )
)
@settings(deadline=None)
def test_names_of_the_official_set_survive_an_sbx(people: list[dict[str, str]]) -> None:
    out = io.BytesIO()
    write_sbx(out, UPWARD, [(1, {**ROW, **person}) for person in people])
    names = [person["nome"].strip() for person in people]
    reader = read_sbx(io.BytesIO(out.getvalue()))
    rows = [row for run in reader.runs() for row in run.rows]
    if people and all(len(name) >= 3 for name in names):
        assert [row[4] for row in rows if isinstance(row, tuple)] == names
        assert reader.outcome.hash_diagnosis is HashDiagnosis.OK
