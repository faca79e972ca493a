"""The críticas of one record (reference sib.md, 1.5 and 5.2), on plain mappings column → text.

Everything that needs the base is in `Facts`: the caller looked it up. A record's structure has been held against the
schema before; what a schema cannot say is here. Each check gets what was `sent` and the `result`, the record as the
movement would leave it; of an inclusão both are the same. What cannot be judged without a base of plans: decision 0005.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from vincula.identifiers import caepf, cei, cnpj, cns, cpf, pis, plano
from vincula.national.sib.rules.catalog import Finding
from vincula.people.demographics import ADULT_AGE, is_adult

Record = Mapping[str, str]
ADULT = ADULT_AGE
FIRST_DN_BIRTH = "2010-01-01"


@dataclass(frozen=True, slots=True)
class Context:
    """What a whole file shares: the day of processing (ISO) and the IBGE codes of six digits."""

    today: str
    municipalities: frozenset[str]


@dataclass(frozen=True, slots=True)
class Facts:
    """What the base knows about one record: is the código in use by another active vínculo, is the titular known."""

    code_in_use: bool = False
    titular_known: bool = True


_CHECKED: tuple[tuple[str, str, Callable[[str], bool]], ...] = (
    ("cpf", "CPF-1", cpf.is_valid),
    ("pis", "PIS-1", pis.is_valid),
    ("cns", "CNS-1", cns.is_valid),
    ("plano_ans", "PLA-1", plano.is_valid),
    ("plano_portabilidade", "PLA-1", plano.is_valid),
    ("cnpj_contratante", "CNP-1", cnpj.is_valid),
    ("cei_contratante", "CNP-1", cei.is_valid),
    ("caepf_contratante", "CNP-1", caepf.is_valid),
)


def is_blank(value: str) -> bool:
    """Whether a field holds nothing: the schema takes spaces for text, people do not."""
    return not value or value.isspace()


def check_digits(sent: Record) -> Iterator[Finding]:
    """CPF-1, PIS-1, CNS-1, PLA-1, CNP-1 on what was sent."""
    for column, rule, is_valid in _CHECKED:
        value = sent.get(column, "")
        if value and not is_valid(value):
            yield Finding(rule, column, value)


def check_name(sent: Record) -> Iterator[Finding]:
    """NOM-1 (a name without a letter is none) and NOM-2, a warning (instr. §8)."""
    name = sent.get("nome", "")
    if not name:
        return
    if not any(map(str.isalpha, name)):
        yield Finding("NOM-1", "nome", name.strip())
    elif is_short_name(name):
        yield Finding("NOM-2", "nome", name)


def is_short_name(name: str) -> bool:
    """Whether a name has a single word or looks abbreviated: a word of one letter other than E and Y."""
    words = name.split()
    return len(words) < 2 or any(len(word) == 1 and word not in "EYey" for word in words)


def check_address(sent: Record, result: Record, context: Context) -> Iterator[Finding]:
    """END-1, END-2: municipalities sent must exist; a residence only beside a professional address."""
    for column in ("municipio", "municipio_residencia"):
        value = sent.get(column, "")
        if value and value not in context.municipalities:
            yield Finding("END-1", column, value)
    touched = "municipio_residencia" in sent or "tipo_endereco" in sent
    if touched and result["municipio_residencia"] and result["tipo_endereco"] != "1":
        yield Finding("END-2", "municipio_residencia", result["municipio_residencia"])


def check_birth(sent: Record, result: Record, context: Context) -> Iterator[Finding]:
    """DNA-1 and DN-1."""
    birth = result["nascimento"]
    if "nascimento" in sent and (
        birth > context.today or (result["contratacao"] and birth > result["contratacao"])
    ):
        yield Finding("DNA-1", "nascimento", birth)
    if sent.get("dn") and birth < FIRST_DN_BIRTH:
        yield Finding("DN-1", "dn", sent["dn"])


def check_contract_date(sent: Record, result: Record, context: Context) -> Iterator[Finding]:
    """DCT-1; a contract before birth is told of the birth date when that was sent with it (DNA-1)."""
    date = sent.get("contratacao", "")
    if date and (date > context.today or ("nascimento" not in sent and date < result["nascimento"])):
        yield Finding("DCT-1", "contratacao", date)


def check_titular(sent: Record, result: Record, facts: Facts) -> Iterator[Finding]:
    """TIT-1 to TIT-3 on the resulting record, when the movement touched it."""
    if "relacao" not in sent and "codigo_titular" not in sent:
        return
    titular = result["codigo_titular"]
    if result["relacao"] == "1":
        if sent.get("codigo_titular"):
            yield Finding("TIT-2", "codigo_titular", titular)
    elif is_blank(titular):
        yield Finding("TIT-1", "codigo_titular")
    elif not facts.titular_known or titular == result["codigo"]:
        yield Finding("TIT-3", "codigo_titular", titular)


def check_code(result: Record, facts: Facts) -> Iterator[Finding]:
    """COD-1 and COD-2."""
    if is_blank(result["codigo"]):
        yield Finding("COD-1", "codigo")
    elif facts.code_in_use:
        yield Finding("COD-2", "codigo", result["codigo"])


def check_plan_choice(sent: Record, result: Record) -> Iterator[Finding]:
    """The part of PLA-2 that needs no base of plans: one plan is not both before and after Lei 9.656/98.

    Only a retificação can ask for it; in the other movements the schema has the choice."""
    old = result["plano_operadora"]
    if (
        old
        and (result["plano_ans"] or result["plano_portabilidade"])
        and ("plano_operadora" in sent or "plano_ans" in sent or "plano_portabilidade" in sent)
    ):
        yield Finding("PLA-2", "plano_operadora", old)


def check_mandatory(record: Record, context: Context) -> Iterator[Finding]:
    """CPF-2, MAE-1, MAE-2 and the missing municipality, for an inclusão (instr. §§2.1–2.4, 3.1).

    The age that counts is that of the day of processing (derived: the rule does not say which day)."""
    if not record["municipio"]:
        yield Finding("END-1", "municipio")
    known = bool(record["pis"]) or not is_blank(record["nome_mae"])
    if record["relacao"] != "1" and not is_adult(record["nascimento"], context.today):
        if not (record["cpf"] or known):
            yield Finding("MAE-2", "nome_mae")
        return
    if not record["cpf"]:
        yield Finding("CPF-2", "cpf")
    if not known:
        yield Finding("MAE-1", "nome_mae")


def check_inclusao(record: Record, facts: Facts, context: Context) -> tuple[Finding, ...]:
    """Every crítica of an inclusão; refused when one of them refuses."""
    return (
        *check_code(record, facts),
        *check_name(record),
        *check_birth(record, record, context),
        *check_digits(record),
        *check_mandatory(record, context),
        *check_titular(record, record, facts),
        *check_address(record, record, context),
        *check_contract_date(record, record, context),
    )
