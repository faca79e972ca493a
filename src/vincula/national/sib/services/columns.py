"""The columns of the bulk statements, in one place. All names are our own."""

from __future__ import annotations

from vincula.national.sib.rules.fields import INCLUSAO, WIRE

# Everything a state holds beside its identity, in the order of the vínculo's tables.
STATE: tuple[str, ...] = (
    "registro_ans",
    "situacao",
    *WIRE,
    "nome_chave",
    "titular_id",
    "desde",
    "identidade_desde",
    "cns_desde",
    "atualizado_em",
)
ORIGIN: tuple[str, ...] = ("arquivo_inclusao", "posicao_inclusao")
NEW: tuple[str, ...] = (*INCLUSAO, "nome_chave", "titular_id", "ordem", "posicao_inclusao")
IDENTITY: frozenset[str] = frozenset({"nome", "cpf", "nascimento"})

NEW_TABLE = "carga_inclusao"
STATE_TABLE = "carga_estado"
MOVEMENT_TABLE = "carga_movimento"
FINDING_TABLE = "carga_critica"
MOVEMENT: tuple[str, ...] = ("vinculo_id", "arquivo_id", "posicao", "tipo", "competencia", "mudancas")
FINDING: tuple[str, ...] = (
    "arquivo_id", "posicao", "tipo", "codigo_beneficiario", "cco", "regra", "campo", "valor", "recusa",
)  # fmt: skip


def listed(columns: tuple[str, ...], prefix: str = "") -> str:
    """'a, b, c', each with the prefix."""
    return ", ".join(prefix + column for column in columns)
