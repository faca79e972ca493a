"""What the browser finds on SIB's pages: the stage of the HTTP tests, and files of every kind. Run inside the site."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from tests.national.sib import world
from tests.national.sib.web import stage
from vincula.common.accounts.models import Pessoa
from vincula.common.accounts.services import set_password
from vincula.national.sib.models import Competencia
from vincula.national.sib.services import months


def build(password: str) -> None:
    """Build it and print, as JSON, the numbers that the addresses need."""
    with tempfile.TemporaryDirectory() as folder:
        web = stage.consolidate(stage.raise_curtain(Path(folder)))
        for person in Pessoa.objects.all():
            set_password(person, password)
        current = months.open_month(months.now().date())
        rows = [(1, world.inclusao(f"M{n}", cpf="22222222222")) for n in range(55)]
        rows += [(1, world.inclusao("AV", cpf=world.valid_cpf(77), nome="MARIA S LIMA"))]
        moved = [(2, {"cco": web.cco("CIDA"), "nome": "CIDA DE SOUZA LIMA"})]
        with_findings = web.files().send([*rows, *moved], current)
        broken = web.files().make([(1, world.inclusao(f"B{n}", cpf=world.valid_cpf(n))) for n in range(4)])
        broken.write_bytes(broken.read_bytes().replace(b"<sexo>3</sexo>", b"<sexo>9</sexo>"))
        rejected = web.files().send_path(broken, current)
        facts = {
            "findings": with_findings.id,
            "rejected": rejected.id,
            "vinculo": web.cco("CIDA"),
            "competencias": list(Competencia.objects.values_list("mes", flat=True)),
            "current": f"{current // 100}-{current % 100:02d}",
        }
        print(json.dumps(facts))
