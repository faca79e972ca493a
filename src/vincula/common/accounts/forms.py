"""The login form. It says the same whether the CPF has an account or not."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.http import HttpRequest

from vincula.common.accounts.models import Pessoa
from vincula.identifiers import cpf as cpf_rules

WRONG = (
    "CPF ou senha não conferem. Confira os dois campos, inclusive maiúsculas e minúsculas da senha. "
    "Depois de 5 tentativas sem êxito o acesso fica bloqueado por 15 minutos."
)


class LoginForm(forms.Form):
    """CPF and password. After `is_valid()`, `person` is who entered; `attempted` the CPF that was tried."""

    cpf = forms.CharField(
        label="CPF",
        max_length=20,
        help_text="11 números; pontos e traço são opcionais.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "username"}),
        error_messages={
            "required": "Informe o CPF.",
            "max_length": "O CPF tem 11 números. Confira o que digitou.",
        },
    )
    password = forms.CharField(
        label="Senha",
        strip=False,
        max_length=1024,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={
            "required": "Informe a senha.",
            "max_length": "A senha é longa demais. Confira o que digitou.",
        },
    )

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        self.person: Pessoa | None = None
        self.attempted = ""

    def clean_cpf(self) -> str:
        """11 digits with the right check digits: a slip of the keyboard is said at once."""
        digits = cpf_rules.parse(self.cleaned_data["cpf"])
        if not cpf_rules.is_valid(digits):
            raise forms.ValidationError(
                "Este CPF não existe: os dígitos não conferem. Confira o número digitado."
            )
        return digits

    def clean(self) -> dict[str, Any]:
        """Let the person in, or refuse without saying which of the two was wrong."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if "cpf" in data and "password" in data:
            self.attempted = data["cpf"]
            person = authenticate(self.request, cpf=data["cpf"], password=data["password"])
            if not isinstance(person, Pessoa):
                raise forms.ValidationError(WRONG, code="entrada")
            self.person = person
        return data
