"""Whatever is sent is read or refused; whatever is held is written validly and comes back (hypothesis)."""

from __future__ import annotations

import string
from dataclasses import fields, replace

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.formats.cadsus_service import messages as m
from tests.formats.cadsus_service.test_reading import AUDITS, FORMS, TOLERATED
from vincula.formats import cadsus_service as cs
from vincula.formats import soap
from vincula.people.record import Card, Certificate, Document, LocalId, PersonRecord, Phone

WHOLE = m.sent_back(m.EVERYTHING)
BODIES = [
    WHOLE,
    m.searching("<fp:Mae><nc:Nome>ANA</nc:Nome></fp:Mae><fp:tipoPesquisa>FONETICA</fp:tipoPesquisa>"),
    *(body for body, _ in FORMS.values()),
    *(body for body, _, _ in TOLERATED.values()),
    *(m.request(name, m.WHO + inside, "au") for name, (inside, *_) in AUDITS.items()),
]
SNIPPETS = st.sampled_from(
    [b"<", b">", b"&", b'"', b"]]>", b"<!DOCTYPE a>", b"<!--", b"-->", b"<![CDATA[", b"\0", b"\xff", b"&#0;", b"&x;", b"/>",
     b"<a>", b"</a>", b"<us:Mae/>", b' xmlns=""', b' xmlns:a="urn:a"', b"<a:b/>", b"\xef\xbb\xbf", b"\r\n", b"&#13;",
     b"&#xFFFE;", b"x" * 5000, b"<us:UsuarioSUS>", b"</us:UsuarioSUS>", b"99999999999999999999", b"-1", b"2020-02-30", b"\xc3\x83"]
)  # fmt: skip
EDIT = st.tuples(st.integers(0, 20_000), st.integers(0, 300), SNIPPETS | st.binary(max_size=8))


def edited(body: bytes, edits: list[tuple[int, int, bytes]]) -> bytes:
    """The body with stretches replaced by something else."""
    for place, length, put in edits:
        at = place % (len(body) + 1)
        body = body[:at] + put + body[at + length :]
    return body


def answers(body: bytes) -> None:
    """What a service does with a body, as far as the format goes; whatever is read can be answered with."""
    try:
        payload = soap.read_envelope(body).payload
    except soap.UnreadableEnvelopeError:
        return
    for service in cs.Service:
        read = cs.read_request(payload, service)
        if read is None:
            continue
        assert len(read.faults) <= cs.MAX_FAULTS
        soap.read_envelope(soap.render_fault(soap.SoapVersion.V11, read.faults))
        if isinstance(read, cs.Incluir | cs.Atualizar | cs.AlterarSituacao | cs.CalcularGrauDeQualidade):
            m.answered(cs.render_person(read.record))
            assert read.given <= {field.name for field in fields(PersonRecord)}


def test_the_whole_person_is_read_without_a_fault() -> None:
    assert m.ask(WHOLE).faults == ()


@given(st.sampled_from(BODIES), st.lists(EDIT, min_size=1, max_size=4))
@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_any_mutation_of_a_request_is_read_or_refused(
    body: bytes, edits: list[tuple[int, int, bytes]]
) -> None:
    answers(edited(body, edits))


@pytest.mark.long
@given(st.sampled_from(BODIES), st.lists(EDIT, min_size=1, max_size=6))
@settings(max_examples=100_000, suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_any_mutation_of_a_request_is_read_or_refused_at_length(
    body: bytes, edits: list[tuple[int, int, bytes]]
) -> None:
    answers(edited(body, edits))


@given(st.data())
@settings(max_examples=100, deadline=None)
def test_what_is_said_in_any_element_never_breaks_the_answer(data: st.DataObject) -> None:
    """Texts of a whole person replaced by any that XML can hold."""
    root = etree.fromstring(WHOLE)
    for element in root.iter():
        if not len(element) and data.draw(st.integers(0, 3)) == 0:
            element.text = data.draw(XML_TEXT)
    answers(etree.tostring(root))


ANY_TEXT = st.text(st.characters(), max_size=90)
XML_TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cc",)), max_size=20).map(
    lambda text: text.replace("\ufffe", "").replace("\uffff", "")
) | st.sampled_from(["&amp;", "<a>", "]]>", '"', "true", "0", "2020-01-01", "700000000000005", "91", "-5"])
ANY_FIELDS = {
    field.name: st.booleans() if field.default is True or field.default is False else ANY_TEXT
    for field in fields(PersonRecord)
    if isinstance(field.default, bool | str)
}
ANY_FIELDS["data_obito"] = st.just("") | st.dates().map(
    str
)  # what is no day would say: dead, but not since when
ANY_DOCUMENT = st.builds(
    lambda kind, values: Document(tipo=kind, **values),
    st.sampled_from(["rg", "ctps", "cnh", "titulo", "passaporte", "ric", "dnv", "outro"]),
    st.fixed_dictionaries({field.name: ANY_TEXT for field in fields(Document) if field.name != "tipo"}),
)
ANY_CERTIFICATE = st.fixed_dictionaries(
    {
        field.name: ANY_TEXT | st.text("0123456789", min_size=32, max_size=32)
        for field in fields(Certificate)
        if field.name != "tipo"
    }
)
ANY_RECORD = st.builds(
    lambda values, rest: PersonRecord(**values, **rest),
    st.fixed_dictionaries({}, optional=ANY_FIELDS),
    st.fixed_dictionaries(
        {},
        optional={
            "id": st.integers(0, 10**12),
            "qualidade": st.integers(0, 100),
            "cartoes": st.lists(st.builds(Card, ANY_TEXT, ANY_TEXT, ANY_TEXT), max_size=2).map(tuple),
            "documentos": st.lists(ANY_DOCUMENT, max_size=3).map(tuple),
            "telefones": st.lists(st.builds(Phone, ANY_TEXT, ANY_TEXT, ANY_TEXT, ANY_TEXT), max_size=2).map(tuple),
            "certidoes": st.lists(st.builds(lambda tipo, held: Certificate(tipo=tipo, **held), st.sampled_from(["15", "91", "93"]), ANY_CERTIFICATE), max_size=2).map(tuple),
            "emails": st.lists(ANY_TEXT, max_size=3).map(tuple),
            "locais": st.lists(st.builds(LocalId, ANY_TEXT, ANY_TEXT, ANY_TEXT), max_size=2).map(tuple),
        },
    ),
)  # fmt: skip


@given(ANY_RECORD, ANY_RECORD)
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@example(PersonRecord(nome="\0\ud800\x1f", data_nascimento="0000-00-00"), PersonRecord(raca_cor="²"))
def test_any_record_at_all_is_written_validly(record: PersonRecord, other: PersonRecord) -> None:
    assert m.ask(m.sent_back(record)).faults == ()
    m.answered(cs.render_results([cs.Found(record, 1), cs.Found(other, 2)]))
    m.answered(
        cs.render_changes(record, other, cs.CNESUsuario(other.nome, record.nome)), cs.Service.AUDITORIA
    )


WORD = st.text(string.ascii_uppercase + "ÃÉÇ'&<> ", min_size=1, max_size=50).map(str.strip)
DAY = st.dates().map(lambda day: day.isoformat())


def digits(low: int, high: int) -> st.SearchStrategy[str]:
    return st.text("0123456789", min_size=low, max_size=high)


def or_nothing(strategy: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.just("") | strategy


def document(kind: str, **values: st.SearchStrategy[str]) -> st.SearchStrategy[Document]:
    return st.builds(lambda held: Document(tipo=kind, **held), st.fixed_dictionaries(values))


CODE3 = digits(3, 3)
DOCUMENTS = st.tuples(
    document("rg", numero=st.text("0123456789X", min_size=1, max_size=15), emissao=or_nothing(DAY), orgao=or_nothing(digits(1, 3)), uf=or_nothing(st.just("GO"))),
    document("ctps", numero=digits(2, 11), serie=or_nothing(digits(1, 5)), emissao=or_nothing(DAY)),
    document("cnh", numero=digits(2, 11), emissao=or_nothing(DAY), uf=or_nothing(st.just("MG"))),
    document("titulo", numero=digits(12, 12).filter(lambda number: len(number.lstrip("0")) > 1), zona=or_nothing(digits(1, 4)), secao=or_nothing(digits(1, 4))),
    document("passaporte", numero=st.text("0123456789X", min_size=2, max_size=15), pais=or_nothing(CODE3), emissao=or_nothing(DAY), validade=or_nothing(DAY)),
    document("ric", numero=digits(11, 11).filter(lambda number: number[0] != "0"), emissao=or_nothing(DAY), validade=or_nothing(DAY), orgao=or_nothing(digits(1, 3))),
    document("dnv", numero=digits(1, 15)),
    st.just(None),
).flatmap(lambda all_: st.lists(st.sampled_from(all_), unique_by=lambda one: one and one.tipo)).map(
    lambda listed: tuple(sorted((one for one in listed if one), key=lambda one: KINDS.index(one.tipo)))
)  # fmt: skip
KINDS = ["rg", "ctps", "cnh", "titulo", "passaporte", "ric", "dnv"]
TYPES = st.sampled_from(["91", "92", "93", "95"])
OLD = st.text("ABCZ0189-", min_size=1, max_size=4)
NEW_CERTIFICATE = st.builds(
    lambda tipo, a, year, b, day: Certificate(tipo=tipo, matricula=a + year + b, emissao=day),
    TYPES, digits(10, 10), st.integers(1000, 9999).map(str), digits(18, 18), or_nothing(DAY),
)  # fmt: skip
OLD_CERTIFICATE = st.builds(
    lambda tipo, office, book, leaf, day: Certificate(tipo=tipo, cartorio=office, livro=book, folha=leaf, termo=book, emissao=day),
    TYPES, st.text("ABCZ01-", min_size=1, max_size=20), OLD, OLD, or_nothing(DAY),
)  # fmt: skip
HELD = {
    "id": st.integers(0, 10**12), "nome": WORD, "nome_social": WORD, "nome_mae": WORD.filter(bool), "nome_pai": WORD.filter(bool),
    "sexo": st.sampled_from("MFI"), "data_nascimento": DAY, "data_obito": DAY, "raca_cor": st.sampled_from(["01", "05", "99"]),
    "etnia": digits(4, 4) | st.just("X405"), "tipo_sanguineo": st.sampled_from(["A+", "AB-"]), "nacionalidade": st.sampled_from("BNEP"),
    "municipio_nascimento": digits(6, 6), "pais_nascimento": CODE3, "data_naturalizacao": DAY, "portaria_naturalizacao": WORD,
    "data_entrada": DAY, "cpf": digits(11, 11), "pis": digits(11, 11).filter(lambda number: len(number.lstrip("0")) > 1),
    "endereco_tipo": st.sampled_from(["H", "WP"]), "tipo_logradouro": CODE3, "logradouro": WORD, "numero": digits(1, 7), "complemento": WORD,
    "bairro": WORD, "cep": digits(8, 8), "municipio6": digits(6, 6), "uf": st.sampled_from(["GO", "SP"]), "pais": CODE3,
    "municipio_exterior": WORD, "nomade": st.booleans(), "ativa": st.booleans(), "motivo_situacao": WORD, "vip": st.booleans(),
    "motivo_vip": WORD, "protegida": st.booleans(), "descricao_protecao": WORD, "motivo_nao_higienizado": WORD,
    "original_rfb": st.booleans(), "qualidade": st.integers(0, 100),
    "cartoes": st.lists(st.builds(Card, digits(15, 15), st.sampled_from(["D", "P", ""]), or_nothing(DAY)), max_size=3).map(tuple),
    "documentos": DOCUMENTS,
    "certidoes": st.tuples(st.lists(NEW_CERTIFICATE, max_size=2), st.lists(OLD_CERTIFICATE, max_size=2)).map(lambda both: (*both[0], *both[1])),
    "telefones": st.lists(st.builds(Phone, st.integers(1, 999_999_999).map(str), st.integers(11, 99).map(str), st.sampled_from("123456789"), st.integers(1, 999).map(str)), max_size=3).map(tuple),
    "emails": st.lists(st.emails().filter(lambda one: len(one) <= 100), max_size=2).map(tuple),
    "locais": st.just(()) | st.builds(LocalId, st.just(""), WORD.filter(bool), st.text("ABC", min_size=1, max_size=25)).map(lambda one: (one,)),
}  # fmt: skip
UNSAID = {"nome_mae": "SEM INFORMAÇÃO", "nome_pai": "SEM INFORMAÇÃO", "sexo": "I", "raca_cor": "99"}


@given(st.fixed_dictionaries({}, optional=HELD))
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@example({field.name: getattr(m.EVERYTHING, field.name) for field in fields(PersonRecord)})
def test_a_record_comes_back_as_it_was(held: dict[str, object]) -> None:
    record = PersonRecord(**held)  # type: ignore[arg-type]
    read = m.ask(m.sent_back(record))
    expected = replace(record, **{name: said for name, said in UNSAID.items() if not getattr(record, name)})
    assert read.faults == ()
    for field in fields(PersonRecord):
        assert getattr(read.record, field.name) == getattr(expected, field.name), field.name
