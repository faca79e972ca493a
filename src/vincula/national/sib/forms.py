"""The one form of SIB's pages that carries anything: the file."""

from __future__ import annotations

from django import forms


class UploadForm(forms.Form):
    """An SBX. What is in it is judged by the services, not here."""

    arquivo = forms.FileField(
        label="Arquivo SBX",
        help_text="Nome com 24 caracteres: registro ANS, data e hora (AAAAMMDDHHmmSS) e .SBX. Até 100.000 "
        "procedimentos e 1 GB.",
        allow_empty_file=True,  # the services refuse it, with the remedy
        max_length=255,
        widget=forms.FileInput(attrs={"accept": ".SBX,.sbx"}),
        error_messages={
            "required": "Escolha o arquivo SBX no seu computador.",
            "missing": "Escolha o arquivo SBX no seu computador.",
            "max_length": "O nome do arquivo é longo demais: um SBX tem nome de 24 caracteres.",
        },
    )
