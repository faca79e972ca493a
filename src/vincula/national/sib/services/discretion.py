"""The oracle rule between records: one CPF under many names or birth dates is a search, and gets no hint.

Each record alone may be told which field differs (attribution.py). An operadora that holds the same CPF with several
different identities could try a birth date a day that way; all of those are told only that the data do not agree.
"""

from __future__ import annotations

from django.db import connection, transaction

from vincula.common.loads import refresh_statistics
from vincula.national.sib.rules.reasons import Reason
from vincula.national.sib.services import frozen

_NAMED = f"{Reason.NOME_DIFERE}, {Reason.NASCIMENTO_DIFERE}"


def keep_silent(month: int) -> None:
    """Take the hint from every record of `month` whose CPF its operadora holds under another identity too."""
    month = int(month)
    hinted = f"SELECT vinculo_id FROM sib_atribuicao WHERE competencia = {month} AND motivo IN ({_NAMED})"
    identities = frozen.state_at(month, ("registro_ans", "cpf", "nome_chave", "nascimento"), "cpf <> ''")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS apontado")
        state = frozen.state_at(month, ("registro_ans", "cpf"), f"{{id}} IN ({hinted})")
        cursor.execute(f"CREATE TEMPORARY TABLE apontado AS {state}")
        cursor.execute("CREATE INDEX apontado_cpf ON apontado (cpf, registro_ans)")
        refresh_statistics("apontado")
        cursor.execute(
            f"UPDATE sib_atribuicao SET motivo = {Reason.DADOS_NAO_CONFEREM} WHERE competencia = {month} "
            "AND vinculo_id IN (SELECT a.vinculo_id FROM apontado a JOIN ("
            f"SELECT v.registro_ans, v.cpf FROM ({identities}) v "
            "WHERE v.cpf IN (SELECT cpf FROM apontado) GROUP BY v.registro_ans, v.cpf "
            "HAVING count(DISTINCT v.nome_chave || v.nascimento) > 1"
            ") r ON r.registro_ans = a.registro_ans AND r.cpf = a.cpf)"
        )
