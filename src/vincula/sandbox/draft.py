"""A beneficiary's inclusão while it is being written, and what the system must make of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from vincula.people.name import identity_key
from vincula.sandbox.people import Base, SandboxPerson

_OF_SITUATION = {3: "CPF_FALECIDO", 5: "CPF_CANCELADO", 8: "CPF_NULO", 9: "CPF_CANCELADO"}
_OF_BASE = {Base.CONFLICT: "CPF_EM_CONFLITO", Base.WITHOUT_CPF: "EM_REVISAO"}


class Truth(NamedTuple):
    """What is true of one record, and what the system must answer.

    `critica`: the rule (sib.md 5.2) that must refuse the record, "" where it must be accepted; the others
    are "" for a refused record. `motivo` and `acao` are names of the reasons and actions of attribution
    after the consolidation of the record's competência. `cns` is the number that the CNX must then show: ""
    for none, and for one that is issued.
    """

    codigo: str
    serial: int
    classes: tuple[str, ...]
    critica: str
    motivo: str
    acao: str
    cns: str

    @property
    def has_cns(self) -> bool:
        """Whether the vínculo has a number after consolidation."""
        return bool(self.cns) or self.acao == "EMITIDO"


@dataclass(slots=True)
class Draft:
    """`sent` holds the fields of the inclusão, `family` whoever lives with the person (and the person).
    `age` in whole years on the sandbox's reference day.
    """

    person: SandboxPerson
    family: Sequence[SandboxPerson]
    sent: dict[str, str]
    age: int
    classes: list[str] = field(default_factory=list)
    critica: str = ""
    first: bool = False  # to be put before its titular

    @property
    def dependent(self) -> bool:
        return self.sent["relacaoDependencia"] != "1"

    @property
    def cpf_of(self) -> SandboxPerson | None:
        """Whose CPF is sent; None where it is absent or stands in no base."""
        cpf = self.sent["cpf"]
        if not cpf or cpf == self.person.cpf:
            return self.person if cpf else None
        return next((p for p in self.family if p.cpf == cpf), None)

    def refuse(self, rule: str) -> bool:
        """Note that the record must be refused by this rule."""
        self.critica = self.critica or rule
        return True

    def truth(self) -> Truth:
        """What the system must make of the record as it stands now."""
        codigo, serial, classes = self.sent["codigoBeneficiario"], self.person.serial, tuple(self.classes)
        if self.critica:
            return Truth(codigo, serial, classes, self.critica, "", "", "")
        owner, informed = self.cpf_of, self.sent["cns"]
        reason = self._reason(owner)
        if owner is None or reason != "VALIDADO":
            return Truth(
                codigo, serial, classes, "", reason, "INFORMADO" if informed else "NENHUMA", informed
            )
        if not owner.cns:
            return Truth(codigo, serial, classes, "", reason, "EMITIDO", "")
        return Truth(codigo, serial, classes, "", reason, _action(informed, owner.cns), owner.cns[0])

    def _reason(self, owner: SandboxPerson | None) -> str:
        """Which of nome, CPF and nascimento agree with the Receita, and whether the CPF and the CNS base
        permit.
        """
        sent = self.sent
        if owner is None:
            return "DADOS_NAO_CONFEREM" if sent["cpf"] else "SEM_CPF"
        same_birth = sent["dataNascimento"] == owner.nascimento
        same_name = sent["nome"] == owner.nome or identity_key(sent["nome"]) == identity_key(owner.nome)
        if not (same_name and same_birth):
            both = not same_name and not same_birth
            return "DADOS_NAO_CONFEREM" if both else "NASCIMENTO_DIFERE" if same_name else "NOME_DIFERE"
        return _OF_SITUATION.get(owner.situacao) or _OF_BASE.get(owner.base, "VALIDADO")


def _action(informed: str, cards: tuple[str, ...]) -> str:
    if not informed:
        return "ATRIBUIDO"
    if informed == cards[0]:
        return "MANTIDO"
    return "SUBSTITUIDO_QUALIDADE" if informed in cards else "SUBSTITUIDO_OUTRA_PESSOA"
