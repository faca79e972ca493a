"""What may be sent, and when it is tried again. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

SUBJECT = 300  # characters
# After the first failure, the second, …; after the last the mail is given up: some two days in all.
PAUSES = tuple(timedelta(minutes=m) for m in (1, 5, 15, 60, 240, 720, 1_440))
LONGEST_LOOK = 60
_KINDS = {
    "VENCIDO": "O que a mensagem dizia venceu antes de ela sair; não é mais enviada.",
    "MENSAGEM": "O assunto ou o texto não dá uma mensagem válida, e ela não sai.",
    "SENHA_ILEGIVEL": "O arquivo da senha do servidor de e-mail não é um texto: confira VINCULA_SMTP_URL e o arquivo.",
    "AUTENTICACAO": "O servidor de e-mail não aceitou o usuário ou a senha: confira VINCULA_SMTP_URL e a senha.",
}
LEASE = timedelta(minutes=10)  # a mail that a worker died over is tried again after this


def one_line(text: str) -> str:
    """A header's text: no line end, nothing that cannot be seen, at most SUBJECT characters."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return line if len(line) <= SUBJECT else line[: SUBJECT - 1] + "…"


def is_address(text: str) -> bool:
    """One address that stands in a header as it is: no name beside it, no second one, ASCII, printable."""
    if not text.isascii() or not text.isprintable() or set(text) & set(' ",;<>()\\[]:') or len(text) > 254:
        return False
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def pause_after(tries: int) -> timedelta | None:
    """How long to wait after this many tries (from 1); None: give up."""
    return PAUSES[tries - 1] if tries <= len(PAUSES) else None


def look_again(away: int) -> float:
    """Seconds until the queue is looked at again; `away`: how often in a row the server could not be reached."""
    return float(min(2 ** min(away, 6), LONGEST_LOOK))


def hidden(address: str) -> str:
    """An address of which the team recognises its own question, and which tells others nobody: `a…@exemplo.com.br`."""
    name, _, domain = address.partition("@")
    return f"{name[:1]}…@{domain}"


def in_words(kind: str) -> str:
    """The kind of a failure, as the team reads it, and what there is to do."""
    if kind in _KINDS:
        return _KINDS[kind]
    code = kind.removeprefix("SMTP_")
    if code.isdigit() and code.startswith("5"):
        return f"O servidor de e-mail recusou de vez ({code}): confira o endereço com a pessoa."
    if code.isdigit():
        return f"O servidor de e-mail adiou ({code}) até o fim das tentativas."
    return f"O servidor de e-mail não respondeu ({kind}): confira VINCULA_SMTP_URL e a rede."


@dataclass(frozen=True, slots=True)
class Failure:
    """Why it did not go: a kind for logs and figures, and whether trying again can help."""

    kind: str
    lasting: bool


def next_try(tries: int, failure: Failure, now: datetime) -> datetime | None:
    """When to try again; None: give up."""
    pause = None if failure.lasting else pause_after(tries)
    return now + pause if pause else None
