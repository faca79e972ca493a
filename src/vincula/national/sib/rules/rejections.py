"""Why a whole file is rejected: the official codes (reference sib.md, section 3), and in plain words what to do.

Which check comes first when several fail is not official; ours: name, header, structure, hash, number of procedures.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from vincula.common.outcomes import Refused
from vincula.common.words import counted
from vincula.formats.sib import CNPJ_ANS, REJECTION_NAMES, VERSAO_PADRAO
from vincula.formats.sib.faults import ENCODING_RULE, KIND_RULE

MAX_PROCEDURES = 100_000
# A fault as it is kept, and as `--json` names its parts.
FAULT_PARTS = {
    "line": "linha",
    "column": "coluna",
    "position": "posicao",
    "beneficiary": "beneficiario",
    "field": "campo",
    "character": "caractere",
    "message": "mensagem",
    "remedy": "remedio",
    "rule": "regra",
}
_PACKED = (".zip", ".gz", ".tgz", ".rar", ".7z", ".bz2", ".xz")
# Faults of a file as a whole: what to do about them is not what to do about a list of faults.
_OF_THE_WHOLE = frozenset({ENCODING_RULE, KIND_RULE})


@dataclass(frozen=True, slots=True)
class Rejection:
    """`code` is official; `message` and `remedy` are ours. `faults`: one mapping per structural fault.

    `earlier`: the number of the file whose name or content this one has (0: none); `repeats`: it has its content.
    """

    code: int
    message: str
    remedy: str
    faults: tuple[dict[str, Any], ...] = field(default=())
    fault_count: int = 0
    earlier: int = 0
    repeats: bool = False

    @property
    def name(self) -> str:
        return REJECTION_NAMES[self.code]

    @property
    def told_whole(self) -> bool:
        """Whether message and remedy are all there is to tell: its one fault is that the file is no SBX."""
        return self.fault_count == 1 and self.faults[0].get("rule") == KIND_RULE

    def as_mapping(self) -> dict[str, Any]:
        """For `--json`."""
        return {
            "codigo": self.code,
            "nome": self.name,
            "mensagem": self.message,
            "remedio": self.remedy,
            "falhas": [{told: one.get(kept) for kept, told in FAULT_PARTS.items()} for one in self.faults],
            "total_de_falhas": self.fault_count,
        }

    def as_refused(self) -> Refused:
        return Refused(
            self.name, f"Arquivo rejeitado ({self.code}, {self.name}): {self.message}", self.remedy
        )


def bad_name(name: str) -> Rejection:
    message = f"“{name[:60]}” não é nome de SBX."
    if name.lower().endswith(_PACKED):
        return Rejection(26, message, "Se é um arquivo compactado, descompacte e envie o SBX de dentro.")
    return Rejection(
        26,
        message,
        "O nome tem 24 caracteres: registro ANS (6), data e hora de geração AAAAMMDDHHmmSS e .SBX.",
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
        f"O arquivo tem {counted(count, 'procedimento', 'procedimentos')}; o limite é 100.000.",
        "Divida-o em arquivos de até 100.000 procedimentos, titulares antes dos dependentes.",
    )


def structure(faults: tuple[dict[str, Any], ...], count: int) -> Rejection:
    first = faults[0]["message"] if faults else "O arquivo não segue o esquema do SIB."
    if count == 1 and faults and faults[0].get("rule") in _OF_THE_WHOLE:
        return Rejection(16, first, faults[0]["remedy"], faults, count)
    more = "" if count <= 1 else f" E mais {counted(count - 1, 'falha', 'falhas')}."
    return Rejection(
        16,
        f"{first}{more}",
        "Corrija cada falha listada, gere o hash de novo e envie o arquivo outra vez, inteiro.",
        faults,
        count,
    )


def wrong_hash(explanation: str, remedy: str) -> Rejection:
    return Rejection(20, explanation, remedy)
