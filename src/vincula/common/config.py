"""Configuration: a few environment variables, read once (manual, "Configuração").

Every variable is listed in VARIABLES; a test holds the manual to that list.
"""

from __future__ import annotations

import os
import re
import secrets
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from urllib.parse import urlsplit

from vincula.common import data_folder, provider, smtp
from vincula.common.files import private_folder, write_private
from vincula.common.outcomes import Refused, RefusedError

VARIABLES: dict[str, str] = {
    "VINCULA_DATA": "pasta da base embutida e dos arquivos recebidos e gerados (padrão: ./dados)",
    "DATABASE_URL": "endereço de um PostgreSQL (postgresql://…); sem ele, SQLite na pasta de dados",
    "VINCULA_PROFILE": "sandbox (padrão; base sintética, emite números SIMULADOS) ou registry",
    "VINCULA_CNS_RANGE": "faixa de emissão de CNS concedida a esta instalação, INICIO-FIM, 15 dígitos cada",
    "VINCULA_HOSTS": "nomes pelos quais o site atende, separados por vírgula (padrão: localhost,127.0.0.1)",
    "VINCULA_HTTPS": "sim, se os endereços públicos do site são https (padrão: nao)",
    "VINCULA_PROXY": "endereço do proxy de que se acredita quem é o visitante (padrão: de nenhum)",
    "VINCULA_ICP_TRUST": "pasta com as raízes, autoridades e LCR da ICP-Brasil (padrão: no sandbox, as de teste; no"
    " registry, nenhuma)",
    "VINCULA_TLS": "certificado e chave (PEM) da API e da identidade, CERTIFICADO:CHAVE (padrão: no sandbox, os da"
    " autoridade de teste)",
    "VINCULA_API_LEGADO": "sim, para atender também os endereços com usuário e senha (padrão: sim no sandbox, nao no"
    " registry)",
    "VINCULA_API_VINCULO": "se a operadora só consulta, fora da inclusão, quem está entre os seus vínculos: quando-ha"
    " (padrão; onde há SIB dela nesta instalação), sempre ou nunca",
    provider.ISSUER: "endereço do gov.br que emite os tokens, como https://sso.acesso.gov.br (padrão: nenhum)",
    provider.CLIENT: "identificador que o gov.br deu a este sistema (client_id)",
    provider.SECRET_FILE: "arquivo, legível só pelo dono, com o segredo que o gov.br deu a este sistema",
    provider.STEP_UP: "endereço em que a pessoa aumenta o nível da conta gov.br (padrão: nenhum)",
    "VINCULA_SMTP_URL": "servidor de e-mail, smtps://usuario@maquina:465?de=REMETENTE&senha=ARQUIVO; sem ele, no"
    " sandbox o correio fica na pasta de dados, e no registry espera",
    "VINCULA_SGOP_EXPIRY": "dias sem uso depois dos quais um acesso aprovado no SGOP é revogado (padrão: 0, nunca)",
    "VINCULA_RETENTION_FILES": "dias que um SBX recebido é guardado depois de processado (padrão: 1825)",
    "VINCULA_RETENTION_AUDIT": "dias que um registro de auditoria é guardado (padrão: 1825; mínimo 180)",
    "VINCULA_RETENTION_TICKETS": "dias que um chamado respondido ou encerrado é guardado (padrão: 1825)",
}
KEY_LENGTH = 32  # characters of a signing key, at the least
PROFILES = ("sandbox", "registry")
LINKS = ("quando-ha", "sempre", "nunca")
_YES_NO = {"sim": True, "1": True, "nao": False, "não": False, "0": False}
# Numbers of the sandbox lie in one narrow range, so that what it makes can be told from a real number.
SANDBOX_CNS_RANGE = ("709900000000000", "709999999999999")
# Where in the data folder the sandbox's test authority lives, and what it publishes.
TEST_AUTHORITY = "autoridade-de-teste"
TEST_TRUST = "publico"


@dataclass(frozen=True, slots=True)
class Config:
    """The installation as its environment describes it. Days are whole days; ranges are 15-digit strings.

    `icp_trust` None: no certificate is trusted. `links`: one of LINKS. `govbr` None: nobody is sent there.
    """

    data: Path
    database_url: str
    profile: str
    cns_range: tuple[str, str] | None
    hosts: tuple[str, ...]
    https: bool
    proxies: tuple[IPv4Network | IPv6Network, ...]
    icp_trust: Path | None
    tls: tuple[Path, Path] | None
    legacy: bool
    links: str
    govbr: provider.Provider | None
    smtp: smtp.Smtp | None
    sgop_expiry: int
    retention_files: int
    retention_audit: int
    retention_tickets: int

    @property
    def sandbox(self) -> bool:
        return self.profile == "sandbox"

    @property
    def origins(self) -> tuple[str, ...]:
        """The public addresses of the site where they are https; `.exemplo.br` stands for all names below it."""
        named = (host for host in self.hosts if host != "*")
        return tuple(f"https://*{host}" if host.startswith(".") else f"https://{host}" for host in named)

    def folder(self, *names: str) -> Path:
        """A folder under the data folder, made on first use, readable by its owner only."""
        return private_folder(self.data.joinpath(*names))


def _refuse(name: str, value: str, expected: str) -> RefusedError:
    return _unfit(name, expected, f"{name}={value!r}")


def _unfit(name: str, expected: str, shown: str = "") -> RefusedError:
    return RefusedError(
        Refused(
            "CONFIGURACAO", f"{shown or name} não serve: {expected}.", f"Corrija a variável {name} e repita."
        )
    )


def _days(name: str, default: int, minimum: int) -> int:
    text = os.environ.get(name, str(default))
    if not re.fullmatch(r"[0-9]{1,6}", text) or int(text) < minimum:
        raise _refuse(name, text, f"é um número de dias, no mínimo {minimum}")
    return int(text)


def _yes_no(name: str, *, default: str) -> bool:
    text = os.environ.get(name) or default
    if text.lower() not in _YES_NO:
        raise _refuse(name, text, "é sim ou nao")
    return _YES_NO[text.lower()]


def _hosts() -> tuple[str, ...]:
    """With "*" the visitor may call the site as he likes: the links of mails need a name that is not of his making."""
    text = os.environ.get("VINCULA_HOSTS", "localhost,127.0.0.1")
    hosts = tuple(one.strip() for one in text.split(",") if one.strip())
    if "*" in hosts and all(one == "*" or one.startswith(".") for one in hosts):
        raise _refuse(
            "VINCULA_HOSTS", text, "ao lado de * tem de haver um nome, a que levam os links dos e-mails"
        )
    return hosts


def _links() -> str:
    text = os.environ.get("VINCULA_API_VINCULO") or LINKS[0]
    if text not in LINKS:
        raise _refuse("VINCULA_API_VINCULO", text, "é quando-ha, sempre ou nunca")
    return text


def _smtp() -> smtp.Smtp | None:
    """The mail server; its address is never told back: somebody may have put a password into it."""
    text = os.environ.get("VINCULA_SMTP_URL", "")
    try:
        return smtp.read(text) if text else None
    except ValueError:
        raise _unfit("VINCULA_SMTP_URL", smtp.EXPECTED) from None


def _tls() -> tuple[Path, Path] | None:
    text = os.environ.get("VINCULA_TLS", "")
    if not text:
        return None
    certificate, _, key = text.partition(":")
    if not certificate or not key:
        raise _refuse("VINCULA_TLS", text, "são dois arquivos PEM, CERTIFICADO:CHAVE")
    return Path(certificate).absolute(), Path(key).absolute()


def _proxies() -> tuple[IPv4Network | IPv6Network, ...]:
    text = os.environ.get("VINCULA_PROXY", "")
    try:
        return tuple(ip_network(one.strip()) for one in text.split(",") if one.strip())
    except ValueError:
        expected = "são endereços IP, ou redes como 10.0.0.0/24, separados por vírgula"
        raise _refuse("VINCULA_PROXY", text, expected) from None


def _icp_trust(profile: str, data: Path) -> Path | None:
    text = os.environ.get("VINCULA_ICP_TRUST", "")
    if text:
        return Path(text).absolute()
    return data / TEST_AUTHORITY / TEST_TRUST if profile == "sandbox" else None


def _cns_range(profile: str) -> tuple[str, str] | None:
    text = os.environ.get("VINCULA_CNS_RANGE", "")
    if not text:
        return SANDBOX_CNS_RANGE if profile == "sandbox" else None
    match = re.fullmatch(r"([78][0-9]{14})-([78][0-9]{14})", text)
    if not match or match[1] > match[2]:
        raise _refuse(
            "VINCULA_CNS_RANGE", text, "são dois números de 15 dígitos que começam com 7 ou 8, INICIO-FIM"
        )
    return match[1], match[2]


def _database_url() -> str:
    """The address, never told back: a password may stand in it."""
    url = os.environ.get("DATABASE_URL", "")
    if url and not url.startswith(("postgresql://", "postgres://")):
        raise _unfit("DATABASE_URL", "só postgresql:// é aceito; para SQLite use VINCULA_DATA")
    if url and not _is_address(url):
        raise _unfit("DATABASE_URL", "é um endereço como postgresql://usuario:senha@maquina:5432/base")
    return url


def _is_address(url: str) -> bool:
    """Whether it names a base, in a form that PostgreSQL's own library can read."""
    from psycopg import Error
    from psycopg.conninfo import conninfo_to_dict

    try:
        urlsplit(url).port  # noqa: B018 - looked at only to have it parsed
        return bool(conninfo_to_dict(url).get("dbname"))
    except (ValueError, Error):
        return False


@lru_cache(maxsize=1)
def load() -> Config:
    """Read the environment once. Raises RefusedError naming the variable that does not serve."""
    profile = os.environ.get("VINCULA_PROFILE") or "sandbox"
    if profile not in PROFILES:
        raise _refuse("VINCULA_PROFILE", profile, "os perfis são sandbox e registry")
    data = Path(os.environ.get("VINCULA_DATA") or "dados").absolute()
    return Config(
        data=data,
        database_url=_database_url(),
        profile=profile,
        cns_range=_cns_range(profile),
        hosts=_hosts(),
        https=_yes_no("VINCULA_HTTPS", default="nao"),
        proxies=_proxies(),
        icp_trust=_icp_trust(profile, data),
        tls=_tls(),
        legacy=_yes_no("VINCULA_API_LEGADO", default="sim" if profile == "sandbox" else "nao"),
        links=_links(),
        govbr=provider.load(sandbox=profile == "sandbox"),
        smtp=_smtp(),
        sgop_expiry=_days("VINCULA_SGOP_EXPIRY", 0, 0),
        retention_files=_days("VINCULA_RETENTION_FILES", 1825, 0),
        retention_audit=_days("VINCULA_RETENTION_AUDIT", 1825, 180),
        retention_tickets=_days("VINCULA_RETENTION_TICKETS", 1825, 0),
    )


def secret_key() -> str:
    """The installation's signing key: made on first use, kept in the data folder, its owner's only."""
    path = load().folder() / data_folder.KEY
    if not path.exists():
        write_private(path, secrets.token_urlsafe(48).encode(), exclusive=True)
    key = path.read_bytes().strip()
    if len(key) < KEY_LENGTH or not key.isascii():
        raise RefusedError(
            Refused(
                "CHAVE_DANIFICADA",
                f"O arquivo {path}, que assina as sessões, está vazio ou danificado.",
                "Apague-o e repita: outro é feito, e quem está no site entra de novo.",
            )
        )
    return key.decode("ascii")
