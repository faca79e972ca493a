"""Interruptions declared, changed and ended, and what is answered meanwhile."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from tests.common.threads import at_once
from vincula.common.audit.models import Registro
from vincula.common.outcomes import Accepted, Outcome, Refused
from vincula.national.support import services
from vincula.national.support.services import Interruption

pytestmark = [pytest.mark.django_db(databases=["default", "audit"], transaction=True)]
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
NOTICE = "https://www.exemplo.gov.br/noticias/cadsus-web"


def declare(servico: str = "cadsus-web", texto: str = "Fora do ar.", **more: Any) -> Outcome[Interruption]:
    return services.declare(servico, texto, **{"actor": "teste", "now": NOW, **more})


def accepted(outcome: Outcome[Interruption]) -> Interruption:
    assert isinstance(outcome, Accepted), outcome
    return outcome.value


def refused(outcome: object) -> str:
    assert isinstance(outcome, Refused), outcome
    assert outcome.message
    assert outcome.remedy
    return outcome.code


@pytest.mark.requirement("R066", "R067", "R068")
def test_individual_queries_are_refused_with_the_reason_while_they_are_interrupted_and_only_then() -> None:
    assert services.refusal_of("cadsus-web", NOW) is None
    one = accepted(declare(texto="Consultas suspensas", link=NOTICE, data_aviso=date(2022, 1, 6)))
    told = services.refusal_of("cadsus-web", NOW)
    assert told is not None
    assert told.code == "SERVICO_INTERROMPIDO"
    assert "Motivo: Consultas suspensas." in told.message
    assert "sem previsão de retorno" in told.message
    assert f"Aviso de 06/01/2022: {NOTICE}" in told.remedy
    accepted(services.end(one.id, actor="teste", now=NOW + HOUR))
    assert services.refusal_of("cadsus-web", NOW + HOUR) is None
    assert services.refusal_of("cadsus-web", NOW) is not None, "what was stays known"


@pytest.mark.requirement("R068")
def test_the_notice_is_dated_has_a_title_and_a_link_and_comes_back_as_declared() -> None:
    one = accepted(declare(link=NOTICE, titulo="Aviso às operadoras", previsao=NOW + HOUR))
    assert (one.data_aviso, one.titulo, one.link) == (date(2026, 11, 22), "Aviso às operadoras", NOTICE)
    assert services.in_force(NOW) == [one]
    assert services.every() == [one]
    assert services.snapshot().open == (one,)


def test_a_notice_bears_the_day_of_brasilia() -> None:
    late = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
    assert accepted(declare(now=late)).data_aviso == date(2026, 11, 21)


@pytest.mark.requirement("R069", "R070")
def test_a_part_of_sgop_may_be_unstable_without_forecast_and_nobody_is_refused() -> None:
    one = accepted(declare("sgop", "Instabilidade.", rotinas="algumas rotinas"))
    assert services.interruption_of("sgop", NOW) == one
    assert one.parcial
    assert not one.refuses
    assert services.forecast_of(one, NOW) == "sem previsão de normalização"
    assert services.refusal_of("sgop", NOW) is None
    assert services.snapshot().refusal_of("sgop", NOW) is None


@pytest.mark.requirement("R071")
def test_while_cadsus_web_is_interrupted_nothing_else_is() -> None:
    accepted(declare("cadsus-web"))
    alive = [one for one in services.Servico if services.interruption_of(one, NOW) is None]
    assert set(alive) == set(services.Servico) - {services.Servico.CADSUS_WEB}


def test_the_whole_api_interrupted_refuses_its_parts() -> None:
    accepted(declare("api", previsao=NOW + HOUR))
    for part in ("token", "pdq", "pix", "cadsus-service", "auditoria", "fhir"):
        told = services.refusal_of(part, NOW)
        assert told is not None, part
        assert told.details["repetir_em_segundos"] == 3_600
    assert services.refusal_of("sib", NOW) is None


def test_what_is_announced_for_later_begins_by_itself() -> None:
    accepted(declare("pdq", inicio=NOW + HOUR))
    kept = services.snapshot()
    for moment, stopped in ((NOW, False), (NOW + HOUR, True)):
        assert (services.refusal_of("pdq", moment) is not None) is stopped
        assert (kept.refusal_of("pdq", moment) is not None) is stopped
    assert services.version() == kept.version


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"servico": "cadsus"}, "SERVICO_DESCONHECIDO"),
        ({"texto": " \n"}, "TEXTO_AUSENTE"),
        ({"texto": "a" * 2_001}, "TEXTO_LONGO"),
        ({"titulo": "a" * 201}, "TEXTO_LONGO"),
        ({"rotinas": "a" * 501}, "TEXTO_LONGO"),
        ({"link": "https://exemplo.org/" + "a" * 500}, "TEXTO_LONGO"),
        ({"link": "ftp://exemplo.org"}, "LINK_INVALIDO"),
        ({"inicio": NOW + timedelta(days=367)}, "INICIO_DISTANTE"),
        ({"previsao": NOW}, "PREVISAO_INVALIDA"),
        ({"inicio": NOW + 2 * HOUR, "previsao": NOW + HOUR}, "PREVISAO_INVALIDA"),
    ],
)
def test_what_is_not_fit_is_refused_and_leaves_nothing(given: dict[str, Any], code: str) -> None:
    before = services.version(), Registro.objects.count()
    assert refused(declare(**given)) == code
    assert services.every() == []
    assert (services.version(), Registro.objects.count()) == before


def test_a_service_is_not_interrupted_twice_at_once() -> None:
    first = accepted(declare())
    assert refused(declare()) == "INTERRUPCAO_SOBREPOSTA"
    assert refused(declare(inicio=NOW + HOUR)) == "INTERRUPCAO_SOBREPOSTA"
    accepted(declare(rotinas="impressão"))
    accepted(services.end(first.id, actor="teste", now=NOW + 2 * HOUR))
    assert refused(declare(inicio=NOW + HOUR, now=NOW + 3 * HOUR)) == "INTERRUPCAO_SOBREPOSTA"
    accepted(declare(inicio=NOW + 2 * HOUR, now=NOW + 3 * HOUR))


def test_a_forecast_is_given_changed_and_taken_back() -> None:
    one = accepted(declare())
    for forecast in (NOW + HOUR, NOW + 2 * HOUR, None):
        changed = accepted(services.update_forecast(one.id, forecast, actor="teste", now=NOW))
        assert changed.previsao == forecast
        assert services.in_force(NOW) == [changed]
    assert refused(services.update_forecast(one.id, NOW, actor="teste", now=NOW)) == "PREVISAO_INVALIDA"


def test_what_was_ended_does_not_change() -> None:
    one = accepted(declare())
    accepted(services.end(one.id, actor="teste", now=NOW + HOUR))
    again = services.end(one.id, actor="teste", now=NOW + 2 * HOUR)
    assert refused(again) == "INTERRUPCAO_ENCERRADA"
    assert refused(services.update_forecast(one.id, None, actor="teste")) == "INTERRUPCAO_ENCERRADA"
    assert services.every()[0].encerrada_em == NOW + HOUR
    assert refused(services.end(one.id + 1, actor="teste")) == "INTERRUPCAO_DESCONHECIDA"


def test_one_that_has_not_begun_is_cancelled() -> None:
    one = accepted(declare("pdq", inicio=NOW + HOUR))
    accepted(services.end(one.id, actor="teste", now=NOW))
    assert services.refusal_of("pdq", NOW + 2 * HOUR) is None
    assert services.every()[0].situacao(NOW + 2 * HOUR) is services.Situacao.CANCELADA


def test_every_change_is_audited_and_changes_the_version() -> None:
    versions = [services.version()]
    one = accepted(declare("pdq", link=NOTICE, actor="cli:plantao"))
    versions.append(services.version())
    accepted(services.update_forecast(one.id, NOW + HOUR, actor="cli:plantao", now=NOW))
    versions.append(services.version())
    accepted(services.end(one.id, actor="cli:plantao", now=NOW))
    versions.append(services.version())
    assert len(set(versions)) == 4
    told = Registro.objects.filter(assunto="servico:pdq", ator="cli:plantao").order_by("id")
    assert [record.acao for record in told] == [
        "support:interrupcao:declarada",
        "support:interrupcao:alterada",
        "support:interrupcao:encerrada",
    ]
    assert [record.dados["previsao"] for record in told] == [None, *["2026-11-22T10:00:00-03:00"] * 2]


def test_of_many_who_declare_at_once_one_succeeds_and_no_change_of_version_is_lost() -> None:
    outcomes: list[Outcome[Interruption]] = []
    parts = ("token", "pdq", "pix", "fhir")
    before = services.version()
    at_once(
        [lambda: outcomes.append(declare("cadsus-web")) for _ in range(6)]
        + [lambda part=part: outcomes.append(declare(part)) for part in parts]  # type: ignore[misc]
    )
    codes = sorted(one.code if isinstance(one, Refused) else "" for one in outcomes)
    assert codes == [""] * 5 + ["INTERRUPCAO_SOBREPOSTA"] * 5
    assert services.version() == before + 5
    assert len(services.in_force(NOW)) == 5


def test_a_service_that_does_not_exist_is_our_mistake() -> None:
    with pytest.raises(ValueError):
        services.refusal_of("cadsusweb")
