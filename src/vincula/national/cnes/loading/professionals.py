"""The professionals of the operadoras' head offices, where the archive brings them.

Only theirs: the whole table has some millions of people whom nobody asks for here. The names of the columns are
background, so whatever is not found is told and nothing changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Set
from datetime import date

from vincula.common.bulk import batches, upsert_rows
from vincula.common.outcomes import Refused, RefusedError
from vincula.common.words import counted
from vincula.formats.opendata.cnes import PEOPLE, WORK
from vincula.identifiers.digits import is_digits
from vincula.national.cnes import models
from vincula.national.cnes.loading.archive import Archive
from vincula.national.cnes.rules.rows import cpf

LIMIT = 500_000  # links held in memory; the head offices of a real archive have far fewer
_COLUMNS = ("chave", "cnes", "cpf", "cns", "nome", "cbo", "ate", "origem")
Link = tuple[str, str, str]  # CNES, the archive's code of the professional, CBO


def store(archive: Archive, offices: Set[str]) -> list[str]:
    """Load the links and end those that the archive no longer has, as of the first day of its month: an end is
    noted, nothing is excluded. Answers what happened, in words; also where one of the two tables cannot be read: the
    establishments are written already, and count without them."""
    if not offices:
        return []
    work, people = archive.table(WORK), archive.table(PEOPLE)
    for opened in (work, people):
        if isinstance(opened, Refused):
            return [f"{opened.message} Os profissionais das sedes ficaram como estavam."]
    assert not isinstance(work, Refused)
    assert not isinstance(people, Refused)
    try:
        links = _links(work.value[0], offices)
        if len(links) > LIMIT:
            return [
                f"Mais de {LIMIT} vínculos de profissionais com sedes: não parece certo, e ficaram como estavam."
            ]
        rows = _rows(links, people.value[0])
    except RefusedError as error:  # read to the end before anything of them is written
        return [f"{error.refused.message} Os profissionais das sedes ficaram como estavam."]
    for batch in batches(rows, 5_000):
        upsert_rows("cnes_profissional", _COLUMNS, batch, "chave")
    # Who is linked and could not be read is linked all the same.
    ended = _end({_key(link) for link in links}, date(archive.month // 100, archive.month % 100, 1))
    nameless = len(links) - len(rows)
    told = [
        f"{counted(len(rows), 'profissional vinculado', 'profissionais vinculados')} a sedes de operadora."
    ]
    if nameless:
        told.append(
            f"{counted(nameless, 'vínculo', 'vínculos')} sem os dados do profissional: não carregados."
        )
    if ended:
        told.append(f"{counted(ended, 'profissional desvinculado', 'profissionais desvinculados')}.")
    return told


def _links(table: Iterable[tuple[int, tuple[str, ...]]], offices: Set[str]) -> set[Link]:
    links: set[Link] = set()
    for _, (unit, person, cbo) in table:
        cnes = unit.strip()[6:]
        if cnes in offices and person.strip() and len(person) <= 100 and len(links) <= LIMIT:
            links.add((cnes, person.strip(), cbo.strip()[:10]))
    return links


def _rows(links: set[Link], table: Iterable[tuple[int, tuple[str, ...]]]) -> list[tuple[str | None, ...]]:
    wanted: dict[str, tuple[str, str, str] | None] = {person: None for _, person, _ in links}
    for _, (person, name, cns, number) in table:
        if (key := person.strip()) in wanted and name.strip():
            wanted[key] = name.strip()[:500], cns.strip() if is_digits(cns.strip(), 15) else "", cpf(number)
    return [
        (_key(link), link[0], found[2], found[1], found[0], link[2], None, "CARGA")
        for link in sorted(links)
        if (found := wanted[link[1]]) is not None
    ]


def _key(link: Link) -> str:
    return ":".join(link)


def _end(held: Set[str], day: date) -> int:
    """End the links of earlier archives that this one does not have. An ended one gives its key free: who comes back
    is a new link, and the former's end stays."""
    open_links = models.Profissional.objects.filter(origem="CARGA", ate__isnull=True)
    gone = [pk for pk, key in open_links.values_list("pk", "chave").iterator() if key not in held]
    for batch in batches(gone, 500):
        models.Profissional.objects.filter(pk__in=batch).update(ate=day, chave=None)
    return len(gone)
