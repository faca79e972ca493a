"""The checks before a registration, each by itself, in the order of access.md 1.4 (`ORDER`); and who may ask.

A check answers None where it holds. Nothing here is kept: the same question is asked anew at every try (R027).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from vincula.common.outcomes import Refused
from vincula.identifiers import cns as cns_rules
from vincula.national.sgop.rules.quality import MINIMUM_GRADE
from vincula.national.sgop.rules.words import Perfil


class Check(StrEnum):
    """The names of the checks; what each is called on the page is in TITLES."""

    CNES = "CNES"
    GOVBR = "GOVBR"
    CNS = "CNS"
    QUALIDADE = "QUALIDADE"
    DIRETOR = "DIRETOR"
    TERMOS = "TERMOS"


ORDER = tuple(Check)
TITLES = {
    Check.CNES: "Operadora no CNES",
    Check.GOVBR: "Conta gov.br vinculada",
    Check.CNS: "Número do CNS válido, ativo e seu",
    Check.QUALIDADE: "Qualidade do cadastro do CNS",
    Check.DIRETOR: "Direção do estabelecimento no CNES (só ADMINISTRADOR)",
    Check.TERMOS: "Termos aceitos",
}
ADMINISTRATOR = "Há ADMINISTRADOR neste CNES (só OPERADOR, ao pedir)"


@dataclass(frozen=True, slots=True, repr=False)
class Holder:
    """Whom a CNS number leads to: his CPF, whether the registration is active, its quality grade (0 to 100)."""

    cpf: str
    ativa: bool
    qualidade: int


def linked(is_linked: bool) -> Refused | None:
    """R021: for every profile."""
    if is_linked:
        return None
    return Refused(
        "SGOP_SEM_GOVBR",
        "A sua conta não está vinculada a uma conta gov.br.",
        'Entre uma vez por "Entrar com GOV.BR", com a conta gov.br do seu CPF, e repita o pedido. Não é preciso sair.',
    )


def card(cns: str, cpf: str, holder: Holder | None) -> Refused | None:
    """R022: 15 digits with the right check digit, of the CNS base, active, and of this very CPF.

    A number of somebody else's gets the answer of one that does not exist: nobody learns whose it is.
    """
    verdict = cns_rules.check(cns)
    if not cns or not verdict.ok:
        message = verdict.message or "Falta o número do CNS."
        return Refused("SGOP_CNS_INVALIDO", message, "Informe os 15 números do seu Cartão Nacional de Saúde.")
    if holder is None or holder.cpf != cpf:
        return Refused(
            "SGOP_CNS_NAO_E_SEU",
            "Na base do CNS não há este número com o seu CPF.",
            "Confira o número do seu cartão. Se estiver certo, procure uma unidade de saúde para que o seu CPF seja "
            "registrado no cadastro.",
        )
    if not holder.ativa:
        return Refused(
            "SGOP_CNS_INATIVO",
            "O cadastro deste CNS está inativo.",
            "Procure uma unidade de saúde para regularizar o cadastro e repita o pedido.",
        )
    return None


def quality(holder: Holder) -> Refused | None:
    """R023-R026: the grade of the record in the CNS base; nothing here can raise it."""
    if holder.qualidade >= MINIMUM_GRADE:
        return None
    return Refused(
        "SGOP_BAIXA_QUALIDADE",
        "A qualidade cadastral do número do CNS empregado é baixa.",
        "O titular do dado deve procurar uma unidade de saúde (Unidade Básica de Saúde, hospital ou outra), onde os "
        "seus dados são editados e retificados na base do CNS. O SGOP não altera a qualidade. Depois da correção, "
        "repita o pedido: a qualidade é verificada de novo a cada tentativa.",
        {"minimo": MINIMUM_GRADE},
    )


def director(perfil: Perfil, cnes: str, directed: Collection[str]) -> Refused | None:
    """R031, R032, R040 for an ADMINISTRADOR; nothing for an OPERADOR (R041). `directed`: the CNES whose director
    the person is."""
    if perfil is not Perfil.ADMINISTRADOR:
        return None
    if cnes not in directed:
        return Refused(
            "SGOP_NAO_E_DIRETOR",
            "No CNES, o diretor clínico, gerente ou administrador deste estabelecimento não é você.",
            "Só quem consta como diretor, gerente ou administrador neste CNES pode ser o ADMINISTRADOR. Se é o seu "
            "caso, atualize o CNES; se não é, peça o perfil OPERADOR, quando o estabelecimento tiver ADMINISTRADOR.",
        )
    if len(set(directed)) > 1:
        return Refused(
            "SGOP_DIRETOR_DE_OUTRO",
            "No CNES, você consta como responsável também por outro estabelecimento de saúde.",
            "O ADMINISTRADOR não pode ser responsável por outro estabelecimento. Deixe a outra responsabilidade no "
            "CNES, ou a operadora registra outra pessoa como diretor deste.",
        )
    return None


def terms(accepted: bool) -> Refused | None:
    """The terms in force, not those of before."""
    if accepted:
        return None
    return Refused(
        "SGOP_TERMOS",
        "Falta aceitar os termos de uso em vigor.",
        'Leia os termos em "Termos de uso" e aceite-os.',
    )


def administrator_first(perfil: Perfil, registered: bool) -> Refused | None:
    """R030, R043, decision 5: an OPERADOR asks only after an ADMINISTRADOR is registered (PENDENTE or APROVADO)."""
    if perfil is Perfil.ADMINISTRADOR or registered:
        return None
    return Refused(
        "SGOP_SEM_ADMINISTRADOR",
        "Ainda não há ADMINISTRADOR cadastrado para este CNES.",
        "O primeiro cadastro é o do ADMINISTRADOR, que é o diretor, gerente ou administrador registrado no CNES. "
        "Peça a ele que faça o autocadastro e repita o pedido.",
    )
