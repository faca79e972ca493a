"""Under which subjects the audit may keep a person: every number that leads to him, and each of his registrations.

A record stands under the CPF, else the CNS, else the registration, as they were at the time; a unification, a new card
or a CPF that came later changes none of them.
"""

from __future__ import annotations

from vincula.national.cadsus.models import Cartao, Identificador, Pessoa, TipoIdentificador
from vincula.national.cadsus.services import candidates, hot, lookups, others


def of(root: int) -> tuple[str, ...]:
    """Of the person in force `root`: CPFs that nobody disputes, cards, NIS and documents that nobody else has,
    registrations."""
    registrations = sorted(lookups.tree_of(root))
    cpfs = Identificador.objects.filter(tipo=TipoIdentificador.CPF, pessoa_id=root, disputado=False)
    cards = Cartao.objects.filter(pessoa_id=root)
    numbers = Pessoa.objects.filter(pk__in=registrations).exclude(pis="").values_list("pis", flat=True)
    own = [nis for nis in sorted(set(numbers)) if len(hot.by_nis(nis, full=False)) == 1]
    held = Pessoa.objects.filter(pk__in=registrations).values_list("outros_dados", flat=True)
    borne = sorted({key for one in held for key in others.documents_of(one)})
    documents = [key for key in borne if bearer(*key) == root]
    return (
        *(f"cpf:{one}" for one in cpfs.order_by("valor").values_list("valor", flat=True)),
        *(f"cns:{one}" for one in cards.order_by("cns").values_list("cns", flat=True)),
        *(f"nis:{one}" for one in own),
        *(f"documento:{kind}/{number}" for kind, number in documents),
        *(f"pessoa:{one}" for one in registrations),
    )


def bearer(kind: str, number: str) -> int | None:
    """The person in force who alone bears this document (tipoDocumento, plain number); None for nobody or several."""
    found = candidates.bearing(kind, number) or []
    return found[0].id if len(found) == 1 else None
