"""Whatever is held is written within the release, and whatever is sent is read or refused (hypothesis)."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.formats.fhir import rules
from tests.formats.fhir.test_bulk import ALWAYS, READ, REFUSED
from tests.formats.fhir.test_bulk import SHOWS as KEYS
from tests.formats.fhir.test_match import ASKED, parameters
from tests.formats.pdq.test_properties import ANY_TEXT, records
from vincula.formats import fhir, pdq
from vincula.formats.fhir import Resultado
from vincula.formats.pdq.release import MORE
from vincula.people.record import PersonRecord

RELEASES = st.frozensets(st.sampled_from(sorted(pdq.FIELDS)))
# What each element of a Patient may come from; the others come with every release.
ELEMENTS = {
    "name": {"nome", "nome_social"},
    "telecom": {"telefone", "email"},
    "gender": {"sexo"},
    "birthDate": {"data_nascimento"},
    "deceasedBoolean": {"obito"},
    "deceasedDateTime": {"obito"},
    "address": {"endereco"},
    "extension": {"raca_cor", "nome_mae", "municipio_nascimento"},
    "contact": {"nome_pai"},
}
FREE = {"resourceType", "id", "identifier", "active"}
WRITTEN = {
    "nome", "nome_social", "nome_mae", "nome_pai", "cpf", "pis", "logradouro", "complemento", "bairro"
}  # fmt: skip


def texts(value: Any) -> list[str]:
    """Every text in a JSON value."""
    if isinstance(value, dict):
        return [text for one in value.values() for text in texts(one)]
    if isinstance(value, list):
        return [text for one in value for text in texts(one)]
    return [value] if isinstance(value, str) else []


def fhir_text(text: str) -> str:
    """What FHIR can hold of a text."""
    return "".join(c for c in text if c in "\t\r\n" or (c >= " " and not "\ud800" <= c <= "\udfff")).strip()


def written_patient(record: PersonRecord, release: pdq.Release) -> None:
    resource = fhir.patient(record, release)
    rules.check(resource)
    assert json.loads(fhir.render(resource)) == resource
    for element in resource.keys() - FREE:
        assert ELEMENTS[element] & release, element
    cards = record.cartoes if "cartoes" in release else record.cartoes[:1]
    may = [card.numero for card in cards]
    may += [record.cpf] if "cpf" in release else []
    may += [record.pis] if "pis" in release else []
    assert len(resource.get("identifier", ())) <= len(may)
    assert {one["value"] for one in resource.get("identifier", ())} <= {fhir_text(number) for number in may}


def written_line(record: PersonRecord, release: pdq.Release) -> None:
    line = fhir.render_line(1, record.nome, Resultado.ENCONTRADO, record=record, release=release)
    value = json.loads(line)
    assert line.count(b"\n") == 1
    assert line.isascii()
    assert value.keys() - ALWAYS <= {KEYS[field] for field in release - MORE}


@given(records(ANY_TEXT), RELEASES)
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@example(PersonRecord(id=1, nome="\0\ud800\x1f", emails=(" ", "\ud800")), pdq.FIELDS)
def test_any_record_under_any_release_is_fhir_and_nothing_more(
    record: PersonRecord, release: pdq.Release
) -> None:
    written_patient(record, release)
    written_line(record, release)


MARKED = PersonRecord(
    id=1, **{name: f"MARCA {place} FIM" for place, name in enumerate(sorted(WRITTEN))}, cep="74000000", numero="77"
)  # fmt: skip
FIELD_OF = {"logradouro": "endereco", "complemento": "endereco", "bairro": "endereco"}


@given(RELEASES)
def test_no_text_leaves_but_of_released_fields(release: pdq.Release) -> None:
    shown = " / ".join(texts(fhir.patient(MARKED, release)))
    line = fhir.render_line(1, "", Resultado.ENCONTRADO, record=MARKED, release=release).decode()
    for name in WRITTEN:
        released = FIELD_OF.get(name, name) in release
        assert (getattr(MARKED, name) in shown) is released
        assert (getattr(MARKED, name) in line) is released


def edited(body: bytes, edits: list[tuple[int, int, bytes]]) -> bytes:
    """The body with stretches replaced by something else."""
    for place, length, put in edits:
        at = place % (len(body) + 1)
        body = body[:at] + put + body[at + length :]
    return body


SNIPPETS = st.sampled_from(
    [b"{", b"}", b"[", b"]", b'"', b",", b":", b"null", b"NaN", b"1e999", b"-", b"\\u0000", b"\\ud800", b"\xff", b"\xef\xbb\xbf",
     b'"cpf":"11144477735"', b'{"a":', b"[" * 2000, b"true", b"0", b'"resourceType":"Patient"', b'"value":', b"\n", b"\0"]
)  # fmt: skip
EDITS = st.lists(
    st.tuples(st.integers(0, 2_000), st.integers(0, 60), SNIPPETS | st.binary(max_size=6)), max_size=4
)
BODIES = st.sampled_from(
    [parameters(), json.dumps(ASKED).encode(), b'{"resourceType":"Parameters","parameter":[]}']
)
LINES = st.sampled_from([one for one, _ in READ] + [one for one, _, _ in REFUSED])


def answers(body: bytes) -> None:
    """What a service does with a body."""
    for read in (fhir.read_match(body), fhir.read_pix_body(body)):
        if isinstance(read, tuple):
            rules.check(fhir.operation_outcome(read))
    value = fhir.read_json(body)
    if not isinstance(value, fhir.Fault):
        json.dumps(value, allow_nan=False, ensure_ascii=False).encode()


def answers_line(line: bytes) -> None:
    read = fhir.read_line(line)
    assert fhir.read_lines([line]) == [read]
    if isinstance(read, fhir.LineFault):
        assert json.loads(fhir.render_refused(1, read))["resultado"] == "RECUSADO"
    else:
        "".join(read).encode()
        assert read.cpf or read.cns or (read.nome and read.nascimento)


@given(BODIES, EDITS)
@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_any_mutation_of_a_body_is_read_or_refused(body: bytes, edits: list[tuple[int, int, bytes]]) -> None:
    answers(edited(body, edits))


@given(LINES, EDITS)
@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_any_mutation_of_a_line_is_read_or_refused(line: bytes, edits: list[tuple[int, int, bytes]]) -> None:
    answers_line(edited(line, edits))


@pytest.mark.long
@given(BODIES, LINES, EDITS)
@settings(max_examples=100_000, suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_any_mutation_is_read_or_refused_at_length(
    body: bytes, line: bytes, edits: list[tuple[int, int, bytes]]
) -> None:
    answers(edited(body, edits))
    answers_line(edited(line, edits))


@given(st.binary(max_size=200))
def test_any_bytes_at_all_are_read_or_refused(body: bytes) -> None:
    answers(body)
    answers_line(body)


NAMES = st.sampled_from(
    ["identifier", "_id", "name", "family", "given", "birthdate", "gender", "_count", "_format", "x"]
)
TOKENS = st.sampled_from(["|", ",", "\\", "\\|", "\\,", "urn:oid:1.2|", "http://rnds.saude.gov.br/fhir/r4/NamingSystem/cpf|",
                          "11144477735", "eq", "1985-03-12", "female", ":"])  # fmt: skip
VALUES = st.text(max_size=20) | st.lists(TOKENS, max_size=5).map("".join)


@given(st.lists(st.tuples(NAMES | st.text(max_size=8), VALUES), max_size=5), st.booleans())
def test_any_parameters_are_read_or_refused(params: list[tuple[str, str]], strict: bool) -> None:
    search = fhir.read_search(params, strict=strict)
    if isinstance(search, tuple):
        rules.check(fhir.operation_outcome(search))
    elif search.unknown:
        assert not strict
        rules.check(fhir.operation_outcome(fhir.unknown_warnings(search)))
    pix = fhir.read_pix([("sourceIdentifier", value) for _, value in params])
    if isinstance(pix, tuple):
        rules.check(fhir.operation_outcome(pix))
