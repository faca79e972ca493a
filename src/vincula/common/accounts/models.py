"""Who enters the system: a person is a CPF (design, section 1; R154-R156). One password per person,
memberships apart.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length, Lower
from django.db.models.lookups import Exact
from django.utils import timezone


def clean_email(text: str | None) -> str | None:
    """The form in which an e-mail is kept and compared: trimmed, lower case; blank is absent (None)."""
    return (text or "").strip().lower() or None


class PessoaManager(BaseUserManager["Pessoa"]):
    """Makes people. Rules and messages are in `accounts.services`; this is what Django itself calls."""

    def create_user(self, cpf: str, nome: str, password: str | None = None, **fields: Any) -> Pessoa:
        """Save a person. Without a password nobody enters by password. Raises IntegrityError on a repeated
        CPF.
        """
        person = self.model(cpf=cpf, nome=nome, **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person


class Pessoa(AbstractBaseUser, PermissionsMixin):
    """A person with an account. `cpf`: 11 digits, the login. E-mail unique whatever its case (R128)."""

    cpf = models.CharField("CPF", max_length=11, unique=True)
    nome = models.CharField("nome", max_length=200)
    nome_social = models.CharField("nome social", max_length=200, blank=True, default="")
    email = models.EmailField("e-mail", max_length=254, null=True, blank=True)
    is_active = models.BooleanField("ativa", default=True)
    is_staff = models.BooleanField("equipe", default=False)
    criada_em = models.DateTimeField("criada em", default=timezone.now, editable=False)
    # Opened by who had an e-mail and typed this CPF: nobody has proven yet whose it is (accounts.claiming).
    autocadastro = models.BooleanField("autocadastro", default=False)

    objects = PessoaManager()

    USERNAME_FIELD = "cpf"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["nome"]

    class Meta:
        db_table = "contas_pessoa"
        verbose_name = "pessoa"
        verbose_name_plural = "pessoas"
        constraints = [
            models.UniqueConstraint(Lower("email"), name="contas_email_unico"),
            models.CheckConstraint(condition=~Q(email=""), name="contas_email_vazio_e_nulo"),
            models.CheckConstraint(condition=Exact(Length("cpf"), 11), name="contas_cpf_11"),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the e-mail in the one form in which it is compared."""
        self.email = clean_email(self.email)
        super().save(*args, **kwargs)

    def get_full_name(self) -> str:
        return self.nome_social or self.nome

    def get_short_name(self) -> str:
        return self.get_full_name().split(" ")[0]

    def __str__(self) -> str:
        # Never the name or the CPF: this text ends up in logs and tracebacks.
        return f"pessoa {self.pk}"


class _Membership(models.Model):
    """A link with a first and a last day; no last day yet means that it holds today. Ended links are kept."""

    pessoa = models.ForeignKey(Pessoa, on_delete=models.PROTECT, related_name="+")
    desde = models.DateField("desde", default=timezone.localdate)
    ate = models.DateField("até", null=True, blank=True)

    class Meta:
        abstract = True


class MembroOperadora(_Membership):
    """The person acts for this operadora (R154, R155): `registro_ans` has 6 digits; both days count."""

    registro_ans = models.CharField("registro ANS", max_length=6)

    class Meta:
        db_table = "contas_membro_operadora"
        verbose_name = "vínculo com operadora"
        verbose_name_plural = "vínculos com operadoras"
        constraints = [
            models.UniqueConstraint(
                fields=["pessoa", "registro_ans"],
                condition=Q(ate__isnull=True),
                name="contas_membro_operadora_unico",
            ),
            models.CheckConstraint(
                condition=Q(ate__isnull=True) | Q(ate__gte=F("desde")), name="contas_membro_operadora_datas"
            ),
        ]


class MembroCnes(_Membership):
    """The person acts at this establishment (CNES, 7 digits) with a profile, such as ADMINISTRADOR."""

    cnes = models.CharField("CNES", max_length=7)
    perfil = models.CharField("perfil", max_length=20)

    class Meta:
        db_table = "contas_membro_cnes"
        verbose_name = "vínculo com CNES"
        verbose_name_plural = "vínculos com CNES"
        constraints = [
            models.UniqueConstraint(
                fields=["pessoa", "cnes", "perfil"],
                condition=Q(ate__isnull=True),
                name="contas_membro_cnes_unico",
            ),
            models.CheckConstraint(
                condition=Q(ate__isnull=True) | Q(ate__gte=F("desde")), name="contas_membro_cnes_datas"
            ),
        ]


class Convite(models.Model):
    """A one-time link sent by mail: to open an account (CADASTRO, nobody has it yet) or to give a new password (SENHA).

    Only the digest of what is in the link is kept; using it removes the row.
    """

    finalidade = models.CharField("finalidade", max_length=8, choices=[("CADASTRO",) * 2, ("SENHA",) * 2])
    resumo = models.CharField("resumo", max_length=64, unique=True)
    cpf = models.CharField("CPF", max_length=11, db_index=True)
    nome = models.CharField("nome", max_length=200, blank=True, default="")
    email = models.EmailField("e-mail", max_length=254, db_index=True)
    origem = models.CharField("origem", max_length=64)
    criado_em = models.DateTimeField("criado em", default=timezone.now)
    vale_ate = models.DateTimeField("vale até", db_index=True)

    class Meta:
        db_table = "contas_convite"
        verbose_name = "convite"
        verbose_name_plural = "convites"

    def __str__(self) -> str:
        return f"convite {self.pk}"
