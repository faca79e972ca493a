"""What the tests of the API share."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from vincula.national.icp.services import Identity

REGISTRO = "999997"


def identity(cnpj: str, mark: str = "a") -> Identity:
    """A company whose certificate holds."""
    now = datetime.now(UTC)
    return Identity(cnpj, "PJ", "A1", "CN=X", "CN=Y", "1F", mark * 64, now, now + timedelta(days=1))


def link(registro: str = REGISTRO, *, cpf: str = "", cns: str = "", active: bool = True) -> None:
    """A vínculo of the operadora, as an SBX would have left it."""
    from vincula.national.sib.models import Vinculo

    number = Vinculo.objects.count() + 1
    Vinculo.objects.create(
        id=number,
        desde=202610,
        identidade_desde=202610,
        cns_desde=202610,
        registro_ans=registro,
        cpf=cpf,
        cns=cns,
        situacao="A" if active else "I",
        codigo=f"C{number}",
        arquivo_inclusao=1,
        posicao_inclusao=number,
    )
