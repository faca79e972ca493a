"""What waits for people: pairs that may be one person, and CPFs that several claim."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from vincula.common.bulk import batches
from vincula.common.tabular.export import write_csv
from vincula.national.cadsus.models import MotivoRevisao, Reivindicacao, Revisao
from vincula.national.cadsus.services import lookups, store

HEADER = ("motivo", "explicacao", "pessoa", "registro_id", "cns", "outra", "outra_registro_id", "outra_cns")
Pair = tuple[int, int, str]
_BATCH = 5_000


def write_review(out: BinaryIO) -> int:
    """Write the queue as CSV, one pair of registrations per line; how many. Neither names nor CPF stand in it.

    A pair united since, or a CPF no longer disputed, does not wait any more.
    """
    return write_csv(out, HEADER, _lines())


def _lines() -> Iterator[tuple[str, ...]]:
    for batch in batches(_pairs(), _BATCH):
        ids = {one for pair in batch for one in pair[:2]}
        roots = lookups.roots_of(ids)
        query = "SELECT id, registro_origem, cns_mestre FROM cadsus_pessoa WHERE id {among}"
        known = {row[0]: (str(row[0]), row[1] or "", row[2]) for row in store.fetch_among(query, ids)}
        for one, other, reason in batch:
            if roots.get(one) != roots.get(other):
                yield reason, str(MotivoRevisao(reason).label), *known[one], *known[other]


def _pairs() -> Iterator[Pair]:
    """Disputes as the claims stand now; of the queue only what is no matter of a CPF."""
    disputed = "SELECT valor, origem_id FROM cadsus_identificador WHERE tipo = 1 AND disputado ORDER BY valor"
    for batch in batches(store.fetch(disputed), _BATCH):
        homes = dict(batch)
        claims = Reivindicacao.objects.filter(cpf__in=list(homes)).order_by("cpf", "origem_id")
        for cpf, other in claims.values_list("cpf", "origem_id"):
            yield homes[cpf], other, MotivoRevisao.CPF_DISPUTADO.value
    waiting = Revisao.objects.filter(motivo=MotivoRevisao.NOME_E_NASCIMENTO).order_by("pk")
    yield from waiting.values_list("pessoa_id", "outra_id", "motivo").iterator()
