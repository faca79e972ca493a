"""The oracle rule between records: one CPF under many names or birth dates is a search, and gets no hint.

Each record alone may be told which field differs (attribution.py). An operadora that holds the same CPF with several
different identities could try a birth date a day that way; all of those are told only that the data do not agree.
"""

from __future__ import annotations

from django.db import connection, transaction

from vincula.common.loads import prefer_keys, refresh_statistics
from vincula.national.sib.rules.reasons import Reason
from vincula.national.sib.services import frozen

_NAMED = f"{Reason.NOME_DIFERE}, {Reason.NASCIMENTO_DIFERE}"
_IDENTITY = ("registro_ans", "cpf", "nome_chave", "nascimento")


def keep_silent(month: int) -> None:
    """Take the hint from every record of `month` whose CPF its operadora holds under another identity too."""
    month = int(month)
    hinted = f"SELECT vinculo_id FROM sib_atribuicao WHERE competencia = {month} AND motivo IN ({_NAMED})"
    # An expression of the registro, so that SQLite, which has no statistics, does not go by it: half the base is one
    # operadora's, and a CPF is one person's.
    others = " UNION ALL ".join(
        f"SELECT a.vinculo_id FROM apontado a JOIN ({arm}) v ON v.cpf = a.cpf "
        "WHERE v.registro_ans || '' = a.registro_ans AND (v.nome_chave <> a.nome_chave OR v.nascimento <> a.nascimento)"
        for arm in frozen.arms(month, _IDENTITY)
    )
    with transaction.atomic(), connection.cursor() as cursor:
        prefer_keys()
        cursor.execute("DROP TABLE IF EXISTS apontado")
        state = frozen.state_at(month, _IDENTITY, f"{{id}} IN ({hinted})")
        cursor.execute(f"CREATE TEMPORARY TABLE apontado AS {state}")
        refresh_statistics("apontado (vinculo_id, cpf, registro_ans)")
        cursor.execute(
            f"UPDATE sib_atribuicao SET motivo = {Reason.DADOS_NAO_CONFEREM} "
            f"WHERE competencia = {month} AND vinculo_id IN ({others})"
        )
