"""Changes to a person's registration, each a version with who, from where and what was there before."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils import timezone

from vincula.common.outcomes import Accepted, Outcome, Refused
from vincula.identifiers import cpf as cpf_rule
from vincula.national.cadsus.models import Pessoa, TipoTransacao
from vincula.national.cadsus.services import auditing, claims, lookups, store
from vincula.national.cadsus.services.records import DATA, Author, registration
from vincula.national.cadsus.services.writes import Writes


def edit(person: int, values: Mapping[str, str], author: Author) -> Outcome[int]:
    """Change fields (names of records.DATA, and `cpf`; "" empties one) of the person's registration in
    force: of a united registration, the principal one. Answers its id. Refused: NAO_EXISTE, CAMPO (no
    such field), CPF (not valid).
    """
    if unknown := values.keys() - {*DATA, "cpf"}:
        names = ", ".join(sorted(unknown))
        return Refused("CAMPO", f"Campos que o cadastro não tem: {names}.", "Confira os nomes dos campos.")
    verdict = cpf_rule.check(values.get("cpf", ""))
    if not verdict.ok:
        return Refused("CPF", verdict.message, verdict.remedy)
    return store.whole(lambda: _edit(person, values, author))


def _edit(person: int, values: Mapping[str, str], author: Author) -> Outcome[int]:
    writes = Writes(store.take_turn(), author)
    root = lookups.roots_of([person]).get(person)
    if root is None:
        return Refused("NAO_EXISTE", "O cadastro não existe na base.", "Consulte de novo e repita.")
    (held,) = lookups.persons([root])
    data = tuple(values.get(name, old) for name, old in zip(DATA, held.data, strict=True))
    newer = registration({}, registro=held.registro, atualizado_em=timezone.localdate().isoformat())
    before, after = held.cpf, values.get("cpf", held.cpf)
    if data == held.data and before == after:
        return Accepted(root)
    changes = writes.change_data(held, data, newer)
    if before != after:
        changes |= writes.change_cpf(held, after)
    changes |= writes.unconfirm(held, changes)
    writes.log(root, TipoTransacao.ATUALIZADO, changes)
    writes.flush()
    if before != after:
        _change_claim(root, before, after)
    auditing.person_changed("cadsus:pessoa:atualizada", root, author, {"campos": sorted(changes)})
    return Accepted(root)


def _change_claim(root: int, before: str, after: str) -> None:
    if before:
        claims.release(before, root)
    if after:
        claims.bear(after, root)


def set_active(person: int, active: bool, author: Author) -> Outcome[int]:
    """Activate or deactivate the person. Its numbers go on resolving. Refused: NAO_EXISTE."""

    def work() -> Outcome[int]:
        writes = Writes(store.take_turn(), author)
        root = lookups.roots_of([person]).get(person)
        if root is None:
            return Refused("NAO_EXISTE", "O cadastro não existe na base.", "Consulte de novo e repita.")
        if Pessoa.objects.filter(pk=root, ativa=not active).update(ativa=active):
            tipo = TipoTransacao.ATIVO if active else TipoTransacao.DESATIVO
            writes.log(root, tipo, {"ativa": [not active, active]})
            writes.flush()
            action = "cadsus:pessoa:ativada" if active else "cadsus:pessoa:desativada"
            auditing.person_changed(action, root, author)
        return Accepted(root)

    return store.whole(work)
