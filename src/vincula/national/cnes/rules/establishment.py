"""An establishment as the base has it, and what makes it count as the head office of an operadora (R001–R003, R007).

Pure. The checks in the order of access.md 1.4: existence, activity, type, subtype; the first that fails is told.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from vincula.common.outcomes import Accepted, Outcome, Refused
from vincula.identifiers import cnes as cnes_rules
from vincula.people.folding import without_accents

HEADQUARTERS = (68, 5)
"""Type 68, Central de Gestão em Saúde; subtype 005, Sede de Operadora de Plano de Saúde. Compared as integers."""
OBTAIN = "Veja como pedir o número em Acesso Rápido, Obter CNES."
_CHECK = "Confira o número na consulta ao CNES. " + OBTAIN


@dataclass(frozen=True, slots=True)
class Establishment:
    """An establishment; "" or None where the base says nothing. `municipio`: 6 digits of IBGE; `uf`: two letters.

    `ausente_desde`: month (AAAAMM) of the newest archive, where that archive does not have it any more. `origem`:
    CARGA (from an archive) or SANDBOX (registered here, SIMULADO).
    """

    cnes: str
    cnpj: str
    cnpj_mantenedora: str
    razao_social: str
    nome_fantasia: str
    logradouro: str
    numero: str
    complemento: str
    bairro: str
    cep: str
    telefone: str
    email: str
    uf: str
    municipio: str
    tipo: int | None
    subtipo: int | None
    natureza_juridica: str
    gestao: str
    diretor_cpf: str = field(repr=False)
    motivo_desativacao: str
    atualizado_em: date | None
    ausente_desde: int | None
    origem: str

    @property
    def nome(self) -> str:
        """What to call it on a page: the nome fantasia, else the razão social."""
        return self.nome_fantasia or self.razao_social

    @property
    def active(self) -> bool:
        """No reason of deactivation, and still in the newest archive."""
        return not self.motivo_desativacao and self.ausente_desde is None

    @property
    def of_headquarters_type(self) -> bool:
        """Whether it is 68/005."""
        return (self.tipo, self.subtipo) == HEADQUARTERS

    @property
    def counts(self) -> bool:
        """Whether it counts as the head office of an operadora: active and 68/005."""
        return self.active and self.of_headquarters_type

    @property
    def simulated(self) -> bool:
        """Whether its number was given out here and is nobody's in life."""
        return self.origem == "SANDBOX"

    @property
    def type_code(self) -> str:
        """As the tables write it: "68/005", "36", or ""."""
        if self.tipo is None:
            return ""
        return f"{self.tipo:02d}" if self.subtipo is None else f"{self.tipo:02d}/{self.subtipo:03d}"


def well_formed(cnes: str) -> Refused | None:
    """Refused CNES_FORMA: it is not exactly 7 digits. A wrong check digit does not refuse (`warning`)."""
    verdict = cnes_rules.check(cnes)
    if verdict.ok and verdict.present:
        return None
    return Refused(
        "CNES_FORMA",
        verdict.message or "Falta o número do CNES.",
        verdict.remedy or "Informe os 7 algarismos.",
    )


def warning(cnes: str) -> str:
    """The warning that a number deserves whose check digit is not the observed one; "" where it is right.

    Only a warning: the rule of the digit is not official, and existence in the base decides (access.md 3.1).
    """
    verdict = cnes_rules.check(cnes)
    return verdict.message if verdict.warned else ""


def headquarters(cnes: str, found: Establishment | None) -> Outcome[Establishment]:
    """Whether this number is that of an operadora's head office. `found`: what the base has under it.

    Refused, the first that fails: CNES_FORMA; CNES_INEXISTENTE (R007: no number counts that the base does not have);
    CNES_AUSENTE (the newest archive no longer has it); CNES_DESATIVADO; CNES_TIPO (not 68, R002); CNES_SUBTIPO (68,
    but not 005, R003).
    """
    if refused := well_formed(cnes):
        return refused
    if found is None:
        return Refused("CNES_INEXISTENTE", f"O CNES {cnes} não existe na base de estabelecimentos.", _CHECK)
    return _inactive(found) or _of_another_type(found) or Accepted(found)


def _inactive(found: Establishment) -> Refused | None:
    if found.motivo_desativacao:
        return Refused(
            "CNES_DESATIVADO",
            f"O CNES {found.cnes} está desativado na base de estabelecimentos.",
            "Peça a reativação ao gestor municipal ou estadual do CNES, ou informe outro CNES da operadora.",
            {"motivo": found.motivo_desativacao},
        )
    if found.ausente_desde is not None:
        month = f"{found.ausente_desde % 100:02d}/{found.ausente_desde // 100}"
        return Refused(
            "CNES_AUSENTE",
            f"O CNES {found.cnes} não consta mais da base de estabelecimentos: falta no arquivo de {month}.",
            "Confira com o gestor municipal ou estadual do CNES se o cadastro foi excluído. " + OBTAIN,
        )
    return None


def _of_another_type(found: Establishment) -> Refused | None:
    remedy = (
        "A sede de operadora é do tipo 68, Central de Gestão em Saúde, subtipo 05, Sede de Operadora de Plano de "
        "Saúde. Informe o CNES da sede ou peça ao gestor municipal ou estadual a correção do cadastro."
    )
    kind, subtype = HEADQUARTERS
    if found.tipo != kind:
        return Refused(
            "CNES_TIPO",
            f"O CNES {found.cnes} não é de sede de operadora: o tipo do estabelecimento é "
            f"{_code(found.tipo, 2)}, e não 68.",
            remedy,
        )
    if found.subtipo != subtype:
        return Refused(
            "CNES_SUBTIPO",
            f"O CNES {found.cnes} não é de sede de operadora: é do tipo 68, mas o subtipo é "
            f"{_code(found.subtipo, 3)}, e não 005.",
            remedy,
        )
    return None


def _code(number: int | None, width: int) -> str:
    return "não informado" if number is None else f"{number:0{width}d}"


def none_of_operadora() -> Refused:
    """What an operadora is told that has no establishment (R001)."""
    return Refused(
        "OPERADORA_SEM_CNES",
        "A operadora não tem registro no Cadastro Nacional de Estabelecimentos de Saúde (CNES), e sem o número do CNES "
        "da sede não se acessa o CadSUS Web.",
        OBTAIN,
    )


def folded(text: str) -> str:
    """What the search compares: upper case, without accents, one space between words."""
    return " ".join(without_accents(text).upper().split())
