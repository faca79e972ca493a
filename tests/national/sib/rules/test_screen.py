"""The quick look in columns lets nothing through that the rules would find, and says little of sound records."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.national.sib.rules import samples as s
from tests.national.sib.rules.rows import Row, any_row, sound_row
from tests.national.sib.rules.test_records import CASES
from vincula.formats.tables.municipios import carried
from vincula.national.sib.rules.catalog import rules
from vincula.national.sib.rules.fields import INCLUSAO
from vincula.national.sib.rules.records import Context, Facts, check_inclusao, check_name
from vincula.national.sib.rules.screen import Screen, odd_names
from vincula.sandbox.beneficiaries import beneficiaries
from vincula.sandbox.operadoras import OPERADORAS


def faulty(rows: list[Row], context: Context) -> set[int]:
    """The rows in which the rules find something, one by one."""
    found = set()
    for index, row in enumerate(rows):
        findings = check_inclusao(dict(zip(INCLUSAO, row, strict=True)), Facts(), context)
        assert all(f.column in rules()[f.rule].columns for f in findings)
        if findings:
            found.add(index)
    return found


def test_each_single_fault_of_the_table_of_criticas_is_suspected() -> None:
    rows = [tuple(record[column] for column in INCLUSAO) for case in CASES for record in case[3:]]
    wrong, right = set(range(0, len(rows), 2)), set(range(1, len(rows), 2))
    suspects = Screen(s.CONTEXT).suspects(rows)
    assert wrong <= suspects
    assert not right & suspects


@given(
    st.lists(any_row(), min_size=1, max_size=8), st.sampled_from(["2026-11-21", "2028-02-29", "2026-02-28"])
)
@settings(max_examples=150, deadline=None)
def test_no_row_with_a_fault_passes_the_screen(rows: list[Row], today: str) -> None:
    context = Context(today, s.CONTEXT.municipalities)
    assert faulty(rows, context) <= Screen(context).suspects(rows)


@given(st.lists(sound_row(), min_size=1, max_size=8))
@settings(max_examples=30, deadline=None)
def test_sound_rows_are_not_suspected(rows: list[Row]) -> None:
    assert faulty(rows, s.CONTEXT) == set()
    assert Screen(s.CONTEXT).suspects(rows) == set()


def test_of_an_operadoras_records_exactly_those_with_a_fault_are_suspected() -> None:
    context = Context(s.TODAY, carried().codes6)
    rows = [one.row for one in beneficiaries(5, OPERADORAS[0].registro_ans, 3_000, 0.4)]
    suspects = Screen(context).suspects(rows)
    assert faulty(rows, context) == suspects
    assert 0 < len(suspects) < len(rows) / 2


def test_one_screen_serves_every_run_of_a_file() -> None:
    screen = Screen(s.CONTEXT)
    good = tuple(s.titular().values())
    bad = tuple(s.titular(plano_ans=s.BAD_RPS, cnpj_contratante=s.BAD_CNPJ).values())
    assert screen.suspects([good, bad]) == {1}
    assert screen.suspects([bad, good, bad]) == {0, 2}
    assert screen.suspects([]) == set()


@given(st.lists(st.text("Aéy' Z", max_size=15), min_size=1, max_size=10))
@settings(max_examples=150, deadline=None)
def test_names_are_judged_on_one_buffer_as_one_by_one(names: list[str]) -> None:
    words = [name or "A" for name in names]
    assert odd_names(words) == {i for i, name in enumerate(words) if any(check_name({"nome": name}))}


def test_names_that_the_buffer_cannot_carry_are_judged_one_by_one() -> None:
    assert odd_names(["ŁUKASZ WAŁĘSA", "ŁUKASZ", "ANA Ł"]) == {1, 2}
    assert odd_names(["ANA\nLIMA", "ANA", "EVA LIMA"]) == {1}
