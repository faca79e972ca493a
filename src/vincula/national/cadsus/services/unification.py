"""Two registrations of one person united, and parted again: every number goes back to the registration it
came from.
"""

from __future__ import annotations

from django.utils import timezone

from vincula.common.bulk import as_list, in_list
from vincula.common.outcomes import Accepted, Outcome, Refused
from vincula.national.cadsus.models import Cartao, Pessoa, TipoTransacao, Transacao, Uniao
from vincula.national.cadsus.services import auditing, claims, lookups, masters, store
from vincula.national.cadsus.services.records import Author


def unite(principal: int, other: int, author: Author, *, cns_mestre: str = "") -> Outcome[str]:
    """Unite registration `other` into `principal`, which supplies the data shown; the master number that
    results.

    `cns_mestre`: the number that people chose, "" leaves it to the rule. Whoever decides answers for it:
    the base does not compare. Refused: NAO_EXISTE, MESMA_PESSOA, JA_UNIDA (one of them is part of another:
    unite that one), CNS_ALHEIO.
    """
    return store.whole(lambda: _unite(principal, other, author, cns_mestre))


def _unite(principal: int, other: int, author: Author, chosen: str) -> Outcome[str]:
    store.take_turn()
    if principal == other:
        return Refused("MESMA_PESSOA", "Os dois cadastros são o mesmo.", "Escolha dois cadastros diferentes.")
    found = {p.pk: p for p in Pessoa.objects.filter(pk__in=(principal, other))}
    if len(found) < 2:
        return _missing()
    if any(p.unida_em_id is not None for p in found.values()):
        return Refused(
            "JA_UNIDA",
            "Um dos cadastros já faz parte de outro, por uma unificação anterior.",
            "Consulte pelo CNS para chegar ao cadastro principal e unifique aquele.",
        )
    if chosen and not Cartao.objects.filter(cns=chosen, pessoa_id__in=found).exists():
        return Refused(
            "CNS_ALHEIO",
            "O número escolhido como mestre não é de nenhum dos dois cadastros.",
            "Escolha um dos números que os dois cadastros possuem.",
        )
    now = timezone.now()
    Pessoa.objects.filter(pk=other).update(unida_em=principal)
    Uniao.objects.create(
        pessoa_id=other,
        principal_id=principal,
        cns_mestre=chosen,
        quem=author.quem,
        cnes=author.cnes,
        quando=now,
    )
    _move(lookups.tree_of(other), other, principal)
    _log(TipoTransacao.UNIDO, principal, other, author)
    master = masters.settle([principal])[principal]
    auditing.person_changed("cadsus:pessoa:unida", principal, author, {"com": other})
    return Accepted(master)


def undo_unite(other: int, author: Author) -> Outcome[str]:
    """Part `other` from the registration it was united into, with all that was united into it before and
    every number, identifier and local id that came with them, also after later edits; the master number it has
    again. Refused: NAO_EXISTE, NAO_UNIDA.
    """
    return store.whole(lambda: _undo(other, author))


def _undo(other: int, author: Author) -> Outcome[str]:
    store.take_turn()
    person = Pessoa.objects.filter(pk=other).first()
    if person is None:
        return _missing()
    union = Uniao.objects.filter(pessoa_id=other, desfeita_em__isnull=True).first()
    if union is None:
        return Refused("NAO_UNIDA", "Este cadastro não está unido a outro.", "Nada há a desfazer.")
    root = lookups.roots_of([other])[other]
    union.desfeita_em = timezone.now()
    union.save(update_fields=["desfeita_em"])
    Pessoa.objects.filter(pk=other).update(unida_em=None)
    _move(lookups.tree_of(other), root, other)
    _log(TipoTransacao.DESUNIDO, union.principal_id, other, author)
    master = masters.settle([root, other])[other]
    auditing.person_changed("cadsus:pessoa:desunida", other, author, {"de": union.principal_id})
    return Accepted(master)


def _move(homes: set[int], holder: int, new_holder: int) -> None:
    """What came with these registrations and is held by one person goes to another; then who disputes what
    is settled.
    """
    among, ids = in_list(), as_list(homes)
    for table in (
        "cadsus_cartao",
        "cadsus_identificador",
        "cadsus_identificador_local",
        "cadsus_reivindicacao",
    ):
        store.run(
            f"UPDATE {table} SET pessoa_id = %s WHERE pessoa_id = %s AND origem_id {among}",
            (new_holder, holder, ids),
        )
    claims.settle(
        {row[0] for row in store.fetch_among("SELECT cpf FROM cadsus_pessoa WHERE id {among}", homes)} - {""}
    )


def _log(tipo: TipoTransacao, principal: int, other: int, author: Author) -> None:
    now = timezone.now()
    for one, counterpart in ((principal, other), (other, principal)):
        Transacao.objects.create(
            pessoa_id=one,
            tipo=tipo,
            quem=author.quem,
            cnes=author.cnes,
            quando=now,
            campos={"com": [None, counterpart]},
        )


def _missing() -> Refused:
    return Refused("NAO_EXISTE", "O cadastro não existe na base.", "Consulte de novo e repita.")
