"""No page of the access side is forgotten: each address is one of those that the rooms' tests look at with axe."""

from __future__ import annotations

import re

from django.urls import resolve

from tests.browser.cnes import test_pages as cnes
from tests.browser.govbr import test_govbr as govbr
from tests.browser.onboarding import test_onboarding_pages as onboarding
from tests.browser.sgop import test_to_the_gate as sgop
from tests.browser.support import test_pages as support
from tests.browser.test_accessibility import BEHIND_THE_LOGIN, PUBLIC
from vincula.common.accounts import urls as accounts_urls
from vincula.common.mail import urls as mail_urls
from vincula.national.cnes import urls as cnes_urls
from vincula.national.govbr import urls as govbr_urls
from vincula.national.onboarding import urls as onboarding_urls
from vincula.national.sgop import urls as sgop_urls
from vincula.national.support import urls as support_urls

ROOMS = (accounts_urls, mail_urls, cnes_urls, govbr_urls, onboarding_urls, sgop_urls, support_urls)
LOOKED_AT = (
    *PUBLIC, *BEHIND_THE_LOGIN, *cnes.PUBLIC, *cnes.OFFICE, *cnes.BY_THEIR_LINKS, *govbr.PAGES, govbr.OUT,
    *onboarding.PAGES, *sgop.MANAGED, *sgop.OF_ONES_OWN, *sgop.OF_THE_OPERATOR, sgop.PENDING, *sgop.BY_THEIR_LINKS,
    sgop.OF_SUPPORT, *support.EVERYBODY, *support.PERSON, *support.TEAM, "/correio/uma/",  # reached by its link, in the test of a ticket
)  # fmt: skip
NO_PAGES = {
    # forms, which lead to a page; what scripts ask
    "cnes-sede-avancar", "cnes-sede-desativar", "cnes-sede-diretor", "correio-repetir", "sgop-operador-encerrar",
    "sessao-renovar", "sgop-perfil", "sgop-decidir",
    "sgop-computador-desafio", "segcartao-desafio", "segcartao-entrar", "segcartao-sair", "support-chamado-mensagem",
    "support-chamado-encerrar", "support-fila-encaminhar", "support-fila-responder", "support-fila-encerrar",
    # they lead on
    "senha-convite", "govbr-entrar", "govbr-retorno", "govbr-saida", "govbr-nivel-aumentar", "govbr-nivel-retorno",
    # files
    "support-avisos-feed", "support-situacao-feed", "infografico-svg", "infografico-pdf", "manual-pdf",
    "cnes-exportar", "sgop-realizadas-csv",
}  # fmt: skip


def test_every_page_of_the_access_side_is_looked_at_by_axe() -> None:
    names = {str(one.name) for room in ROOMS for one in room.urlpatterns}
    assert names >= NO_PAGES
    # The numbers that the tests' worlds give stand in braces; any will do here.
    seen = {resolve(re.sub(r"\{\w+\}", "1", one.partition("?")[0])).url_name for one in LOOKED_AT}
    assert names - NO_PAGES - seen == set()
