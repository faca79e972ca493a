"""VIP, proteção a testemunha and situação, which only an administrator changes (V3); from others they stay as they are
(V12)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from vincula.common.outcomes import Accepted, Outcome, Refused, RefusedError
from vincula.national.cadsus.models import TipoTransacao
from vincula.national.cadsus.services import auditing, lookups, others, store
from vincula.national.cadsus.services.lookups import Held
from vincula.national.cadsus.services.records import Author
from vincula.national.cadsus.services.shape import record_of
from vincula.national.cadsus.services.writes import Changes, Writes
from vincula.people.record import PersonRecord

FLAGS = ("ativa", "vip", "protegida")
TEXTS = ("motivo_situacao", "motivo_vip", "descricao_protecao")
RESTRICTED = frozenset((*FLAGS, *TEXTS))
MAX_TEXT = 200  # of the v5r0 schema


def plain(record: PersonRecord) -> PersonRecord:
    """The record with the defaults of a new person (V12)."""
    return replace(
        record,
        ativa=True,
        vip=False,
        protegida=False,
        motivo_situacao="",
        motivo_vip="",
        descricao_protecao="",
    )


def texts(held: PersonRecord, arrived: PersonRecord, given: Collection[str], author: Author) -> PersonRecord:
    """The record `held` with the reasons that an administrator gave; others' are passed over."""
    if not author.administrador:
        return held
    return replace(held, **{name: getattr(arrived, name)[:MAX_TEXT] for name in TEXTS if name in given})


def flags(
    writes: Writes, person: int, arrived: PersonRecord, given: Collection[str], author: Author
) -> Changes:
    """Set what an administrator gave of situação, VIP and protection, on a person that stands in the base; what
    changed. A change of situação is a version of its own, ATIVO or DESATIVO, logged here.
    """
    named = [name for name in FLAGS if name in given]
    if not named or not author.administrador:
        return {}
    columns = ", ".join(FLAGS)
    before = dict(
        zip(
            FLAGS,
            store.fetch(f"SELECT {columns} FROM cadsus_pessoa WHERE id = %s", (person,))[0],
            strict=True,
        )
    )
    changed: Changes = {
        name: [bool(before[name]), getattr(arrived, name)]
        for name in named
        if bool(before[name]) != getattr(arrived, name)
    }
    for name, (_, after) in changed.items():
        store.run(f"UPDATE cadsus_pessoa SET {name} = %s WHERE id = %s", (after, person))
    if "ativa" in changed:
        tipo = TipoTransacao.ATIVO if arrived.ativa else TipoTransacao.DESATIVO
        writes.log(person, tipo, {"ativa": changed["ativa"]})
    return changed


def change_state(person: int, record: PersonRecord, given: Collection[str], author: Author) -> Outcome[str]:
    """Change situação, VIP and protection with their reasons (fields of RESTRICTED named in `given`; others are passed
    over), as alterarSituacao does; the master number. Refused: PERFIL, NAO_EXISTE.
    """
    if not author.administrador:
        return Refused(
            "PERFIL",
            "Situação, VIP e proteção a testemunha só mudam com o perfil Administrador ou Administrador/Gestor.",
            "Peça a mudança a quem tem esse perfil.",
        )
    try:
        return store.whole(lambda: _change(person, record, RESTRICTED.intersection(given), author))
    except RefusedError as error:
        return error.refused


def _change(person: int, record: PersonRecord, given: Collection[str], author: Author) -> Outcome[str]:
    writes = Writes(store.take_turn(), author)
    held = held_root(person)
    before = record_of(held.cpf, held.data, held.outros)
    changes = flags(writes, held.id, record, given, author)
    changes |= writes.change_others(held, others.pack(texts(before, record, given, author)))
    rest = {name: change for name, change in changes.items() if name != "ativa"}
    if rest:
        writes.log(held.id, TipoTransacao.ATUALIZADO, rest)
    if changes:
        writes.flush()
        auditing.state_changed(held.id, author, changes)
    cns = store.fetch("SELECT cns_mestre FROM cadsus_pessoa WHERE id = %s", (held.id,))[0][0]
    return Accepted(str(cns))


def held_root(person: int) -> Held:
    """The registration in force of a person, by the id of any of its registrations. Raises RefusedError NAO_EXISTE."""
    root = lookups.roots_of([person]).get(person)
    if root is None:
        raise RefusedError(
            Refused("NAO_EXISTE", "O cadastro não existe na base.", "Consulte de novo e repita.")
        )
    (held,) = lookups.persons([root])
    return held
