"""A file that brings again what another one brought, or under the name of another one: told which, with what to do."""

from __future__ import annotations

from dataclasses import dataclass

from vincula.national.sib.rules.rejections import Rejection


@dataclass(frozen=True, slots=True)
class Earlier:
    """A file received before. `received`: when, in words; `protocol` is "" while it is being processed."""

    id: int
    name: str
    received: str
    protocol: str

    @property
    def told(self) -> str:
        """When it came and under what protocol."""
        end = f"com o protocolo {self.protocol}" if self.protocol else "e ainda em processamento"
        return f"recebido em {self.received} {end}"


def duplicate_name(earlier: Earlier) -> Rejection:
    """Another content under a name that was used."""
    return Rejection(
        26,
        f"Já há um arquivo com este nome e outro conteúdo, {earlier.told}; cada arquivo tem nome único.",
        "Gere o arquivo de novo: a data e a hora no nome o distinguem.",
        earlier=earlier.id,
    )


def duplicate_content(earlier: Earlier, *, same_name: bool) -> Rejection:
    """The very same file once more, or its content under another name."""
    what = f"O conteúdo é o mesmo do arquivo {earlier.name},"
    if same_name:
        what = "Este mesmo arquivo, nome e conteúdo, já tinha sido"
    return Rejection(
        26,
        f"{what} {earlier.told}: processá-lo de novo repetiria os movimentos.",
        "Não é preciso fazer nada: vale aquele envio, e o resultado está no RPX dele. Se queria enviar outro "
        "arquivo, confira qual escolheu.",
        earlier=earlier.id,
        repeats=True,
    )
