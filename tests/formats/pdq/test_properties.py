"""Whatever is sent is read or refused, and whatever is held is written so that it comes back (hypothesis)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.formats.pdq import messages as m
from tests.formats.pdq.test_query import CLIENTS
from vincula.formats import pdq, soap
from vincula.people.record import Card, PersonRecord, Phone

BODIES = [body.encode() for body in CLIENTS.values()] + [m.CONTINUE, m.CANCEL]
SNIPPETS = st.sampled_from(
    [b"<", b">", b"&", b'"', b"'", b"]]>", b"<!DOCTYPE a>", b"<!--", b"-->", b"<![CDATA[", b"\0", b"\xff", b"&#0;", b"&x;",
     b"/>", b"<a>", b"</a>", b"<value/>", b' xmlns=""', b' xmlns:a="urn:a"', b"<a:b/>", b' nullFlavor="UNK"', b"\xef\xbb\xbf",
     b'value="', b'extension=""', b"<parameterList>", b"<queryByParameter/>", b"\r\n", b"&#13;", b"&#xFFFE;", b"x" * 5000]
)  # fmt: skip
EDIT = st.tuples(st.integers(0, 10_000), st.integers(0, 300), SNIPPETS | st.binary(max_size=8))


def edited(body: bytes, edits: list[tuple[int, int, bytes]]) -> bytes:
    """The body with stretches replaced by something else."""
    for place, length, put in edits:
        at = place % (len(body) + 1)
        body = body[:at] + put + body[at + length :]
    return body


def answers(body: bytes) -> None:
    """What a service does with a body, as far as the format goes."""
    try:
        payload = soap.read_envelope(body).payload
    except soap.UnreadableEnvelopeError:
        return
    query, asked, target = pdq.read_query(payload), pdq.read_continuation(payload), pdq.read_target(payload)
    moment = {"message_id": m.MESSAGE_ID, "now": m.NOW}
    m.answered(pdq.render_mcci(target, "CA", message_id=m.MESSAGE_ID, now=m.NOW))
    if query is not None:
        answer = m.answered(pdq.render_not_found(query, **moment))
        assert answer.find(".//h:queryByParameter", m.NS) is not None
        assert {one.tag.partition("}")[0] for one in answer.iter()} == {"{urn:hl7-org:v3"}
    if asked is not None:
        m.answered(pdq.render_application_error(asked, [soap.Mensagem("X", "y")], **moment))


@given(st.sampled_from(BODIES), st.lists(EDIT, min_size=1, max_size=4))
@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_any_mutation_of_a_question_is_read_or_refused(
    body: bytes, edits: list[tuple[int, int, bytes]]
) -> None:
    answers(edited(body, edits))


@pytest.mark.long
@given(st.sampled_from(BODIES), st.lists(EDIT, min_size=1, max_size=6))
@settings(max_examples=100_000, suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_any_mutation_of_a_question_is_read_or_refused_at_length(
    body: bytes, edits: list[tuple[int, int, bytes]]
) -> None:
    answers(edited(body, edits))


@given(st.binary(max_size=200))
def test_any_bytes_at_all_are_refused_or_read(body: bytes) -> None:
    answers(body)


@given(st.data())
def test_any_value_in_any_place_comes_back_in_the_echo(data: st.DataObject) -> None:
    """Texts and attributes of the question replaced by any that XML can hold."""
    root = etree.fromstring(m.enveloped(m.message(m.asking(m.DEMOGRAPHICS + m.by_id(m.CPF, "1")))))
    asked = root.find(".//h:queryByParameter", m.NS)
    assert asked is not None
    for element in asked.iter():
        if data.draw(st.booleans()):
            element.text = data.draw(XML_TEXT)
        for name in element.attrib:
            element.set(name, data.draw(XML_TEXT))
    query = pdq.read_query(soap.read_envelope(etree.tostring(root)).payload)
    assert query is not None
    echo = m.answered(pdq.render_not_found(query, message_id=m.MESSAGE_ID, now=m.NOW)).find(
        ".//h:queryByParameter", m.NS
    )
    assert echo is not None
    for sent, given_back in zip(asked.iter(), echo.iter(), strict=True):
        assert (sent.tag, sent.text or "", dict(sent.attrib)) == (
            given_back.tag,
            given_back.text or "",
            dict(given_back.attrib),
        )


ANY_TEXT = st.text(st.characters(), max_size=30)
XML_TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cc",)), max_size=20).map(
    lambda text: text.replace("\ufffe", "").replace("\uffff", "")
) | st.sampled_from(["&amp;", "<a>", "]]>", '"', "'", "a\tb\nc\rd", "&#13;", "Ação", "𝒳", "a:b", "xmlns"])
DAY = st.dates().map(lambda day: day.isoformat()) | st.just("")
FIELDS = (
    "nome nome_social nome_mae nome_pai raca_cor municipio_nascimento cpf pis tipo_logradouro logradouro numero"
    " complemento bairro cep municipio6 uf"
).split()
CARDS = st.lists(st.builds(Card, XML_TEXT, st.sampled_from("DP")), max_size=4).map(tuple)


@st.composite
def records(draw: st.DrawFn, texts: st.SearchStrategy[str]) -> PersonRecord:
    """Persons of whom anything may be held."""
    record = PersonRecord(
        id=draw(st.integers(0, 9_999_999_999)),
        sexo=draw(st.sampled_from(["", "M", "F", "I"])),
        data_nascimento=draw(DAY),
        data_obito=draw(DAY),
        cartoes=draw(CARDS),
        ativa=draw(st.booleans()),
        telefones=tuple(Phone(*draw(st.tuples(texts, texts, texts))) for _ in range(draw(st.integers(0, 2)))),
        emails=tuple(draw(st.lists(texts, max_size=2))),
    )
    return replace(record, **{name: draw(texts) for name in FIELDS})


@given(records(ANY_TEXT), st.sets(st.sampled_from(sorted(pdq.FIELDS))))
@example(PersonRecord(id=1, nome="\0\ud800\x1f"), set(pdq.FIELDS))
def test_any_record_under_any_release_is_well_formed(record: PersonRecord, release: set[str]) -> None:
    answer = m.found(record, release=frozenset(release))
    assert m.values(answer, "//h:patient/h:id/@extension") == [f"{record.id:010d}"]
    assert m.values(answer, "//h:personalRelationship/h:code/@code") == ["PRN", "NPRN"]


@given(records(XML_TEXT))
def test_any_record_gives_back_its_values(record: PersonRecord) -> None:
    answer = m.found(record)
    person = "//h:patientPerson/"

    def held(*texts: str) -> list[str]:
        return [text for text in texts if text]

    def texts(path: str) -> list[str]:
        return [one.text or "" for one in answer.iterfind(f".//h:patientPerson/{path}", m.NS)]

    assert texts("h:name/h:given") == [
        (record.nome or "SEM INFORMAÇÃO").upper(),
        *held(record.nome_social.upper()),
    ]
    assert texts("h:personalRelationship/h:relationshipHolder1/h:name/h:given") == [
        (name or "SEM INFORMAÇÃO").upper() for name in (record.nome_mae, record.nome_pai)
    ]
    assert m.values(answer, f"{person}h:telecom[@use='NET']/@value") == list(record.emails)
    assert m.values(answer, f"{person}h:birthTime/@value") == held(fourteen(record.data_nascimento))
    assert m.values(answer, f"{person}h:deceasedTime/@value") == held(fourteen(record.data_obito))
    assert m.values(answer, f"{person}h:raceCode/@code") == held(record.raca_cor)
    address = held(
        record.municipio6, record.uf, record.cep, "010", record.numero, record.logradouro, record.tipo_logradouro,
        record.bairro, record.complemento,
    )  # fmt: skip
    assert texts("h:addr/*") == (address if len(address) > 1 else [])
    definitive = sorted(record.cartoes, key=lambda card: card.tipo)
    assert m.values(answer, "//h:asOtherIDs/h:id/@extension") == [
        *(part for card in definitive for part in (card.numero, card.tipo)),
        *held(record.cpf, record.pis),
    ]


def fourteen(day: str) -> str:
    return f"{day.replace('-', '')}000000" if day else ""
