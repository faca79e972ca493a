"""What an operadora sends in the competência after the first: corrections, and what happened to its
beneficiaries.

It knows by then the CCO of everybody who was accepted (from the RPX). Refused records come again,
corrected; names and dates are mended by retificação; people change plan, leave, come back. A few movements
are wrong on purpose.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import NamedTuple

from vincula.formats.sib import COLUMNS_INCLUSAO
from vincula.identifiers import cco as cco_numbers
from vincula.sandbox.beneficiaries import REFERENCE, Beneficiary
from vincula.sandbox.chance import Dice, key_of
from vincula.sandbox.draft import Draft, Truth
from vincula.sandbox.operadoras import BY_REGISTRO
from vincula.sandbox.people import SandboxPerson
from vincula.sandbox.spelling import civil_to_sib

INCLUSAO, RETIFICACAO, MUDANCA, CANCELAMENTO, REATIVACAO = 1, 2, 3, 4, 5
DAY = REFERENCE.isoformat()
_MENDABLE = ("DADOS_NAO_CONFEREM", "NOME_DIFERE", "NASCIMENTO_DIFERE", "SEM_CPF")
_NO_CCO = cco_numbers.from_number(9_999_999_900)


class Movement(NamedTuple):
    """One procedure: `kind` 1 to 5 and its `fields` (of an inclusão a row in COLUMNS_INCLUSAO order).

    `truth.critica` is the rule that must refuse the movement; the rest of the truth is that of the vínculo
    after it.
    """

    kind: int
    fields: tuple[str, ...] | Mapping[str, str]
    truth: Truth


def follow_up(
    records: Iterable[Beneficiary], ccos: Mapping[str, str], seed: int, registro_ans: str
) -> list[Movement]:
    """The movements of the second file, in the order of the instructions (§10). `ccos`: código → CCO, from
    the RPX.

    `records` are the ones of the first file, in their order, families together. At most a few movements a
    record.
    """
    writer = _Writer(key_of(seed, f"movimentos/{registro_ans}"), ccos, BY_REGISTRO[registro_ans].planos)
    moves = [
        move
        for _, family in groupby(records, key=lambda record: record.person.familia)
        for move in writer.family(sorted(family, key=lambda record: record.person.serial))
    ]
    return sorted(moves, key=lambda move: move.kind)


class _Writer:
    def __init__(self, key: int, ccos: Mapping[str, str], plans: tuple[str, ...]) -> None:
        self.key = key
        self.ccos = ccos
        self.plans = plans

    def family(self, family: list[Beneficiary]) -> Iterator[Movement]:
        dice = Dice(self.key, family[0].person.familia)
        head = family[0]
        resend = dice.happens(7500) and (head.person.cpf or not head.truth.critica)
        changes = dice.happens(200) and not head.truth.critica
        new_plan = dice.one_of(self.plans) if changes else ""
        for record in family:
            truth = record.truth
            dice = Dice(self.key ^ 1, record.person.serial)
            if truth.critica:
                if resend and record.person.cpf:
                    yield self._again(family, record)
            elif cco := self.ccos.get(truth.codigo, ""):
                yield from self._of_accepted(record, cco, dice, new_plan)

    def _again(self, family: list[Beneficiary], record: Beneficiary) -> Movement:
        """A refused record, right this time."""
        person = record.person
        sent = dict(zip(COLUMNS_INCLUSAO, record.row, strict=True))
        sent.update(
            _identity(person), cns="", dn="", nomeMae=civil_to_sib(person.nome_mae), pisPasep=person.pis
        )
        sent.update(codigoMunicipio=person.municipio[:6], codigoMunicipioResidencia="", tipoEndereco="2")
        first = family[0].truth.serial
        place = [r.person.serial for r in family].index(person.serial)
        sent["codigoBeneficiario"] = f"{person.familia:09d}{place:02d}"
        sent["codigoBeneficiarioTitular"] = "" if person.serial == first else f"{person.familia:09d}00"
        if sent["numeroPlanoANS"]:
            sent["numeroPlanoANS"] = self.plans[0]
        sent["cnpjEmpresaContratante"] = ""
        sent["dataContratacao"] = max(min(sent["dataContratacao"], DAY), person.nascimento)
        return Movement(INCLUSAO, tuple(sent.values()), _truth_of(person, sent))

    def _of_accepted(self, record: Beneficiary, cco: str, dice: Dice, new_plan: str) -> Iterator[Movement]:
        truth, person = record.truth, record.person
        if truth.motivo in _MENDABLE and person.cpf and dice.happens(6500):
            sent = dict(zip(COLUMNS_INCLUSAO, record.row, strict=True))
            right = {name: value for name, value in _identity(person).items() if sent[name] != value}
            truth = _truth_of(person, {**sent, **right})
            yield Movement(RETIFICACAO, {"cco": cco, **right}, truth)
        elif dice.happens(150):
            yield Movement(
                RETIFICACAO, {"cco": cco, "logradouro": "RUA NOVA DA AMOSTRA", "numero": "7"}, truth
            )
        elif dice.happens(20):
            yield Movement(RETIFICACAO, {"cco": cco, "cns": "700000000000004"}, _refused(truth, "CNS-1"))
        elif dice.happens(20):
            yield Movement(
                RETIFICACAO, {"cco": _NO_CCO, "nome": civil_to_sib(person.nome)}, _refused(truth, "CCO-3")
            )
        if new_plan:
            yield Movement(MUDANCA, _change(record, cco, new_plan), truth)
        yield from _ending(cco, dice, truth, dead=record.truth.motivo == "CPF_FALECIDO")


def _ending(cco: str, dice: Dice, truth: Truth, *, dead: bool) -> Iterator[Movement]:
    """Whoever died, left or came back; and two ways of getting it wrong."""
    if dead or dice.happens(200):
        reason = "44" if dead else dice.one_of(("41", "43", "46", "48"))
        fields = {"cco": cco, "dataCancelamento": DAY, "motivoCancelamento": reason}
        yield Movement(CANCELAMENTO, fields, truth)
        if not dead and dice.happens(2000):
            yield Movement(REATIVACAO, {"cco": cco, "dataReativacao": DAY}, truth)
    elif dice.happens(20):
        fields = {"cco": cco, "dataCancelamento": "1950-01-01", "motivoCancelamento": "41"}
        yield Movement(CANCELAMENTO, fields, _refused(truth, "CAN-1"))
    elif dice.happens(20):
        yield Movement(REATIVACAO, {"cco": cco, "dataReativacao": DAY}, _refused(truth, "REA-1"))


def _identity(person: SandboxPerson) -> dict[str, str]:
    return {
        "cpf": person.cpf,
        "nome": civil_to_sib(person.nome),
        "sexo": "1" if person.sexo == "M" else "3",
        "dataNascimento": person.nascimento,
    }


def _change(record: Beneficiary, cco: str, plan: str) -> dict[str, str]:
    sent = dict(zip(COLUMNS_INCLUSAO, record.row, strict=True))
    fields = {"cco": cco, "relacaoDependencia": sent["relacaoDependencia"]}
    if sent["codigoBeneficiarioTitular"]:
        fields["codigoBeneficiarioTitular"] = sent["codigoBeneficiarioTitular"]
    return {**fields, "dataContratacao": DAY, "numeroPlanoANS": plan, "coberturaParcialTemporaria": "0"}


def _truth_of(person: SandboxPerson, sent: dict[str, str]) -> Truth:
    return Draft(person, (person,), sent, 0).truth()


def _refused(truth: Truth, rule: str) -> Truth:
    return Truth(truth.codigo, truth.serial, truth.classes, rule, "", "", "")
