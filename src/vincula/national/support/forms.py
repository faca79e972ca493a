"""The forms of support's pages. What is written in them is judged by the services."""

from __future__ import annotations

from django import forms

from vincula.national.support.rules.tickets import TEXT, Area

AREAS = [("", "Escolha…"), *((one.value, one.nome) for one in Area)]
_TEXT = {
    "required": "Escreva o texto.",
    "max_length": f"O texto passa de {TEXT} caracteres: encurte-o.",
}


def body_field(label: str, help_text: str = "", *, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=TEXT,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages=_TEXT,
    )


class TicketForm(forms.Form):
    """A new ticket."""

    area = forms.ChoiceField(label="Área", choices=AREAS, error_messages={"required": "Escolha a área."})
    assunto = forms.CharField(
        label="Assunto",
        max_length=150,
        error_messages={"required": "Diga em poucas palavras de que se trata."},
    )
    texto = body_field(
        "O que aconteceu",
        "O que você tentou, o que apareceu na tela e o que precisa. Não escreva senhas; de beneficiários, só o CCO.",
    )
    contato = forms.CharField(
        label="E-mail para a resposta",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": "Informe o e-mail em que quer receber a resposta."},
    )
