"""The SIB schema v1.2 (ANS, 2014/15), as data: the single source of reader, writers and messages.

Every element of the five movements, in order, with its type and its presence (reference `sib.md`, section 1.4).
One extension of our own: `caepfEmpresaContratante` as third branch of the contractor (RN 445/2019; observed only).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from vincula.formats.sib.dates import Date
from vincula.formats.sib.values import Digits, IntegerCode, Name, StringCode, Text, ValueType

BIRTH = Date("1890-01-01")
CONTRACT = Date("1940-01-01")
RELATIONS = (1, 3, 4, 6, 8, 10)
CANCEL_REASONS = (41, 42, 43, 44, 46, 47, 48)
NO_MOVEMENT_REASONS = (61, 62)


@dataclass(frozen=True, slots=True)
class Field:
    """An element that holds a value: its name in the XML, its type, and what a person calls it."""

    name: str
    type: ValueType
    label: str
    quick: Callable[[str], Any] = field(init=False, repr=False, compare=False)
    """Truthy for a value that is valid and canonical without further looking (a subset of them)."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "quick", re.compile(self.type.fast).fullmatch)


FIELDS: dict[str, Field] = {
    name: Field(name, kind, label)
    for name, kind, label in (
        ("cco", Digits(12), "código de controle operacional (CCO)"),
        ("cpf", Digits(11), "CPF"),
        ("dn", Digits(11), "número da Declaração de Nascido Vivo"),
        ("pisPasep", Digits(11), "PIS/PASEP"),
        ("cns", Digits(15), "CNS"),
        ("nome", Name(), "nome do beneficiário"),
        ("sexo", IntegerCode((1, 3)), "sexo"),
        ("dataNascimento", BIRTH, "data de nascimento"),
        ("nomeMae", Name(), "nome da mãe"),
        ("logradouro", Text(1, 50), "logradouro"),
        ("numero", Text(1, 5), "número do endereço"),
        ("complemento", Text(0, 15), "complemento do endereço"),
        ("bairro", Text(1, 30), "bairro"),
        ("codigoMunicipio", Digits(6), "código IBGE do município (6 dígitos, sem o verificador)"),
        ("codigoMunicipioResidencia", Digits(6), "código IBGE do município de residência (6 dígitos)"),
        ("cep", Digits(8), "CEP"),
        ("tipoEndereco", StringCode(("1", "2")), "tipo de endereço"),
        ("resideExterior", IntegerCode((0, 1)), "indicação de residência no exterior"),
        ("codigoBeneficiario", Text(1, 30), "código do beneficiário"),
        ("relacaoDependencia", IntegerCode(RELATIONS), "relação de dependência"),
        ("codigoBeneficiarioTitular", Text(1, 30), "código do beneficiário titular"),
        ("dataContratacao", CONTRACT, "data de contratação"),
        ("dataReativacao", CONTRACT, "data de reativação"),
        ("dataCancelamento", CONTRACT, "data de cancelamento"),
        ("motivoCancelamento", IntegerCode(CANCEL_REASONS), "motivo do cancelamento"),
        ("numeroPlanoANS", Digits(9), "número do plano na ANS (RPS)"),
        ("numeroPlanoPortabilidade", Digits(9), "número do plano de origem da portabilidade"),
        ("numeroPlanoOperadora", Text(1, 20), "código do plano na operadora (SCPA)"),
        ("coberturaParcialTemporaria", IntegerCode((0, 1)), "cobertura parcial temporária"),
        ("itensExcluidosCobertura", IntegerCode((0, 1)), "itens excluídos da cobertura"),
        ("cnpjEmpresaContratante", Digits(14), "CNPJ da empresa contratante"),
        ("ceiEmpresaContratante", Digits(12), "CEI da empresa contratante"),
        ("caepfEmpresaContratante", Digits(14), "CAEPF do contratante"),
        ("codigoProcedimentoAdministrativo", Digits(20), "código do procedimento administrativo"),
        ("motivoNaoEnvioBeneficiarios", IntegerCode(NO_MOVEMENT_REASONS), "motivo do não envio"),
    )
}
PLAN_CHOICE = ("numeroPlanoANS", "numeroPlanoOperadora")
CONTRACTOR_CHOICE = ("cnpjEmpresaContratante", "ceiEmpresaContratante", "caepfEmpresaContratante")


@dataclass(frozen=True, slots=True)
class Content:
    """An ordered sequence of elements, each at most once.

    `exactly_one`: sets of which one must be present. `at_most_one`: sets of which no two may be. `needs`: (a, b): a
    only together with b. `unless_empty`: required as soon as any element is present (the inner sequence of
    endereco). `open`: what is inside is not looked at.
    """

    name: str
    particles: tuple[Field | Content, ...]
    required: frozenset[str] = frozenset()
    exactly_one: tuple[tuple[str, ...], ...] = ()
    at_most_one: tuple[tuple[str, ...], ...] = ()
    needs: tuple[tuple[str, str], ...] = ()
    unless_empty: frozenset[str] = frozenset()
    open: bool = False
    order: dict[str, int] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.order.update({particle.name: index for index, particle in enumerate(self.particles)})

    def complete(self, seen: set[str]) -> bool:
        """Whether the elements seen plainly meet all conditions of presence; False: look closer."""
        if not self.required <= seen or (seen and not self.unless_empty <= seen):
            return False
        if any(len(seen.intersection(names)) != 1 for names in self.exactly_one):
            return False
        if any(len(seen.intersection(names)) > 1 for names in self.at_most_one):
            return False
        return all(name not in seen or other in seen for name, other in self.needs)


@dataclass(frozen=True, slots=True)
class Movement:
    """A kind of procedure: ANS's number of it, its element, its content."""

    kind: int
    content: Content

    @property
    def element(self) -> str:
        return self.content.name


def _fields(*names: str) -> tuple[Field, ...]:
    return tuple(FIELDS[name] for name in names)


def _required(*names: str) -> frozenset[str]:
    return frozenset(names)


_IDENTIFICACAO = ("cpf", "dn", "pisPasep", "cns", "nome", "sexo", "dataNascimento", "nomeMae")
_ENDERECO = (
    "logradouro",
    "numero",
    "complemento",
    "bairro",
    "codigoMunicipio",
    "codigoMunicipioResidencia",
    "cep",
    "tipoEndereco",
    "resideExterior",
)
_PLANO = (
    "numeroPlanoANS",
    "numeroPlanoPortabilidade",
    "numeroPlanoOperadora",
    "coberturaParcialTemporaria",
    "itensExcluidosCobertura",
    *CONTRACTOR_CHOICE,
)
_CONTRATO = ("relacaoDependencia", "codigoBeneficiarioTitular", "dataContratacao")


def _with_new_plan(name: str, fields: tuple[Field, ...], required: frozenset[str]) -> Content:
    """What an inclusão and a mudança contratual share: one plan, at most one contractor."""
    return Content(
        name,
        fields,
        required,
        exactly_one=(PLAN_CHOICE,),
        at_most_one=(CONTRACTOR_CHOICE,),
        needs=(("numeroPlanoPortabilidade", "numeroPlanoANS"),),
    )


_GROUPS = _required("identificacao", "endereco", "vinculo")

INCLUSAO = Content(
    "inclusao",
    (
        Content("identificacao", _fields(*_IDENTIFICACAO), _required("nome", "sexo", "dataNascimento")),
        Content("endereco", _fields(*_ENDERECO), unless_empty=_required("codigoMunicipio")),
        _with_new_plan(
            "vinculo",
            _fields("codigoBeneficiario", *_CONTRATO, *_PLANO),
            _required("codigoBeneficiario", "relacaoDependencia", "dataContratacao"),
        ),
    ),
    _GROUPS,
)
RETIFICACAO = Content(
    "retificacao",
    (
        FIELDS["cco"],
        Content("identificacao", _fields(*_IDENTIFICACAO)),
        Content("endereco", _fields(*_ENDERECO)),
        Content(
            "vinculo",
            _fields(
                "codigoBeneficiario",
                *_CONTRATO,
                "dataReativacao",
                "dataCancelamento",
                "motivoCancelamento",
                *_PLANO,
            ),
            at_most_one=(CONTRACTOR_CHOICE,),
        ),
        FIELDS["codigoProcedimentoAdministrativo"],
    ),
    _GROUPS | {"cco"},
)
MUDANCA = _with_new_plan(
    "mudancaContratual",
    _fields("cco", *_CONTRATO, *_PLANO),
    _required("cco", "relacaoDependencia", "dataContratacao"),
)
CANCELAMENTO = Content(
    "cancelamento",
    _fields("cco", "dataCancelamento", "motivoCancelamento"),
    _required("cco", "dataCancelamento", "motivoCancelamento"),
)
REATIVACAO = Content("reativacao", _fields("cco", "dataReativacao"), _required("cco", "dataReativacao"))

MOVEMENTS = tuple(
    Movement(kind, content)
    for kind, content in enumerate((INCLUSAO, RETIFICACAO, MUDANCA, CANCELAMENTO, REATIVACAO), start=1)
)
BY_ELEMENT = {movement.element: movement for movement in MOVEMENTS}
BY_KIND = {movement.kind: movement for movement in MOVEMENTS}
COLUMNS_INCLUSAO: tuple[str, ...] = (*_IDENTIFICACAO, *_ENDERECO, "codigoBeneficiario", *_CONTRATO, *_PLANO)


def leaf_names(content: Content) -> tuple[str, ...]:
    """The names of all value elements of a movement, in document order."""
    names: list[str] = []
    for particle in content.particles:
        names.extend(leaf_names(particle) if isinstance(particle, Content) else (particle.name,))
    return tuple(names)
