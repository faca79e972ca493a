"""What is wrong with a request, in words. Codes are ours: the official ones are not public (section 8)."""

from __future__ import annotations

from vincula.formats.cadsus_service.values import Simple, describe
from vincula.formats.soap import Mensagem

MAX_FAULTS = 50
"""How many are named at most; who has more corrects these first."""
MISSING = "VINC-CAMPO-OBRIGATORIO"
INVALID = "VINC-CAMPO-INVALIDO"
REPEATED = "VINC-CAMPO-REPETIDO"
MATRICULA = "VINC-CERTIDAO-INCOMPLETA"
DEATH = "VINC-OBITO-CONTRADITORIO"
# The texts of AuditoriaCadsus are official (cadsus-rules.md, 2.3), save that the first repeats the number: an answer
# that is kept anywhere must not hold it.
MALFORMED_CNS = Mensagem(
    "VINC-CNS-INVALIDO", "Número CNS inválido. CNS deve ter 15 dígitos e conter somente números."
)
NOTHING_FOUND = Mensagem("VINC-SEM-RESULTADO", "Nenhum resultado foi encontrado para a consulta solicitada.")
MORE_THAN_ONE = Mensagem(
    "VINC-MAIS-DE-UM", "Existe mais de uma ocorrência para esta consulta, onde deveria existir apenas uma."
)


class Faults:
    """Those found so far, in the order of the message's table."""

    def __init__(self) -> None:
        self.found: list[Mensagem] = []

    def missing(self, path: str) -> None:
        """A mandatory part that is not there, or is empty."""
        self.add(Mensagem(MISSING, f"Falta {path}, que é obrigatório. Preencha-o e reenvie."))

    def invalid(self, path: str, kind: Simple) -> None:
        """A value that is not of its kind. The value itself is not repeated."""
        if path.endswith("numeroCNS"):
            self.add(MALFORMED_CNS)
            return
        self.add(
            Mensagem(
                INVALID, f"{path} não tem a forma esperada ({describe(kind)}). Corrija o valor e reenvie."
            )
        )

    def repeated(self, path: str, most: int) -> None:
        """A part that comes more often than it may."""
        allowed = "uma vez só" if most == 1 else f"no máximo {most} vezes"
        self.add(Mensagem(REPEATED, f"{path} pode vir {allowed}. Retire os que sobram e reenvie."))

    def matricula(self) -> None:
        """A certidão of the new model of which some blocks are missing."""
        self.add(
            Mensagem(
                MATRICULA,
                "Falta parte da matrícula em UsuarioSUS/Certidoes/Certidao. Informe os nove blocos, que somam"
                " 32 dígitos, ou use CertidaoAntiga.",
            )
        )

    def death(self, *, alive: bool) -> None:
        """`vivo` and `dataObito` say different things."""
        said = "vivo é true, mas dataObito veio" if alive else "vivo é false, mas dataObito não veio"
        self.add(Mensagem(DEATH, f"Em UsuarioSUS, {said}. Corrija um dos dois e reenvie."))

    def add(self, message: Mensagem) -> None:
        """Keep it, if it is new and there is room."""
        if len(self.found) < MAX_FAULTS and message not in self.found:
            self.found.append(message)
