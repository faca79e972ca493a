"""Which interruption answers for a service, until when it asks to wait, what may stand beside what: tables of cases."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vincula.national.support.rules import declaring
from vincula.national.support.rules.interruption import (
    API_PARTS,
    RETRY_DEFAULT,
    RETRY_MAX,
    RETRY_MIN,
    Interruption,
    Servico,
    Situacao,
    answering,
    in_force,
    overlaps,
    retry_after,
)
from vincula.national.support.rules.moments import BRASILIA, read_forecast, read_start, shown
from vincula.national.support.rules.wording import forecast_of, refusal, state_of

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def hours(count: float) -> datetime:
    return NOW + timedelta(hours=count)


def made(
    servico: str = "cadsus-web",
    start: float = -1,
    forecast: float | None = None,
    ended: float | None = None,
    rotinas: str = "",
    number: int = 1,
    link: str = "",
    texto: str = "Manutenção dos servidores",
) -> Interruption:
    """Moments in hours from now."""
    return Interruption(
        number,
        Servico(servico),
        rotinas,
        hours(start),
        None if forecast is None else hours(forecast),
        "Aviso",
        texto,
        link,
        date(2022, 1, 6),
        None if ended is None else hours(ended),
    )


@pytest.mark.parametrize(
    ("start", "ended", "expected"),
    [
        (-1, None, Situacao.EM_VIGOR),
        (0, None, Situacao.EM_VIGOR),
        (1, None, Situacao.PROGRAMADA),
        (-2, -1, Situacao.ENCERRADA),
        (-2, 0, Situacao.ENCERRADA),
        (-2, 1, Situacao.EM_VIGOR),
        (1, 0, Situacao.CANCELADA),
        (1, -1, Situacao.CANCELADA),
    ],
)
@pytest.mark.requirement("R066")
def test_an_interruption_is_a_state_with_a_start_and_perhaps_an_end(
    start: float, ended: float | None, expected: Situacao
) -> None:
    one = made(start=start, ended=ended)
    assert one.situacao(NOW) is expected
    assert one.in_force(NOW) is (expected is Situacao.EM_VIGOR)


def test_a_forecast_that_has_passed_ends_nothing() -> None:
    assert made(start=-5, forecast=-1).in_force(NOW)


ANSWERS = [
    ("nothing declared", [], "pdq", None),
    ("of the service itself", [made("pdq", number=1)], "pdq", 1),
    ("of another service", [made("cadsus-web")], "pdq", None),
    ("of the whole API", [made("api", number=1)], "pdq", 1),
    ("a part does not stop the whole API", [made("pdq")], "api", None),
    ("a part does not stop another part", [made("pdq")], "pix", None),
    ("the API is not CadSUS Web", [made("api")], "cadsus-web", None),
    ("the API is not SIB", [made("api")], "sib", None),
    ("not yet begun", [made("pdq", start=1)], "pdq", None),
    ("ended", [made("pdq", start=-2, ended=-1)], "pdq", None),
    ("a degradation alone", [made("sgop", rotinas="cadastro", number=1)], "sgop", 1),
    ("the whole before a part of it", [made("sgop", start=-9, rotinas="cadastro", number=1), made("sgop", number=2)], "sgop", 2),
    ("without forecast before a forecast", [made("pdq", forecast=2, number=1), made("api", number=2)], "pdq", 2),
    ("the later forecast", [made("pdq", forecast=2, number=1), made("api", forecast=3, number=2)], "pdq", 2),
    ("the same forecast: the older", [made("api", start=-1, number=1), made("pdq", start=-2, number=2)], "pdq", 2),
]  # fmt: skip


@pytest.mark.parametrize(
    ("known", "servico", "number"), [a[1:] for a in ANSWERS], ids=[a[0] for a in ANSWERS]
)
def test_which_interruption_answers(known: list[Interruption], servico: str, number: int | None) -> None:
    found = answering(known, Servico(servico), NOW)
    assert (found.id if found else None) == number


@pytest.mark.parametrize("part", sorted(API_PARTS))
def test_the_whole_api_covers_each_of_its_parts(part: Servico) -> None:
    assert answering([made("api")], part, NOW) is not None


def test_a_degradation_refuses_nobody() -> None:
    assert not made("sgop", rotinas="cadastro").refuses
    assert made("sgop").refuses


@pytest.mark.parametrize(
    ("forecast", "seconds"),
    [
        (None, RETRY_DEFAULT),
        (-1, RETRY_DEFAULT),
        (0, RETRY_DEFAULT),
        (1 / 3600, RETRY_MIN),
        (0.5, 1_800),
        (1.0001, 3_601),
        (24, RETRY_MAX),
        (24 * 30, RETRY_MAX),
    ],
)
def test_how_long_a_client_is_asked_to_wait(forecast: float | None, seconds: int) -> None:
    assert retry_after(made(start=-2, forecast=forecast), NOW) == seconds


OVERLAPS = [
    ("both open", made(), made(start=5), True),
    ("another service", made(), made("sgop"), False),
    ("the API and a part of it may both stand", made("api"), made("pdq"), False),
    ("whole and partial may both stand", made(), made(rotinas="a"), False),
    ("the same routines, however written", made(rotinas="Cadastro"), made(rotinas="cadastro"), True),
    ("other routines", made(rotinas="cadastro"), made(rotinas="senha"), False),
    ("begins when the other has ended", made(start=-1), made(start=-5, ended=-1), False),
    ("begins before the other ended", made(start=-2), made(start=-5, ended=-1), True),
    ("began before and goes on over it", made(start=-9), made(start=-5, ended=-1), True),
    ("the other was cancelled", made(start=-9), made(start=5, ended=-1), False),
]


@pytest.mark.parametrize(
    ("one", "other", "expected"), [o[1:] for o in OVERLAPS], ids=[o[0] for o in OVERLAPS]
)
def test_what_may_stand_beside_what(one: Interruption, other: Interruption, expected: bool) -> None:
    assert overlaps(one, other) is expected
    assert overlaps(other, one) is expected


HOURS = st.integers(-50, 50)
ANY = st.builds(
    made,
    servico=st.sampled_from([one.value for one in Servico]),
    start=HOURS,
    ended=st.none() | HOURS,
    rotinas=st.sampled_from(["", "a", "b"]),
)


@given(one=ANY, other=ANY, at=HOURS)
@settings(max_examples=300)
def test_what_does_not_overlap_is_never_in_force_together(
    one: Interruption, other: Interruption, at: int
) -> None:
    together = len(in_force([one, other], hours(at))) == 2
    alike = one.servico is other.servico and one.rotinas == other.rotinas
    if together and alike:
        assert overlaps(one, other)


@pytest.mark.parametrize(
    ("text", "start", "forecast"),
    [
        ("2026-12-01", "01/12/2026 às 00h00", "01/12/2026 às 23h59"),
        ("2026-12-01T10:30", "01/12/2026 às 10h30", "01/12/2026 às 10h30"),
        ("2026-12-01 10:30", "01/12/2026 às 10h30", "01/12/2026 às 10h30"),
        ("30min", None, "22/11/2026 às 09h30"),
        ("4h", None, "22/11/2026 às 13h00"),
        ("7d", None, "29/11/2026 às 09h00"),
        ("2026-02-30", None, None),
        ("2026-12-01T25:00", None, None),
        ("01/12/2026", None, None),
        ("2026-12-01T10:30Z", None, None),
        ("9999-12-31", None, None),
        ("0001-01-01", None, None),
        ("99999d", None, None),
        ("-1h", None, None),
        ("", None, None),
        ("٢٠٢٦-12-01", None, None),
    ],
)
def test_moments_are_read_in_the_time_of_brasilia(text: str, start: str | None, forecast: str | None) -> None:
    begun, returns = read_start(text), read_forecast(text, NOW)
    assert (shown(begun) if begun else None) == start
    assert (shown(returns) if returns else None) == forecast


@pytest.mark.parametrize(
    ("link", "fits"),
    [
        ("https://www.exemplo.gov.br/aviso?n=1", True),
        ("http://exemplo.org", True),
        ("", True),
        ("www.exemplo.org", False),
        ("javascript:alert(1)", False),
        ("https://", False),
        ("https://user:pass@exemplo.org/", False),
        ("https://exemplo.org/a b", False),
        ("https://exemplo.org/\x1b[2J", False),
        ('https://exemplo.org/"onclick="', False),
        ("https://[exemplo", False),
        ("https://exemplo.org:porta/", False),
    ],
)
def test_a_link_is_a_page_that_anybody_can_open(link: str, fits: bool) -> None:
    refused = declaring.refusal_to_declare(made(link=link), [], NOW)
    assert (refused is None) is fits
    if refused:
        assert refused.code == "LINK_INVALIDO"


def test_a_text_is_one_line_that_steers_no_terminal() -> None:
    assert declaring.clean(" CadSUS\x1b[31m\n  fora \0 do\u202e ar\ud800 ") == "CadSUS [31m fora do ar"


@pytest.mark.parametrize(
    ("one", "line"),
    [
        (made(start=-1), "interrupção desde 22/11/2026 às 08h00, sem previsão de retorno"),
        (made(start=-1, forecast=2), "interrupção desde 22/11/2026 às 08h00, previsão de retorno: 22/11/2026 às 11h00"),
        (made(start=-2, forecast=-1), "interrupção desde 22/11/2026 às 07h00, a previsão de retorno era 22/11/2026 às 08h00 e foi ultrapassada"),
        (made("sgop", rotinas="algumas rotinas"), "instabilidade (algumas rotinas) desde 22/11/2026 às 08h00, sem previsão de normalização"),
        (made(start=3), "interrupção programada para 22/11/2026 às 12h00, sem previsão de retorno"),
        (made(start=-2, ended=-1), "interrupção desde 22/11/2026 às 07h00, encerrada em 22/11/2026 às 08h00"),
        (made(start=3, ended=-1), "interrupção que começaria em 22/11/2026 às 12h00, cancelada"),
    ],
)  # fmt: skip
@pytest.mark.requirement("R067", "R070")
def test_each_state_is_one_line(one: Interruption, line: str) -> None:
    assert state_of(one, NOW) == line


@pytest.mark.requirement("R066", "R067", "R068", "R071")
def test_who_is_refused_is_told_the_reason_the_forecast_and_the_ways_that_stay_open() -> None:
    told = refusal(made(link="https://exemplo.org/aviso"), NOW)
    assert told.code == "SERVICO_INTERROMPIDO"
    assert "Motivo: Manutenção dos servidores." in told.message
    assert "sem previsão de retorno" in told.message
    assert "Aviso de 06/01/2022: https://exemplo.org/aviso" in told.remedy
    assert "SIB" in told.remedy
    assert "CNX" in told.remedy
    assert "API" in told.remedy
    assert told.details["previsao"] is None
    assert told.details["repetir_em_segundos"] == RETRY_DEFAULT


def test_who_is_refused_while_there_is_a_forecast_is_told_when_to_come_back() -> None:
    told = refusal(made("pdq", forecast=2), NOW)
    assert told.remedy == "Repita depois de 22/11/2026 às 11h00."
    assert told.details["previsao"] == "2026-11-22T11:00:00-03:00"
    assert forecast_of(made(forecast=2), NOW) in told.message
    assert NOW.astimezone(BRASILIA).hour == 9
