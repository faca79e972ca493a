"""Forms of the person's own account: self-registration, recovery, a new password."""

from __future__ import annotations

from typing import Any

from django import forms

from vincula.common.accounts.passwords import RULE, lacks
from vincula.common.mail.services import is_address
from vincula.identifiers import cpf as cpf_rules


def _password(label: str, autocomplete: str, help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        strip=False,
        max_length=1024,
        help_text=help_text,
        widget=forms.PasswordInput(attrs={"autocomplete": autocomplete}),
        error_messages={"required": f"Informe: {label.lower()}.", "max_length": "A senha é longa demais."},
    )


class CpfForm(forms.Form):
    """Whose account it is about."""

    cpf = forms.CharField(
        label="CPF",
        max_length=20,
        help_text="11 números; pontos e traço são opcionais.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "username"}),
        error_messages={"required": "Informe o CPF.", "max_length": "O CPF tem 11 números."},
    )

    def clean_cpf(self) -> str:
        digits = cpf_rules.parse(self.cleaned_data["cpf"])
        if not cpf_rules.is_valid(digits):
            raise forms.ValidationError(
                "Este CPF não existe: os dígitos não conferem. Confira o número digitado."
            )
        return digits


class SignupForm(CpfForm):
    """CPF, name, e-mail, terms; the password comes with the link."""

    nome = forms.CharField(
        label="Nome civil completo",
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "Informe o nome.", "max_length": "Use no máximo 200 caracteres."},
    )
    email = forms.EmailField(
        label="E-mail",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": "Informe o e-mail.",
            "invalid": "Informe um endereço como nome@empresa.com.br.",
            "max_length": "O e-mail é longo demais.",
        },
    )
    termos = forms.BooleanField(
        label="Li o aviso abaixo e aceito",
        error_messages={"required": "Para se cadastrar é preciso aceitar o aviso."},
    )

    def clean_nome(self) -> str:
        name: str = " ".join(self.cleaned_data["nome"].split())
        if not name.isprintable() or not any(map(str.isalpha, name)):
            raise forms.ValidationError("Informe o nome civil completo.")
        return name

    def clean_email(self) -> str:
        """One that the mail takes: the answer to who has typed another would never come, and nobody would tell him."""
        address: str = self.cleaned_data["email"]
        if not is_address(address):
            raise forms.ValidationError(
                "Este endereço não recebe o link: informe um sem acentos, como nome@empresa.com.br."
            )
        return address


class NewPasswordForm(forms.Form):
    """A password, twice."""

    nova = _password("Senha nova", "new-password", RULE)
    repetida = _password("Repita a senha nova", "new-password")

    def clean_nova(self) -> str:
        password: str = self.cleaned_data["nova"]
        if found := lacks(password):
            raise forms.ValidationError([one.message for one in found])
        return password

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if "nova" in data and "repetida" in data and data["nova"] != data["repetida"]:
            self.add_error("repetida", "As duas senhas não são iguais. Digite de novo.")
        return data


class ChangePasswordForm(NewPasswordForm):
    """The same, for who is in: `atual` is asked unless the session came in by gov.br, which proves who he is."""

    atual = _password("Senha atual", "current-password")
    field_order = ("atual", "nova", "repetida")
