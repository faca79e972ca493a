"""Finding persons by what is known of them: name, parents, birth, sex, municipality of birth; or by CPF, NIS or
another document.

How CadSUS searches is not public but for this: three kinds (access.md, section 2.2), an identifier makes the other
criteria not count (observed), too generic a search is refused, the real limits are unknown (cadsus-services.md, section
3.4). So the following is ours:

* IDENTICA: every criterion given agrees, names as identity keys, dates to the day.
* FONETICA: first and last name sound the same; no other criterion differs.
* APROXIMADA: by the points of `people.similarity`. Where a birth is given, those born that day whose first name sounds
  so; where none of them fits well, also those whose whole name sounds so and whose birth is another.

A document other than CPF and NIS leads to all who bear it; of them those stay who fit what else is given.

Results come best first, then by id, so a continuation is the same search from another place on. Who asks says who may
be found (`Sight`). Whoever may not is as if he were not in the base: he neither ends the search nor counts for the
limit, or what is answered of others would tell of him.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum

from vincula.common.outcomes import Accepted, Outcome, Refused
from vincula.national.cadsus.services import candidates, hot
from vincula.national.cadsus.services.candidates import People
from vincula.national.cadsus.services.sight import EVERYBODY, Found, Hit, Sight
from vincula.people.demographics import is_date
from vincula.people.documents import plain
from vincula.people.identity import identity_key
from vincula.people.phonetics import main_words, search_key
from vincula.people.record import PersonRecord
from vincula.people.similarity import Asked, Likeness, Verdict, liken

_WILDCARDS = frozenset("%*?_")


class SearchKind(Enum):
    """`tipoPesquisa`."""

    IDENTICA = "IDENTICA"
    APROXIMADA = "APROXIMADA"
    FONETICA = "FONETICA"


@dataclass(frozen=True, slots=True)
class Limits:
    """`results`: more than these are refused. `minimum`: points below which a person is none that was looked for.
    `sure`: points from which on nobody else is looked for under another birth."""

    results: int = 50
    minimum: int = 70
    sure: int = 90


DEFAULT = Limits()


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Criteria:
    """What is known of the person looked for; "" for what is not. Dates `AAAA-MM-DD`; `nascimento_de` and
    `nascimento_ate` bound a birth not known to the day; `documento`: a number of the kind `documento_tipo`, one of
    people.documents.SOUGHT; `ativa`: only those in that state, None for both."""

    nome: str = ""
    nome_social: str = ""
    nome_mae: str = ""
    nome_pai: str = ""
    data_nascimento: str = ""
    nascimento_de: str = ""
    nascimento_ate: str = ""
    sexo: str = ""
    municipio_nascimento: str = ""
    cpf: str = ""
    nis: str = ""
    documento_tipo: str = ""
    documento: str = ""
    ativa: bool | None = None


def search(
    criteria: Criteria,
    kind: SearchKind,
    *,
    minimum: int | None = None,
    limits: Limits = DEFAULT,
    sight: Sight = EVERYBODY,
) -> Outcome[Found]:
    """The persons that fit. `minimum`: points wanted, where more than those of the limits. `sight`: who may be found.

    Refused: CRITERIOS (neither a name nor an identifier or document), NOME_INCOMPLETO (one word), CURINGA (wildcards),
    NASCIMENTO (no date), MUITOS_CADASTROS (more than the limit, with the figure in the details).
    """
    if criteria.cpf or criteria.nis:
        known = [Hit(one, _of_known(_asked(criteria), one)) for one in _identified(criteria)]
        return _answer(known, criteria, limits, sight)
    if refused := _unfit(criteria):
        return refused
    least = max(limits.minimum, minimum or 0)
    if criteria.documento:
        return _documented(criteria, kind, least, limits, sight)
    return _demographic(criteria, kind, least, limits, sight)


def _documented(
    criteria: Criteria, kind: SearchKind, least: int, limits: Limits, sight: Sight
) -> Outcome[Found]:
    people = candidates.bearing(criteria.documento_tipo, plain(criteria.documento), sight)
    if people is None:
        return _too_many(limits)
    asked = _asked(criteria)
    hits = [Hit(one, _of_known(asked, one)) for one in people]
    hits = [
        hit for hit in hits if not hit.likeness.fields or (hit.score >= least and _FITS[kind](hit.likeness))
    ]
    return _answer(hits, criteria, limits, sight)


def _demographic(
    criteria: Criteria, kind: SearchKind, least: int, limits: Limits, sight: Sight
) -> Outcome[Found]:
    asked = Asked(_asked(criteria))
    hits: list[Hit] = []
    seen: set[int] = set()
    for place, source in enumerate(_sources(criteria, kind, sight)):
        people = source()
        if people is None:
            if place == 0:
                return _too_many(limits)
            continue  # these would be of another birth than the one asked
        compared = [Hit(one, asked.liken(one)) for one in people if one.id not in seen]
        seen.update(hit.record.id for hit in compared)
        fitting = [hit for hit in compared if hit.score >= least and _FITS[kind](hit.likeness)]
        hits += fitting
        if any(hit.score >= limits.sure for hit in sight.of(fitting)[0]):
            break
    return _answer(hits, criteria, limits, sight)


def _asked(criteria: Criteria) -> PersonRecord:
    return PersonRecord(
        nome=criteria.nome,
        nome_social=criteria.nome_social,
        nome_mae=criteria.nome_mae,
        nome_pai=criteria.nome_pai,
        data_nascimento=criteria.data_nascimento,
        sexo=criteria.sexo,
        municipio_nascimento=criteria.municipio_nascimento,
    )


def _identified(criteria: Criteria) -> People:
    if not criteria.cpf:
        return hot.by_nis(criteria.nis, full=False)
    one = hot.by_cpf(criteria.cpf, full=False)
    return [] if one is None else [one]


def _of_known(asked: PersonRecord, one: PersonRecord) -> Likeness:
    """Who was found by an identifier alone fits wholly; other criteria only tell how they agree."""
    likeness = liken(asked, one)
    return likeness if likeness.fields else Likeness(100, ())


Source = Callable[[], People | None]


def _sources(criteria: Criteria, kind: SearchKind, sight: Sight) -> Iterator[Source]:
    """Where to look, in this order, until somebody fits well. Each answers None where too many would be looked at."""
    sound, born = search_key(criteria.nome), criteria.data_nascimento
    if not born:
        if criteria.nascimento_de or criteria.nascimento_ate:
            first, last = criteria.nascimento_de or "0001-01-01", criteria.nascimento_ate or "9999-12-31"
            yield lambda: candidates.sounding_between(sound, first, last, sight)
        else:
            yield lambda: candidates.sounding(sound, sight)
        return
    if kind is SearchKind.IDENTICA:
        yield lambda: candidates.same_name_on(born, identity_key(criteria.nome), sight)
        return
    if kind is SearchKind.APROXIMADA:
        yield lambda: _born_then(sound, born, sight)
    else:
        yield lambda: candidates.sounding_on(sound, born, sight)
    swapped = f"{born[:5]}{born[8:]}-{born[5:7]}"
    yield lambda: candidates.sounding_on(sound, swapped, sight)
    yield lambda: candidates.sounding_between(sound, f"{born[:4]}-01-01", f"{born[:4]}-12-31", sight)
    yield lambda: candidates.sounding(sound, sight)


def _born_then(sound: str, born: str, sight: Sight) -> People | None:
    """Those of the first name, whatever the last; on a day with too many of that name, those of both."""
    people = candidates.first_sounding_on(sound, born, sight)
    return candidates.sounding_on(sound, born, sight) if people is None else people


def _differs_in_nothing(likeness: Likeness) -> bool:
    """Whether every criterion but the name, which sounds the same, agrees, is close or is not known."""
    return all(one.verdict is not Verdict.DIFFERS for one in likeness.fields if one.field != "nome")


_FITS: dict[SearchKind, Callable[[Likeness], bool]] = {
    SearchKind.IDENTICA: lambda likeness: likeness.identical,
    SearchKind.APROXIMADA: lambda likeness: True,
    SearchKind.FONETICA: _differs_in_nothing,
}


def _answer(hits: list[Hit], criteria: Criteria, limits: Limits, sight: Sight) -> Outcome[Found]:
    if criteria.ativa is not None:
        hits = [hit for hit in hits if hit.record.ativa is criteria.ativa]
    seen, unknown = sight.of(hits)
    if len(seen) > limits.results:
        return _too_many(limits)
    seen.sort(key=lambda hit: (-hit.score, hit.record.id))
    return Accepted(Found(tuple(seen), len(seen) + unknown < len(hits), unknown))


def _unfit(criteria: Criteria) -> Refused | None:
    names = (criteria.nome, criteria.nome_social, criteria.nome_mae, criteria.nome_pai)
    if any(_WILDCARDS & set(name) for name in names):
        return Refused(
            "CURINGA",
            "A pesquisa não aceita curingas (%, *, ? e _) nos nomes.",
            "Escreva os nomes por extenso; para grafias diferentes, use a pesquisa aproximada ou a fonética.",
        )
    if not criteria.documento and not search_key(criteria.nome):
        return Refused(
            "CRITERIOS",
            "A pesquisa é genérica demais: falta o nome da pessoa ou um número que a identifique.",
            "Informe o nome completo, de preferência com a data de nascimento, ou o CNS, o CPF ou o NIS.",
        )
    if not criteria.documento and len(main_words(criteria.nome)) < 2:
        return Refused(
            "NOME_INCOMPLETO",
            "A pesquisa é genérica demais: o nome tem uma palavra só.",
            "Informe também o sobrenome, ou pesquise pelo CNS, pelo CPF ou pelo NIS.",
        )
    dates = (criteria.data_nascimento, criteria.nascimento_de, criteria.nascimento_ate)
    if not all(is_date(day) for day in dates if day):
        return Refused(
            "NASCIMENTO",
            "A data de nascimento da pesquisa não existe.",
            "Confira o dia, o mês e o ano, ou pesquise sem a data.",
        )
    return None


def _too_many(limits: Limits) -> Refused:
    return Refused(
        "MUITOS_CADASTROS",
        f"Mais de {limits.results} cadastros podem ser o da pessoa pesquisada.",
        "Acrescente o que souber: a data de nascimento, o nome da mãe, o sexo ou o município de nascimento.",
        {"limite": limits.results},
    )
