"""The fields of a vínculo: their name in the files, in the base, and for people.

`number` is the field's number in our críticas. It follows the order of the norm's annex; whether ANS numbers its
fields so is unconfirmed (reference sib.md, 5.1), so nothing else may be read into it.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Field:
    """`column` in sib_vinculo, `element` in the SBX, `number` in our críticas, `label` on screens."""

    column: str
    element: str
    number: int
    label: str


CCO = Field("cco", "cco", 1, "CCO")
_ALL = (
    Field("cpf", "cpf", 6, "CPF"),
    Field("dn", "dn", 9, "Declaração de Nascido Vivo"),
    Field("pis", "pisPasep", 7, "PIS/PASEP"),
    Field("cns", "cns", 10, "CNS"),
    Field("nome", "nome", 3, "nome"),
    Field("sexo", "sexo", 5, "sexo"),
    Field("nascimento", "dataNascimento", 4, "data de nascimento"),
    Field("nome_mae", "nomeMae", 8, "nome da mãe"),
    Field("logradouro", "logradouro", 13, "logradouro"),
    Field("numero", "numero", 14, "número"),
    Field("complemento", "complemento", 15, "complemento"),
    Field("bairro", "bairro", 16, "bairro"),
    Field("municipio", "codigoMunicipio", 17, "município"),
    Field("municipio_residencia", "codigoMunicipioResidencia", 20, "município de residência"),
    Field("cep", "cep", 18, "CEP"),
    Field("tipo_endereco", "tipoEndereco", 12, "tipo de endereço"),
    Field("reside_exterior", "resideExterior", 19, "reside no exterior"),
    Field("codigo", "codigoBeneficiario", 2, "código do beneficiário"),
    Field("relacao", "relacaoDependencia", 32, "relação de dependência"),
    Field("codigo_titular", "codigoBeneficiarioTitular", 11, "código do titular"),
    Field("contratacao", "dataContratacao", 24, "data de contratação"),
    Field("reativacao", "dataReativacao", 27, "data de reativação"),
    Field("cancelamento", "dataCancelamento", 25, "data de cancelamento"),
    Field("motivo_cancelamento", "motivoCancelamento", 26, "motivo do cancelamento"),
    Field("plano_ans", "numeroPlanoANS", 21, "plano (RPS)"),
    Field("plano_portabilidade", "numeroPlanoPortabilidade", 23, "plano de portabilidade"),
    Field("plano_operadora", "numeroPlanoOperadora", 22, "plano (SCPA)"),
    Field("cpt", "coberturaParcialTemporaria", 28, "cobertura parcial temporária"),
    Field("itens_excluidos", "itensExcluidosCobertura", 29, "itens excluídos da cobertura"),
    Field("cnpj_contratante", "cnpjEmpresaContratante", 30, "CNPJ da contratante"),
    Field("cei_contratante", "ceiEmpresaContratante", 31, "CEI da contratante"),
    Field("caepf_contratante", "caepfEmpresaContratante", 33, "CAEPF da contratante"),
)
BY_COLUMN: dict[str, Field] = {f.column: f for f in (CCO, *_ALL)}
BY_ELEMENT: dict[str, Field] = {f.element: f for f in (CCO, *_ALL)}
# Columns of an inclusão, in the order of formats.sib.COLUMNS_INCLUSAO.
INCLUSAO: tuple[str, ...] = tuple(
    f.column for f in _ALL if f.column not in {"reativacao", "cancelamento", "motivo_cancelamento"}
)
# The columns a vínculo carries, in the order in which they are written to the base.
WIRE: tuple[str, ...] = tuple(f.column for f in _ALL)
MOVEMENTS: dict[int, str] = {
    1: "INCLUSAO",
    2: "RETIFICACAO",
    3: "MUDANCA CONTRATUAL",
    4: "CANCELAMENTO",
    5: "REATIVACAO",
    6: "SEM MOVIMENTACAO",
}
