"""PIX 304: two local ids are of one person."""

from __future__ import annotations

from vincula.common.outcomes import Accepted, Outcome, Refused
from vincula.national.cadsus.services import locals, lookups, store
from vincula.national.cadsus.services.records import Author
from vincula.national.cadsus.services.unification import unite
from vincula.people.record import LocalId


def merge_local(survivor: LocalId, gone: LocalId, author: Author) -> Outcome[str]:
    """Unite the person of local id `gone` into that of `survivor`; the master number. Merging again changes nothing.

    Whether the caller may speak for both ids is the caller's to check. Refused: LOCAL_DESCONHECIDO, CPF_DIFERENTES (two
    persons of two CPFs are united on a screen, by people, or not at all), and as `unite`.
    """
    return store.whole(lambda: _merge(survivor, gone, author))


def _merge(survivor: LocalId, gone: LocalId, author: Author) -> Outcome[str]:
    store.take_turn()
    one, other = locals.holder(survivor), locals.holder(gone)
    if one is None or other is None:
        return Refused(
            "LOCAL_DESCONHECIDO",
            "Um dos identificadores locais não é de nenhuma pessoa da base.",
            "Envie primeiro o cadastro da pessoa com esse identificador.",
        )
    if one == other:
        cns = store.fetch("SELECT cns_mestre FROM cadsus_pessoa WHERE id = %s", (one,))[0][0]
        return Accepted(str(cns))
    cpfs = lookups.cpfs_of({one, other})
    if cpfs[one] and cpfs[other] and not cpfs[one] & cpfs[other]:
        return Refused(
            "CPF_DIFERENTES",
            "Os dois cadastros têm CPFs diferentes: pelos dados, são duas pessoas.",
            "Confira os números; se um está errado, corrija-o e envie de novo a unificação.",
        )
    return unite(one, other, author)
