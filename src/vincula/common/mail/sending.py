"""The ways out: one connection to the mail server for a batch, or the sandbox's folder."""

from __future__ import annotations

import smtplib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from vincula.common import config
from vincula.common.mail import mailbox
from vincula.common.mail.models import Correio
from vincula.common.mail.services import way
from vincula.common.smtp import Smtp

Send = Callable[[Correio, datetime], None]
TIMEOUT_SECONDS = 30  # for each answer of the server; a mail's lease is twenty times that
SANDBOX_SENDER = "nao-responda@vincula.invalid"


class UnreachableError(Exception):
    """No connection, or none that lets us in: no mail can go now, whichever it is."""

    def __init__(self, reason: smtplib.SMTPException | OSError | ValueError) -> None:
        super().__init__(type(reason).__name__)
        self.reason = reason


@contextmanager
def open_way() -> Iterator[Send | None]:
    """What sends a mail, as the installation is configured; None where nothing is sent. The connection is opened with
    the first mail and closed at the end.

    `Send` raises UnreachableError, or what the server made of this very mail (smtplib.SMTPException, OSError).
    """
    server = config.load().smtp
    if server is None:
        yield _to_mailbox if way() == "sandbox" else None
        return
    line = _Line(server)
    try:
        yield line.send
    finally:
        line.close()


def _to_mailbox(row: Correio, now: datetime) -> None:
    mailbox.put(row.pk, message(row, SANDBOX_SENDER).message().as_bytes(), now)


class _Line:
    """A connection, opened when it is needed and again after a failure that may have spoilt it."""

    def __init__(self, server: Smtp) -> None:
        self._server = server
        self._connection: BaseEmailBackend | None = None

    def send(self, row: Correio, now: datetime) -> None:
        connection = self._connection or self._opened()
        try:
            connection.send_messages([message(row, self._server.sender)])
        except smtplib.SMTPRecipientsRefused:
            raise  # this address alone; the connection is as good as before
        except (smtplib.SMTPException, OSError):
            self.close()
            raise

    def _opened(self) -> BaseEmailBackend:
        try:
            connection = get_connection(
                "django.core.mail.backends.smtp.EmailBackend",
                host=self._server.host,
                port=self._server.port,
                username=self._server.user,
                password=self._server.password(),
                use_ssl=self._server.scheme == "smtps",
                use_tls=self._server.scheme == "smtp",
                timeout=TIMEOUT_SECONDS,
            )
            connection.open()
        except (smtplib.SMTPException, OSError, ValueError) as error:  # ValueError: the file is no password
            raise UnreachableError(error) from error
        self._connection = connection
        return connection

    def close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(smtplib.SMTPException, OSError):
                connection.close()


def message(row: Correio, sender: str) -> EmailMessage:
    """The mail as it leaves: told to be a machine's, so that no other machine answers it."""
    headers = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}
    return EmailMessage(row.assunto, row.texto, sender, [row.para], headers=headers)
