"""What the browser finds on support's pages: the stage of the HTTP tests, with passwords. Run inside the site."""

from __future__ import annotations

import json

from tests.national.support.web import stage
from vincula.common.accounts.models import Pessoa
from vincula.common.accounts.services import set_password
from vincula.national.support import services


def build(password: str) -> None:
    """Build it and print, as JSON, the numbers that the addresses need."""
    web = stage.raise_curtain()
    for person in Pessoa.objects.all():
        set_password(person, password)
    services.route(web.hers, "Coordenação do CNES", actor=stage.ACTOR)
    services.answer(web.hers, "Corrija o CNPJ da sede e tente outra vez.", actor=stage.ACTOR)
    services.declare("sib", "Fila parada.", rotinas="envio de arquivos", actor=stage.ACTOR)
    ended = services.declare("fhir", "Troca de disco.", actor=stage.ACTOR)
    services.end(stage.accepted(ended).id, actor=stage.ACTOR)
    facts = {
        "hers": web.hers,
        "visitors": web.visitors,
        "draft": web.draft,
        "notice": web.notice,
        "interruption": web.interruption,
    }
    print(json.dumps(facts))
