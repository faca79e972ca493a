"""Questions whose answer has more pages: kept for some minutes, for who asked them alone, and then forgotten.

What is kept is the message as it came: it may name a person, so it lives in the base, not in a log, and not for long.
"""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from lxml import etree

from vincula.formats.pdq import Identifier
from vincula.formats.soap import UnreadableEnvelopeError, read_envelope
from vincula.national.api.models import Consulta, Credencial

KEPT_FOR = timedelta(minutes=10)


def keep(client: str, query_id: Identifier, message: bytes) -> None:
    """Keep the question under its queryId; a newer one with the same id takes its place."""
    with transaction.atomic():
        credential = Credencial.objects.get(identificador=client)
        Consulta.objects.update_or_create(
            credencial=credential,
            consulta=_key(query_id),
            defaults={"mensagem": message, "criada_em": timezone.now()},
        )
        forget_old(timezone.now())


def kept(client: str, query_id: Identifier) -> bytes | None:
    """What was kept of the question, None where it is not known (any more)."""
    found = Consulta.objects.filter(
        credencial__identificador=client,
        consulta=_key(query_id),
        criada_em__gt=timezone.now() - KEPT_FOR,
    ).first()
    return None if found is None else bytes(found.mensagem)


def find(client: str, query_id: Identifier) -> etree._Element | None:
    """The message of a question in SOAP, None where it is not known (any more)."""
    message = kept(client, query_id)
    if message is None:
        return None
    try:
        return read_envelope(message).payload
    except UnreadableEnvelopeError:
        return None


def forget(client: str, query_id: Identifier) -> None:
    Consulta.objects.filter(credencial__identificador=client, consulta=_key(query_id)).delete()


def forget_old(now: datetime) -> int:
    """Remove what nobody may continue any more at `now`; how many."""
    return Consulta.objects.filter(criada_em__lte=now - KEPT_FOR).delete()[0]


def _key(query_id: Identifier) -> str:
    return hashlib.sha256(f"{query_id.root}\0{query_id.extension}".encode("utf-8", "replace")).hexdigest()
