"""An operadora with beneficiaries of its own in this installation, whose credential is not for inclusions."""

from __future__ import annotations

import json
from datetime import datetime

from tests.interop import people as p
from tests.interop.world import Caller, World
from tests.national.sib.world import Files, inclusao
from vincula.sandbox.operadoras import BY_REGISTRO

REGISTRO, MONTH = "000060", "2026-11"
OWN = {p.MARIA.cpf: "", p.cpf(710_000_500): p.JOSE.cns}
"""CPF → CNS as the operadora sends them; José's card is on record under another's CPF."""


def operadora(world: World) -> Caller:
    """Sends its SBX, and gets a credential whose own purpose is the correction of the SIB."""
    plan = BY_REGISTRO[REGISTRO].planos[0]
    files = Files(world.stage.out, REGISTRO)
    files.moment = datetime(2026, 11, 12, 9, 0, 0)
    sent = files.make(
        [
            (1, inclusao(f"L{n}", cpf=cpf, cns=cns, numeroPlanoANS=plan))
            for n, (cpf, cns) in enumerate(OWN.items())
        ]
    )
    done = world.run(
        "sib", "submit", str(sent), "--competencia", MONTH, "--out", str(world.stage.out), "--json"
    )
    assert json.loads(done)
    caller = world.caller(REGISTRO, "operadora")
    world.run("credential", "revoke", caller.credential, "--motivo", "outras finalidades")
    purposes = ("--finalidade", "CORRECAO_SIB", "--finalidade", "INCLUSAO_BENEFICIARIO")
    made = world.run(
        "credential", "grant", "--kind", "operadora", "--registro", REGISTRO, *purposes, "--json"
    )
    caller.credential = json.loads(made)["identificador"]
    return caller
