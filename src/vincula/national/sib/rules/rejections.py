"""Why a whole file is rejected: the official codes (reference sib.md, section 3), and in plain words what to do.

Which check comes first when several fail is not official; ours: name, header, structure, hash, number of procedures.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from vincula.common.outcomes import Refused
from vincula.formats.sib import CNPJ_ANS, REJECTION_NAMES, VERSAO_PADRAO

MAX_PROCEDURES = 100_000


@dataclass(frozen=True, slots=True)
class Rejection:
    """`code` is official; `message` and `remedy` are ours. `faults`: one mapping per structural fault."""

    code: int
    message: str
    remedy: str
    faults: tuple[dict[str, Any], ...] = field(default=())
    fault_count: int = 0

    @property
    def name(self) -> str:
        return REJECTION_NAMES[self.code]

    def as_refused(self) -> Refused:
        return Refused(
            self.name, f"Arquivo rejeitado ({self.code}, {self.name}): {self.message}", self.remedy
        )


def bad_name(name: str) -> Rejection:
    return Rejection(
        26,
        f"“{name[:60]}” não é nome de SBX.",
        "O nome tem 24 caracteres: registro ANS (6), data e hora de geração AAAAMMDDHHmmSS e .SBX.",
    )


def duplicate_name() -> Rejection:
    return Rejection(
        26,
        "Já foi recebido um arquivo com este nome, e cada arquivo tem nome único.",
        "Se é outro conteúdo, gere o arquivo de novo: a data e a hora no nome o distinguem.",
    )


def duplicate_content(other: str) -> Rejection:
    return Rejection(
        26,
        f"O conteúdo é o mesmo do arquivo {other}, já recebido: processá-lo de novo repetiria os movimentos.",
        "Nada a fazer se era o mesmo envio; o resultado está no RPX daquele arquivo.",
    )


def check_origin(registro: str | None, in_name: str, *, known: bool, active: bool) -> Rejection | None:
    """Codes 17, 18, 19: who the header says the file is from."""
    if not registro:
        return Rejection(
            17,
            "O cabeçalho não informa o registro ANS da operadora (origem/registroANS).",
            "Informe o registro ANS, 6 algarismos com o dígito verificador, e gere o hash de novo.",
        )
    if registro != in_name:
        return Rejection(
            18,
            f"O cabeçalho traz o registro {registro[:20]} e o nome do arquivo, {in_name}.",
            "Os dois devem ser o registro ANS da mesma operadora.",
        )
    if not known:
        return Rejection(
            18,
            f"O registro {registro} não está no cadastro de operadoras (CADOP).",
            "Confira o registro ANS. Se está certo, o CADOP desta instalação precisa ser atualizado"
            " (vincula bases load cadop ARQUIVO).",
        )
    if not active:
        return Rejection(
            19,
            f"A operadora {registro} não está ativa no CADOP.",
            "Só operadora ativa envia SIB; confira a situação do registro na ANS.",
        )
    return None


def check_destination(cnpj: str | None, version: str | None) -> Rejection | None:
    """Codes 22, 23, 24: whom the file is for, and in which version."""
    if not cnpj:
        return Rejection(
            22,
            "O cabeçalho não informa o CNPJ da ANS (destino/cnpj).",
            f"Informe {CNPJ_ANS} e gere o hash de novo.",
        )
    if cnpj != CNPJ_ANS:
        return Rejection(
            23,
            "O CNPJ de destino não é o da ANS.",
            f"Informe {CNPJ_ANS} e gere o hash de novo.",
        )
    if version != VERSAO_PADRAO:
        return Rejection(
            24,
            f"A versão do padrão é “{(version or '')[:10]}”; a única aceita é {VERSAO_PADRAO}.",
            f"Informe {VERSAO_PADRAO} em versaoPadrao e gere o hash de novo.",
        )
    return None


def too_many(count: int) -> Rejection:
    return Rejection(
        21,
        "O arquivo tem " + f"{count:,}".replace(",", ".") + " procedimentos; o limite é 100.000.",
        "Divida-o em arquivos de até 100.000 procedimentos, titulares antes dos dependentes.",
    )


def structure(faults: tuple[dict[str, Any], ...], count: int) -> Rejection:
    first = faults[0]["message"] if faults else "O arquivo não segue o esquema do SIB."
    more = "" if count <= 1 else f" E mais {count - 1} falha(s)."
    return Rejection(
        16,
        f"{first}{more}",
        "Corrija cada falha listada, gere o hash de novo e envie o arquivo outra vez, inteiro.",
        faults,
        count,
    )


def wrong_hash(explanation: str, remedy: str) -> Rejection:
    return Rejection(20, explanation, remedy)
