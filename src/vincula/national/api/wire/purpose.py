"""What a call is for: the credential's first purpose, or another granted one that the header X-Finalidade names.

One header for every service: SOAP messages have no place for a purpose, and what clients write in them stays as it is.
"""

from __future__ import annotations

from dataclasses import replace

from vincula.common.outcomes import Accepted, Outcome, Refused
from vincula.national.api.rules import Client
from vincula.national.api.wire.http import Request

HEADER = "x-finalidade"


def purposed(client: Client, request: Request) -> Outcome[Client]:
    """The client with this call's purpose. Refused FINALIDADE for one that the credential was not granted, and for a
    header that says none."""
    if not request.has(HEADER):
        return Accepted(client)
    named = request.header(HEADER).strip().upper()
    if named in client.purposes:
        return Accepted(replace(client, purpose=named))
    return Refused(
        "FINALIDADE",
        "A finalidade declarada não é das concedidas a esta credencial.",
        f"Declare em X-Finalidade uma destas: {', '.join(sorted(client.purposes))}; sem o cabeçalho vale"
        f" {client.purpose}.",
    )
