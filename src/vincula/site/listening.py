"""With what certificate the API and the identity listener answer, and when they may answer without one."""

from __future__ import annotations

from pathlib import Path

from vincula.common import config
from vincula.common.outcomes import Refused, RefusedError


def server_certificate() -> tuple[Path, Path]:
    """Certificate and key (PEM files). Raises RefusedError where there is none, or it is not there."""
    settings = config.load()
    if settings.tls is not None:
        for path in settings.tls:
            if not path.is_file():
                raise RefusedError(
                    Refused(
                        "TLS_ARQUIVO",
                        f"O arquivo {path}, de VINCULA_TLS, não existe ou não pode ser lido.",
                        "Corrija VINCULA_TLS (CERTIFICADO:CHAVE) e repita.",
                    )
                )
        return settings.tls
    if settings.sandbox:
        from vincula.sandbox import authority

        return authority.current().server()
    raise RefusedError(
        Refused(
            "SEM_TLS",
            "A API e a identidade só atendem por TLS, e esta instalação não tem certificado de servidor.",
            "Ponha em VINCULA_TLS o certificado e a chave (CERTIFICADO:CHAVE); se o nginx termina o TLS, use --plain."
            " Só para o site e o processamento: vincula serve --only web --only worker.",
        )
    )


def must_have_proxy() -> None:
    """Raises RefusedError unless a proxy is configured: without TLS of our own, only it may be in front."""
    if not config.load().proxies:
        raise RefusedError(
            Refused(
                "SEM_PROXY",
                "Sem TLS (--plain), a API e a identidade só atendem atrás de um proxy, e nenhum está configurado.",
                "Diga em VINCULA_PROXY o endereço do proxy que termina o TLS, ou tire --plain.",
            )
        )
