"""The catalogue of mistakes and how often each is made.

The names of the kinds are those of the project's test data wherever an SBX can carry the mistake at all.
"""

from __future__ import annotations

from dataclasses import dataclass

from vincula.sandbox import spelling
from vincula.sandbox import wrongs as go


@dataclass(frozen=True, slots=True)
class Mistake:
    """`weight`: how often among the mistakes. `alone`: meant to refuse the record, so no second one joins
    it.
    """

    kind: str
    weight: int
    apply: go.Apply
    alone: bool = False


MISTAKES: tuple[Mistake, ...] = (
    Mistake("nome_casamento", 900, go.other_name),
    Mistake("nome_social", 200, go.social_name),
    Mistake("nome_abrev_meio", 260, go.nome(spelling.abbreviated)),
    Mistake("nome_omite_meio", 180, go.nome(spelling.middle_left_out)),
    Mistake("nome_1e_ultimo", 70, go.nome(spelling.first_and_last)),
    Mistake("nome_particula", 80, go.nome(spelling.without_particles)),
    Mistake("nome_ordem", 40, go.nome(spelling.out_of_order)),
    Mistake("nome_titulo", 45, go.nome(spelling.titled)),
    Mistake("nome_sufixo", 40, go.nome(spelling.other_suffix)),
    Mistake("nome_typo", 90, go.nome(spelling.letter_missing)),
    Mistake("nome_transp", 60, go.nome(spelling.letter_swapped)),
    Mistake("nome_letra_dobrada", 70, go.nome(spelling.letter_doubled)),
    Mistake("nome_teclado", 70, go.nome(spelling.neighbouring_key)),
    Mistake("nome_fonetica", 200, go.nome(spelling.by_sound)),
    Mistake("nome_ocr", 35, go.nome(spelling.by_look)),
    Mistake("nome_cola", 30, go.nome(spelling.glued)),
    Mistake("nome_trunc", 70, go.nome(spelling.cut)),
    Mistake("nasc_mais_menos_1", 40, go.nascimento(go.one_day)),
    Mistake("nasc_dia_mes", 60, go.nascimento(lambda d, _: d.replace(month=d.day, day=d.month))),
    Mistake("nasc_ano", 60, go.nascimento(go.another_year)),
    Mistake("nasc_digito", 60, go.nascimento(go.another_digit)),
    Mistake("nasc_0101", 30, go.nascimento(lambda d, _: d.replace(month=1, day=1))),
    Mistake("cpf_titular", 170, go.parents_cpf),
    Mistake("cpf_outro", 40, go.relatives_cpf),
    Mistake("cpf_desconhecido", 60, go.nobodys_cpf),
    Mistake("cpf_ausente_menor", 400, go.child_without_cpf),
    Mistake("cns_secundario", 300, go.secondary_card),
    Mistake("cns_familiar", 60, go.relatives_card),
    Mistake("mae_abrev", 60, go.mae(spelling.abbreviated)),
    Mistake("mae_typo", 40, go.mae(spelling.letter_missing)),
    Mistake("sexo_errado", 40, go.other_sex),
    Mistake("cep_generico", 40, go.put("", None, cep="01000000")),
    Mistake("end_ausente", 40, go.put("", None, logradouro="", numero="", complemento="", bairro="", cep="")),
    Mistake("mun_errado", 40, go.put("", None, codigoMunicipio="355030")),
    Mistake("cpf_1dig", 60, go.wrong_digit("cpf", "CPF-1"), alone=True),
    Mistake("cpf_repetido", 20, go.repeated_cpf, alone=True),
    Mistake("cpf_ausente", 60, go.adult_without_cpf, alone=True),
    Mistake("mae_ausente", 40, go.nobody_known, alone=True),
    Mistake("cns_1dig", 20, go.wrong_cns, alone=True),
    Mistake("pis_invalido", 30, go.wrong_digit("pisPasep", "PIS-1"), alone=True),
    Mistake("plano_dv", 20, go.wrong_digit("numeroPlanoANS", "PLA-1"), alone=True),
    Mistake("contratante_dv", 15, go.wrong_digit("cnpjEmpresaContratante", "CNP-1"), alone=True),
    Mistake("municipio_inexistente", 25, go.put("END-1", None, codigoMunicipio="999999"), alone=True),
    Mistake("residencia_sem_comercial", 10, go.home_beside_home, alone=True),
    Mistake("dn_antiga", 10, go.declared_too_early, alone=True),
    Mistake("nascimento_depois", 10, go.enrolled_before_birth, alone=True),
    Mistake("contratacao_futura", 10, go.put("DCT-1", None, dataContratacao="2099-01-01"), alone=True),
    Mistake("titular_ausente", 15, go.put("TIT-1", True, codigoBeneficiarioTitular=""), alone=True),
    Mistake("titular_em_titular", 10, go.titular_named, alone=True),
    Mistake(
        "titular_desconhecido", 10, go.put("TIT-3", True, codigoBeneficiarioTitular="NAO-HA"), alone=True
    ),
    Mistake("dependente_antes", 15, go.before_titular, alone=True),
    Mistake("codigo_repetido", 15, go.repeated_code, alone=True),
)
BY_KIND = {m.kind: m for m in MISTAKES}
