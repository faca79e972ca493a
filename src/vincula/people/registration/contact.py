"""RN020 and RN021: e-mails and telephones."""

from __future__ import annotations

from collections.abc import Iterator

from vincula.identifiers.digits import is_digits
from vincula.people.record import PersonRecord, Phone
from vincula.people.tables import table

from .faults import Around, Fault
from .texts import too_long

BRASIL_DDI = "55"
_MOBILE = frozenset({"3", "9"})  # celular, celular corporativo
_PROVIDERS = {"GMAIL": "COM", "BOL": "COM.BR", "IG": "COM.BR", "UOL": "COM.BR"}
_NONE = "A pessoa não tem telefone informado."
_NO_PHONE_REMEDY = "Se ela não tem nenhum, informe o do estabelecimento responsável pelo cadastro (RN021.10)."


def check(record: PersonRecord, around: Around) -> Iterator[Fault]:
    """What RN020 (but item 4, which needs the base) and RN021 have against the record."""
    del around
    yield from _emails(record)
    if not record.telefones:
        yield Fault("RN021.6", "telefones", _NONE, _NO_PHONE_REMEDY)
    for place, phone in enumerate(record.telefones, start=1):
        yield from _phone(phone, place)


def _emails(record: PersonRecord) -> Iterator[Fault]:
    for place, email in enumerate(record.emails):
        name = "O e-mail principal" if place == 0 else "O e-mail alternativo"
        field = f"emails.{place + 1}"
        yield from too_long(email, 100, 19 + min(place, 1), field, name)
        if "@" not in email or "." not in email:
            yield Fault("RN020.2", field, f"{name} não tem @ ou não tem ponto.", "Confira o endereço.")
        provider, _, ending = email.upper().rpartition("@")[2].partition(".")
        if provider in _PROVIDERS and ending != _PROVIDERS[provider]:
            message = f"{name} tem um domínio que o provedor não usa."
            remedy = f"Com esse provedor o endereço termina em .{_PROVIDERS[provider].lower()}."
            yield Fault("RN020.5", field, message, remedy)
    folded = [email.casefold() for email in record.emails]
    if len(set(folded)) < len(folded):
        message = "Os e-mails principal e alternativo são o mesmo."
        yield Fault("RN020.3", "emails", message, "Informe outro alternativo ou deixe só o principal.")
    if len(folded) > 2:
        yield Fault("CAMPO20", "emails", "Há mais de dois e-mails.", "Deixe o principal e um alternativo.")


def _phone(phone: Phone, place: int) -> Iterator[Fault]:
    field, name = f"telefones.{place}", f"O {place}º telefone"
    number = phone.numero
    if not phone.tipo:
        yield Fault("RN021.1", field, f"{name} está sem tipo.", "Informe o tipo (1 residencial, 3 celular…).")
    elif phone.tipo not in table("tipo_telefone"):
        yield Fault("RN021.1", field, f"{name} tem um tipo que não é da tabela.", "Informe de 1 a 9.")
    if not (number.isascii() and number.isdigit()):
        message = f"{name} não tem só algarismos no número."
        yield Fault("RN021.4", field, message, "Retire espaços, letras e sinais.")
        return
    if number.count(number[0]) == len(number):
        message = f"{name} é um só algarismo repetido."
        yield Fault("RN021.5", field, message, _NO_PHONE_REMEDY)
    if phone.ddi in ("", BRASIL_DDI):  # the document speaks of Brazilian numbers only (derived)
        yield from _brazilian(phone, field, name)
    elif len(number) > 11 or len(phone.ddd) > 2:
        yield Fault("RN021.3", field, f"{name} é longo demais.", "Confira o número e o código de área.")


def _brazilian(phone: Phone, field: str, name: str) -> Iterator[Fault]:
    number = phone.numero
    if not is_digits(phone.ddd, 2):
        yield Fault("RN021.2", field, f"{name} está sem DDD de 2 algarismos.", "Informe o DDD, sem zero.")
    if len(number) not in (8, 9):
        yield Fault("RN021.3", field, f"{name} não tem 8 nem 9 algarismos.", "Confira o número, sem o DDD.")
    elif len(number) == 9 and not number.startswith("9"):
        yield Fault("RN021.7", field, f"{name} tem 9 algarismos e não começa por 9.", "Confira o número.")
    elif len(number) == 8 and phone.tipo in _MOBILE:
        yield Fault("RN021.8", field, f"{name} é celular e tem 8 algarismos.", "Acrescente o 9 na frente.")
