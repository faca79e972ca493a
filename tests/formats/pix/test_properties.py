"""What a feed brings, a PDQ answer gives back; and any mutation of a message is read or refused (hypothesis)."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.formats.pdq import messages as questions
from tests.formats.pdq.test_properties import EDIT, edited
from tests.formats.pix import messages as m
from vincula.formats import pdq, pix, soap
from vincula.people.record import Card, Certificate, Document, LocalId, PersonRecord, Phone


def returned(record: PersonRecord) -> pix.Feed:
    """The record in an answer of official size, whose patient is sent as a feed."""
    answer = pdq.render_answer(
        questions.ask(questions.by_id(questions.CPF, "11144477735")), [pdq.Match(record, 100)],
        release=pdq.INTEGRADOR, total=1, remaining=0, message_id=m.MESSAGE_ID, now=m.NOW,
    )  # fmt: skip
    subject = re.search(r"<subject1 .*</subject1>", answer, re.S)
    assert subject is not None
    return m.fed(payload=m.message(subject[0]))


def comparable(record: PersonRecord) -> dict[str, Any]:
    """Answers write cards D first and documents in their own places."""
    told = m.known(record)
    for name in ("cartoes", "documentos"):
        told[name] = sorted(told.get(name, []), key=lambda one: str(sorted(one.items())))
    return told


def test_a_person_who_was_fed_comes_back_whole() -> None:
    fed = m.fed(m.WHOLE, marks=m.VIP).record
    feed = returned(replace(fed, id=42))
    assert feed.faults == ()
    assert feed.confidencialidade == "R"
    assert comparable(feed.record) == comparable(replace(fed, id=42))


WORD = (
    st.text("ABCÇÃÉ'& <>\"0123456789-/", min_size=1, max_size=12)
    .map(lambda text: " ".join(text.split()))  # RN027.3: no two spaces in a row
    .filter(bool)
)
NAME = st.lists(st.text("ABCÇÃÉ'&<>", min_size=1, max_size=8), min_size=1, max_size=4).map(" ".join)
DIGITS = st.text("0123456789", min_size=1, max_size=15)
DAY = st.dates().map(lambda day: day.isoformat())
DAY_OR_NOT = DAY | st.just("")
OR_NOT = WORD | st.just("")
DOCUMENT = st.one_of(
    st.builds(Document, tipo=st.just("rg"), numero=WORD, orgao=OR_NOT, uf=OR_NOT, emissao=DAY_OR_NOT),
    st.builds(Document, tipo=st.just("ctps"), numero=WORD, serie=OR_NOT, emissao=DAY_OR_NOT),
    st.builds(Document, tipo=st.just("cnh"), numero=WORD, uf=OR_NOT, emissao=DAY_OR_NOT),
    st.builds(Document, tipo=st.just("titulo"), numero=WORD, zona=OR_NOT, secao=OR_NOT),
    st.builds(Document, tipo=st.sampled_from(["ric", "dnv"]), numero=WORD),
    st.builds(
        Document,
        tipo=st.just("passaporte"),
        numero=WORD,
        pais=OR_NOT,
        emissao=DAY_OR_NOT,
        validade=DAY_OR_NOT,
    ),
)
TYPES = st.sampled_from(["91", "92", "93", "95", "15"])
CERTIFICATE = st.builds(Certificate, tipo=TYPES, matricula=WORD, emissao=DAY_OR_NOT) | st.builds(
    Certificate, tipo=TYPES, cartorio=WORD, livro=OR_NOT, folha=OR_NOT, termo=OR_NOT, emissao=DAY_OR_NOT
)
COUNTRY = st.from_regex(r"[0-9]{3}", fullmatch=True).filter(lambda code: code != "010")
NATIONALITY = st.one_of(
    st.fixed_dictionaries({"nacionalidade": st.just("B"), "municipio_nascimento": WORD, "pais_nascimento": st.just("010")}),
    st.fixed_dictionaries({"nacionalidade": st.just("E"), "pais_nascimento": COUNTRY, "data_entrada": DAY_OR_NOT}),
    st.fixed_dictionaries(
        {"nacionalidade": st.just("N"), "pais_nascimento": COUNTRY | st.just("010"), "portaria_naturalizacao": WORD,
         "data_entrada": DAY_OR_NOT, "data_naturalizacao": DAY_OR_NOT}
    ),
    st.just({}),
)  # fmt: skip
HOME = st.fixed_dictionaries(
    {"endereco_tipo": st.sampled_from(["H", "WP"]), "municipio6": WORD, "pais": st.just("010"), "uf": OR_NOT,
     "logradouro": OR_NOT, "tipo_logradouro": OR_NOT, "numero": OR_NOT, "complemento": OR_NOT, "bairro": OR_NOT}
)  # fmt: skip
ABROAD = st.fixed_dictionaries({"endereco_tipo": st.just("H"), "pais": COUNTRY, "municipio_exterior": OR_NOT})
UNIQUE: dict[str, Any] = {"unique_by": lambda one: str(sorted(m.known(one).items())), "max_size": 5}


@st.composite
def persons(draw: st.DrawFn) -> PersonRecord:
    """Whatever a feed can bring and an answer can carry."""
    race = draw(st.sampled_from(["01", "05", "99", ""]))
    return PersonRecord(
        id=draw(st.integers(1, 9_999_999_999)),
        nome=draw(NAME),
        nome_social=draw(NAME | st.just("")),
        nome_mae=draw(NAME),
        nome_pai=draw(NAME),
        sexo=draw(st.sampled_from(["", "M", "F", "I"])),
        data_nascimento=draw(DAY_OR_NOT),
        data_obito=draw(DAY_OR_NOT),
        raca_cor=race,
        etnia=draw(DIGITS | st.just("")) if race == "05" else "",
        cartoes=tuple(draw(st.lists(st.builds(Card, DIGITS, st.sampled_from("DP")), **UNIQUE))),
        cpf=draw(DIGITS | st.just("")),
        pis=draw(DIGITS | st.just("")),
        documentos=tuple(draw(st.lists(DOCUMENT, **UNIQUE))),
        certidoes=tuple(draw(st.lists(CERTIFICATE, **UNIQUE))),
        emails=tuple(
            draw(st.lists(WORD.map(lambda one: f"{one}@x".replace(" ", "")), unique=True, max_size=2))
        ),
        telefones=tuple(
            draw(
                st.lists(
                    st.builds(
                        Phone,
                        st.from_regex(r"[0-9]{8,9}", fullmatch=True),
                        st.from_regex(r"[0-9]{2}", fullmatch=True),
                        st.sampled_from("12367"),
                        st.sampled_from(["55", "54", "1"]),
                    ),
                    **UNIQUE,
                )
            )
        ),
        locais=tuple(draw(st.lists(st.builds(LocalId, st.just(m.SYSTEM), WORD, OR_NOT), **UNIQUE))),
        vip=draw(st.booleans()),
        **draw(NATIONALITY),
        **draw(HOME | ABROAD | st.just({})),
    )


@given(persons())
@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_whatever_a_record_holds_comes_back_from_its_answer(record: PersonRecord) -> None:
    feed = returned(record)
    assert comparable(feed.record) == comparable(record)
    assert feed.faults == ()


@pytest.mark.long
@given(persons())
@settings(max_examples=20_000, suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_whatever_a_record_holds_comes_back_from_its_answer_at_length(record: PersonRecord) -> None:
    assert comparable(returned(record).record) == comparable(record)


BODIES = [
    m.enveloped(one)
    for one in (
        m.message(m.patient(m.WHOLE, marks=m.NORMAL + m.VIP)),
        m.message(
            m.patient(m.WHOLE.replace(m.BORN_HERE, m.BORN_ABROAD) + m.NATURALISED), name="PRPA_IN201302UV02"
        ),
        m.MERGE,
        m.asked_by(sources=f'<dataSource><value root="{m.SYSTEM}"/></dataSource>'),
    )
]


def served(body: bytes) -> None:
    """What a service does with a body, as far as the format goes: nothing raises, all answers are well formed."""
    try:
        payload = soap.read_envelope(body, max_bytes=pix.MAX_BYTES).payload
    except soap.UnreadableEnvelopeError:
        return
    feed, merge, query = pix.read_feed(payload), pix.read_merge(payload), pix.read_cross_query(payload)
    if feed is not None:
        assert set(m.known(feed.record)) <= feed.given
        assert feed.local is None or (feed.local.raiz and feed.local.extensao)
        assert all(fault.message and fault.remedy for fault in feed.faults)
        returned(feed.record)
        etree.fromstring(pix.render_mcci(feed.target, "CA", message_id=m.MESSAGE_ID, now=m.NOW))
    if merge is not None:
        assert all(one.raiz or one.extensao for one in (*merge.surviving, *merge.replaced))
    if query is not None:
        moment: dict[str, Any] = {"message_id": m.MESSAGE_ID, "now": m.NOW}
        for xml in (
            pix.render_cross_answer(query, None if feed is None else feed.record, **moment),
            pix.render_cross_answer(query, m.LUCIA, **moment),
        ):
            answer = etree.fromstring(xml)
            assert {one.tag.partition("}")[0] for one in answer.iter()} == {"{urn:hl7-org:v3"}


@given(st.sampled_from(BODIES), st.lists(EDIT, min_size=1, max_size=4))
@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_any_mutation_of_a_feed_is_read_or_refused(body: bytes, edits: list[tuple[int, int, bytes]]) -> None:
    served(edited(body, edits))


@pytest.mark.long
@given(st.sampled_from(BODIES), st.lists(EDIT, min_size=1, max_size=6))
@settings(max_examples=100_000, suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_any_mutation_of_a_feed_is_read_or_refused_at_length(
    body: bytes, edits: list[tuple[int, int, bytes]]
) -> None:
    served(edited(body, edits))


@given(st.sampled_from(BODIES), st.data())
@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_any_part_may_be_missing_doubled_moved_or_say_anything(body: bytes, data: st.DataObject) -> None:
    """Mutations that stay XML, so that they reach the reading."""
    root = etree.fromstring(body)
    for _ in range(data.draw(st.integers(1, 5))):
        elements = list(root[0][0].iter())
        one = data.draw(st.sampled_from(elements))
        what = data.draw(st.sampled_from(["remove", "double", "move", "text", "attribute"]))
        parent = one.getparent()
        if what == "remove" and parent.tag.startswith("{urn:hl7"):
            parent.remove(one)
        elif what == "double" and parent.tag.startswith("{urn:hl7"):
            parent.append(etree.fromstring(etree.tostring(one)))
        elif what == "move" and len(one):
            one.append(one[0])
        elif what == "text":
            one.text = data.draw(WORD)
        elif what == "attribute":
            name = data.draw(st.sampled_from(["value", "root", "extension", "code", "use", "nullFlavor"]))
            one.set(
                name,
                data.draw(WORD | st.sampled_from([f"{m.OID}.13.243", "BAD", "true", "19850312", "null"])),
            )
    served(etree.tostring(root))
