"""A test certificate and a credential, in one step: for an operadora of the sandbox, or for whom no register holds."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from shlex import quote

from vincula.common.outcomes import Accepted, Outcome, Refused
from vincula.identifiers import cnpj
from vincula.national.api import services as api
from vincula.national.cadop import services as cadop
from vincula.sandbox.authority import Authority, e_cnpj, export_client

# Synthetic systems of the sandbox get their local ids under this root, plus the registro or the CNPJ.
LOCAL_ROOT = "2.16.840.1.113883.3.4594.100."


@dataclass(frozen=True, slots=True)
class Company:
    """Who gets it: an operadora by its registro, or whoever has none (a municipality, a hospital, a software house) by
    CNPJ and name."""

    registro: str = ""
    cnpj: str = ""
    nome: str = ""

    @property
    def number(self) -> str:
        """The CNPJ without its punctuation."""
        return cnpj.parse(self.cnpj)

    @property
    def short(self) -> str:
        return self.registro or self.number

    @property
    def root(self) -> str:
        """Of its local ids; a CNPJ with letters counts in base 36. "" for what is no number."""
        if not (self.short.isascii() and self.short.isalnum()):
            return ""
        return f"{LOCAL_ROOT}{int(self.short, 10 if self.short.isdigit() else 36)}"


@dataclass(frozen=True, slots=True)
class Given:
    """`curl`: the line that gets a token with these files. `usuario`, `senha`: for the legacy addresses; the password
    only when it was made now, "" otherwise."""

    identificador: str
    nome: str
    files: tuple[Path, ...]
    curl: str
    usuario: str = ""
    senha: str = field(default="", repr=False)


def give(
    company: Company, kind: str, out: Path, actor: str, issuer: Authority, *, identity_port: int = 8443
) -> Outcome[Given]:
    """Certificate into `out`, and the credential granted; one that is in force already, of the same kind, is kept. An
    integrador also gets a user and a password, if it has none.

    Refused as api.grant refuses, CREDENCIAL_EXISTE where the company has one of the other kind, NOME where its own has
    another name than the one given, and CREDENCIAL_SUSPENSA where it is suspended.
    """
    granted = _granted(company, api.Kind(kind), actor)
    if isinstance(granted, Refused):
        return granted
    one = granted.value
    login = _login(one, company, actor)
    if isinstance(login, Refused):
        return login
    issued = issuer.issue(e_cnpj(one.cnpj, one.nome))
    files = export_client(issued, out)
    return Accepted(Given(one.identificador, one.nome, files, token_line(out, identity_port), *login.value))


def _login(one: api.Credential, company: Company, actor: str) -> Outcome[tuple[str, str]]:
    if one.tipo != api.Kind.INTEGRADOR.value or one.usuario:
        return Accepted((one.usuario, ""))
    user = f"sandbox-{company.short}"
    made = api.set_password(one.identificador, user, actor)
    return made if isinstance(made, Refused) else Accepted((user, made.value))


def _granted(company: Company, kind: api.Kind, actor: str) -> Outcome[api.Credential]:
    operadora = cadop.get(company.registro) if company.registro else None
    number = operadora.cnpj if operadora is not None else company.number
    for one in api.listing():
        if number and one.cnpj == number and one.tipo == kind.value:
            return _kept(one, company.nome)
    return api.grant(
        kind,
        actor,
        registro=company.registro,
        cnpj=company.cnpj,
        nome=company.nome,
        system=f"SANDBOX {company.short}",
        root=company.root,
    )


def _kept(one: api.Credential, nome: str) -> Outcome[api.Credential]:
    """The one in force: its name stays, and who gives another is told."""
    if one.estado != api.State.ATIVA.value:
        return _suspended(one)
    if nome and nome.split() != one.nome.split():
        return Refused(
            "NOME",
            f"A credencial {one.identificador}, em vigor para esse CNPJ, está em nome de {one.nome}.",
            "Omita --nome para usá-la como está; para mudar o nome, revogue-a (vincula credential revoke) e repita.",
        )
    return Accepted(one)


def _suspended(one: api.Credential) -> Refused:
    """Somebody took it away, and said why: a test certificate does not give it back."""
    return Refused(
        "CREDENCIAL_SUSPENSA",
        f"A credencial {one.identificador} está suspensa.",
        f"Para desfazer a suspensão: vincula credential resume {one.identificador}; depois repita.",
    )


def token_line(folder: Path, identity_port: int) -> str:
    """The command that gets a token."""
    ca, certificate, key = (quote(str(folder / name)) for name in ("ca.pem", "client.pem", "client.key"))
    return (
        f"curl --cacert {ca} --cert {certificate} --key {key} https://localhost:{identity_port}/api/osb/token"
    )
