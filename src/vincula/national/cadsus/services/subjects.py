"""Under which subjects the audit may keep a person: every number that leads to him, and each of his registrations.

A record stands under the CPF, else the CNS, else the registration, as they were at the time; a unification, a new card
or a CPF that came later changes none of them.
"""

from __future__ import annotations

from vincula.national.cadsus.models import Cartao, Identificador, Pessoa, TipoIdentificador
from vincula.national.cadsus.services import hot, lookups


def of(root: int) -> tuple[str, ...]:
    """Of the person in force `root`: CPFs that nobody disputes, cards, NIS that nobody else has, registrations."""
    registrations = sorted(lookups.tree_of(root))
    cpfs = Identificador.objects.filter(tipo=TipoIdentificador.CPF, pessoa_id=root, disputado=False)
    cards = Cartao.objects.filter(pessoa_id=root)
    numbers = Pessoa.objects.filter(pk__in=registrations).exclude(pis="").values_list("pis", flat=True)
    own = [nis for nis in sorted(set(numbers)) if len(hot.by_nis(nis, full=False)) == 1]
    return (
        *(f"cpf:{one}" for one in cpfs.order_by("valor").values_list("valor", flat=True)),
        *(f"cns:{one}" for one in cards.order_by("cns").values_list("cns", flat=True)),
        *(f"nis:{one}" for one in own),
        *(f"pessoa:{one}" for one in registrations),
    )
