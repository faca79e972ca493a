"""What a client certificate must say for a company to stand behind it (reference access.md, 6.1 to 6.3). Pure.

Only what a trusted chain vouches for may come here: the chain, the dates and revocation are judged before.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from vincula.common.outcomes import Accepted, Outcome
from vincula.identifiers import cnpj, cpf
from vincula.national.icp.refusals import Code, refuse

TEST_ROOT = "AC RAIZ DE TESTE - NAO E ICP-BRASIL"
"""Common name of the root of every sandbox; an installation that is no sandbox never trusts it."""

CLIENT_AUTH = "1.3.6.1.5.5.7.3.2"
POLICIES = "2.16.76.1.2."
"""The arc of the certificate policies of ICP-Brasil."""
_A_KINDS = {"1": "A1", "2": "A2", "3": "A3", "4": "A4"}
_SE_KINDS = {"201": "SE-S", "202": "SE-H"}

NASCIMENTO_CPF = "2.16.76.1.3.1"  # of a natural person; a company's responsible person stands in …3.4
CNPJ_TITULAR = "2.16.76.1.3.3"
NOME_EQUIPAMENTO = "2.16.76.1.3.8"
_WIDTH = cnpj.WIDTH
_UNKNOWN = "0" * _WIDTH  # how ICP-Brasil writes a number that is not known


@dataclass(frozen=True, slots=True)
class Leaf:
    """What the rules read of a certificate, as it stands there.

    An absent extension leaves its field false or empty. `other_names`: (OID, text) of the subjectAltName; the text is
    None where the value is no string. `purposes` and `policies` are OIDs.
    """

    is_ca: bool
    digital_signature: bool
    purposes: frozenset[str]
    policies: tuple[str, ...]
    other_names: tuple[tuple[str, str | None], ...]
    serial_numbers: tuple[str, ...]
    common_names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Holder:
    """The company: its CNPJ, "PJ" or "SE", and the policy (A1 … A4, SE-S, SE-H)."""

    cnpj: str
    kind: str
    policy: str


def holder(leaf: Leaf) -> Outcome[Holder]:
    """The company behind a certificate whose chain holds. Refused: the codes from SEM_ASSINATURA_DIGITAL on."""
    found = usage_fault(leaf) or profile_fault(leaf)
    if found:
        return refuse(found)
    policy = policy_of(leaf.policies)
    if policy is None:
        return refuse(Code.POLITICA_NAO_ACEITA)
    number = cnpj_of(leaf)
    if number is Code.CNPJ_AUSENTE and _names_a_person(leaf):
        return refuse(Code.CERTIFICADO_DE_PESSOA)
    if isinstance(number, Code):
        return refuse(number)
    return Accepted(Holder(number, "SE" if policy.startswith("SE") else "PJ", policy))


def usage_fault(leaf: Leaf) -> Code | None:
    """Both must be there in so many words: an absent extension, or "any purpose", permits nothing here (6.3, 3)."""
    if not leaf.digital_signature:
        return Code.SEM_ASSINATURA_DIGITAL
    return None if CLIENT_AUTH in leaf.purposes else Code.SEM_AUTENTICACAO_DE_CLIENTE


def profile_fault(leaf: Leaf) -> Code | None:
    """Persons and machines carry the same policies as companies: their own otherNames tell them apart."""
    oids = {oid for oid, _ in leaf.other_names}
    if NASCIMENTO_CPF in oids:
        return Code.CERTIFICADO_DE_PESSOA
    return Code.CERTIFICADO_DE_EQUIPAMENTO if NOME_EQUIPAMENTO in oids else None


def _names_a_person(leaf: Leaf) -> bool:
    """A CPF where a company's CNPJ would stand: an e-CPF, also one without the old otherName."""
    serials = (text.strip().removeprefix("CPF:").strip() for text in leaf.serial_numbers)
    return any(map(cpf.is_valid, serials)) or any(map(cpf.is_valid, map(_tail, leaf.common_names)))


def policy_of(policies: Iterable[str]) -> str | None:
    """A1 … A4, SE-S or SE-H; None unless every ICP-Brasil policy named is of one and the same accepted kind (6.2)."""
    kinds = {_kind(oid.removeprefix(POLICIES)) for oid in policies if oid.startswith(POLICIES)}
    return kinds.pop() if len(kinds) == 1 else None


def _kind(arcs: str) -> str | None:
    first, _, rest = arcs.partition(".")
    return (_A_KINDS.get(first) if rest else None) or _SE_KINDS.get(first)


def cnpj_of(leaf: Leaf) -> str | Code:
    """The holder's CNPJ, or why there is none (6.1).

    In order: otherName 2.16.76.1.3.3; the subject's serialNumber (`CNPJ:` before it or not); what follows the last ":"
    of the common name. All that are there must agree. Nowhere else is looked: OU and 2.16.76.1.4.5.1 hold the CNPJ of
    the Autoridade de Registro.
    """
    named = [text for oid, text in leaf.other_names if oid == CNPJ_TITULAR]
    declared = {text.strip() for text in named if text is not None and text.strip(" 0")}
    if None in named or any(not cnpj.is_valid(text) for text in declared):
        return Code.CNPJ_INVALIDO
    serials = {text for text in map(_serial, leaf.serial_numbers) if len(text) == _WIDTH and text != _UNKNOWN}
    tails = {text for text in map(_tail, leaf.common_names) if cnpj.is_valid(text)}
    found = declared | serials | tails
    if len(found) > 1:
        return Code.CNPJ_DIVERGENTE
    if not all(map(cnpj.is_valid, serials)):
        return Code.CNPJ_INVALIDO
    return found.pop() if found else Code.CNPJ_AUSENTE


def _serial(text: str) -> str:
    return text.strip().removeprefix("CNPJ:").strip()


def _tail(text: str) -> str:
    return text.rpartition(":")[2].strip() if ":" in text else ""
