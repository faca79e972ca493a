"""RN001 to RN013: CPF, names, sex, race, birth, blood, death."""

from __future__ import annotations

from collections.abc import Iterator

from vincula.identifiers import cns as cns_rule
from vincula.identifiers import cpf as cpf_rule
from vincula.people.name import NameField, check_name
from vincula.people.record import PersonRecord
from vincula.people.tables import table
from vincula.people.terms import Match, official

from .faults import Around, Channel, Fault
from .texts import date_faults, fits_prose, too_long

INDIGENA = "05"
_NAMES = (
    ("nome", NameField.NOME),
    ("nome_mae", NameField.NOME_MAE),
    ("nome_pai", NameField.NOME_PAI),
    ("nome_social", NameField.NOME_SOCIAL),
)
_OWN_RULE = {"nome_mae": "RN003.2", "nome_pai": "RN004.2", "nome_social": "RN008.2"}


def check(record: PersonRecord, around: Around) -> Iterator[Fault]:
    """What RN001 to RN013 have against the record."""
    yield from _cpf(record)
    yield from _cards(record)
    yield from _names(record, around)
    yield from _sex_and_race(record)
    yield from _birth_and_blood(record, around)
    yield from _death(record, around)


def _cpf(record: PersonRecord) -> Iterator[Fault]:
    verdict = cpf_rule.check(record.cpf)
    if not verdict.ok:
        rule = "RN001.3" if verdict.rule == "CPF.repetido" else "RN001.2"
        yield Fault(rule, "cpf", verdict.message, verdict.remedy)


def _cards(record: PersonRecord) -> Iterator[Fault]:
    """Field 52 and 53: what is given as a CNS must be one (V7 is for the base to say)."""
    for card in record.cartoes:
        verdict = cns_rule.check(card.numero)
        if not verdict.ok or not verdict.present:
            message = verdict.message or "Há um cartão sem número."
            yield Fault(
                "CAMPO52", "cartoes", message, verdict.remedy or "Informe o número ou retire o cartão."
            )


def _names(record: PersonRecord, around: Around) -> Iterator[Fault]:
    for name, kind in _NAMES:
        findings = check_name(
            getattr(record, name),
            has_cpf=bool(record.cpf),
            field=kind,
            terms=around.terms,
            ignore_quality=around.ignore_quality,
        )
        for found in findings:
            via = _OWN_RULE.get(name, "") if found.rule.startswith("RN002") else ""
            yield Fault(found.rule, name, found.message, found.remedy, via)


def _sex_and_race(record: PersonRecord) -> Iterator[Fault]:
    if not record.sexo:
        yield Fault("RN005.1", "sexo", "O sexo não foi informado.", "Informe M, F ou I (ignorado).")
    elif record.sexo not in table("sexo"):
        yield Fault("RN005.2", "sexo", "O sexo não é M, F nem I.", "Informe um desses códigos.")
    if not record.raca_cor:
        yield Fault(
            "RN006.1",
            "raca_cor",
            "A raça/cor não foi informada.",
            "Informe o código; se não é conhecida, 99.",
        )
    elif record.raca_cor not in table("raca_cor"):
        remedy = "Use 01 branca, 02 preta, 03 parda, 04 amarela, 05 indígena ou 99 sem informação."
        yield Fault("RN006.2", "raca_cor", "A raça/cor não é um código da tabela.", remedy)
    yield from _ethnicity(record)


def _ethnicity(record: PersonRecord) -> Iterator[Fault]:
    if record.raca_cor == INDIGENA:
        if not record.etnia:
            yield Fault(
                "RN007.1",
                "etnia",
                "Falta a etnia de quem é indígena.",
                "Informe o código da etnia (X405: sem informação).",
            )
        elif record.etnia not in table("etnia"):
            yield Fault(
                "RN007.2", "etnia", "A etnia não é um código da tabela.", "Informe os 4 caracteres do código."
            )
    elif record.etnia:
        yield Fault(
            "RN007.3",
            "etnia",
            "A etnia só cabe a quem tem raça/cor indígena (05).",
            "Corrija a raça/cor ou retire a etnia.",
        )


def _birth_and_blood(record: PersonRecord, around: Around) -> Iterator[Fault]:
    if not record.data_nascimento:
        yield Fault(
            "RN010.1",
            "data_nascimento",
            "A data de nascimento não foi informada.",
            "Informe a data do documento.",
        )
    yield from date_faults(record.data_nascimento, "data_nascimento", "data de nascimento", "RN010.2", around)
    if record.tipo_sanguineo and record.tipo_sanguineo not in table("tipo_sanguineo"):
        remedy = "Use A+, A-, B+, B-, AB+, AB-, O+ ou O-, ou deixe em branco."
        yield Fault("RN011.2", "tipo_sanguineo", "O tipo sanguíneo não é da tabela.", remedy)


def _death(record: PersonRecord, around: Around) -> Iterator[Fault]:
    yield from date_faults(
        record.data_obito, "data_obito", "data de óbito", "RN012.2", around, record.data_nascimento
    )
    text, field = record.justificativa_obito, "justificativa_obito"
    if not text:
        # Neither the PIX annex nor the v5r0 schema has an element for it: only a screen can ask.
        if record.data_obito and around.channel is Channel.TELA:
            yield Fault(
                "RN013.1", field, "Falta a justificativa do óbito.", "Escreva-a, com três palavras ou mais."
            )
        return
    yield from too_long(text, 4000, 12, field, "A justificativa do óbito")
    if not fits_prose(text):
        message = "A justificativa do óbito traz sinais que não são letras, algarismos nem pontuação."
        yield Fault("RN013.2", field, message, "Retire esses sinais.")
    if "  " in text:
        yield Fault(
            "RN013.3", field, "A justificativa do óbito traz dois espaços seguidos.", "Deixe um só espaço."
        )
    if term := (around.terms or official()).find(text, Match.WHOLE_WORDS):
        message = f"A justificativa do óbito usa uma expressão que o CadSUS não aceita: {term}."
        yield Fault("RN013.4", field, message, "Diga o mesmo com outra palavra.")
    if len(text.split()) < 3:
        yield Fault(
            "RN013.5", field, "A justificativa do óbito tem menos de três palavras.", "Escreva-a por extenso."
        )
