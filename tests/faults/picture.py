"""The whole state of an installation, without moments and numbers that no two runs share: for comparing."""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import Any

from tests.faults.stage import Stage
from vincula.formats.sib.cnx_reader import read_cnx
from vincula.formats.sib.rpx_reader import read_rpx

ROOMS = ("sib_", "cadsus_", "receita_", "cadop_", "ibge_")
MOMENTS = {
    "recebido_em", "processado_em", "encerrada_em", "consolidada_em", "pedido_em", "pronto_em", "quando", "criada_em",
    "desfeita_em", "carregada_em",
}  # fmt: skip
# Serial numbers: a rolled-back insertion uses one up. A protocol and a CNX's hash carry one, or a moment.
SERIAL = {
    "sib_arquivo": {"id", "protocolo", "rpx", "retomadas", "ip_origem"},
    "sib_pedido_cnx": {"id", "sha256"},
    "cadsus_pessoa": set(),
    "sib_vinculo": set(),
}
BY_NAME = {"arquivo_id", "arquivo_inclusao"}
TODAY = {(dt.date.today() - dt.timedelta(days=n)).isoformat() for n in (-1, 0, 1)}
Picture = dict[str, list[str]]
_as_text = json.JSONEncoder(sort_keys=True, default=str).encode


def picture(stage: Stage) -> Picture:
    """Table → its rows as text, sorted; also the RPX and CNX files that the base names."""
    with stage.looking():
        return _picture(stage)


def _picture(stage: Stage) -> Picture:
    columns = stage.columns()
    names = dict(stage.query("SELECT id, nome FROM sib_arquivo"))
    found: Picture = {"tables": sorted(columns)}
    for table in columns:
        if table.startswith(ROOMS):
            found[table] = _rows(stage, table, columns[table], names)
    # Sending again what is already done is rejected as a duplicate, and what was rejected may be sent, and is rejected,
    # as often as one likes: the user's own doing, not the base's.
    own = [row for row in found["sib_arquivo"] if '"rejeicao": 26' not in row]
    found["sib_arquivo"] = sorted({row for row in own if "REJEITADO" in row}) + [
        row for row in own if "REJEITADO" not in row
    ]
    return found | {"rpx": _rpx(stage), "cnx": _cnx(stage)}


def _rows(stage: Stage, table: str, columns: list[str], names: dict[int, str]) -> list[str]:
    drop = MOMENTS | SERIAL.get(table, {"id"})
    kept = [one for one in columns if one not in drop]
    rows = stage.query(f"SELECT {', '.join(kept)} FROM {table}")
    return sorted(
        _as_text({c: _plain(names.get(v, v) if c in BY_NAME else v) for c, v in zip(kept, row, strict=True)})
        for row in rows
    )


def _plain(value: Any) -> Any:
    return "hoje" if str(value) in TODAY else value


def _rpx(stage: Stage) -> list[str]:
    found = []
    for name, rpx, state in stage.query(
        "SELECT nome, rpx, estado FROM sib_arquivo WHERE estado IN ('PROCESSADO', 'REJEITADO')"
    ):
        path = stage.data / "sib" / "rpx" / rpx
        assert rpx, f"{name} ended without an RPX"
        with path.open("rb") as source:
            list(read_rpx(source))  # to its end, with a hash that agrees
        text = path.read_bytes().decode("iso-8859-1")
        if "ERRO_NOME_ARQUIVO_INVALIDO" not in text and "<codigoMotivoRejeicao>26<" not in text:
            found.append(f"{name} {state} {_without_moments(text)}")
    return sorted(set(found))  # an RPX carries the name of its file


def _cnx(stage: Stage) -> list[str]:
    found = []
    for path in sorted(stage.out.glob("*.CNX")):
        with path.open("rb") as source:
            list(read_cnx(source))
        found.append(_without_moments(path.read_bytes().decode("iso-8859-1")))
    return found


def _without_moments(text: str) -> str:
    for element in (
        "sequencialTransacao",
        "dataHoraRegistroTransacao",
        "numeroProtocolo",
        "hash",
        "dataHoraRecebimento",
    ):
        text = re.sub(rf"(<(?:\w+:)?{element}>)[^<]*", r"\1", text)
    for day in TODAY:
        text = text.replace(day, "hoje")
    return re.sub(r"hojeT\d\d:\d\d:\d\d", "agora", text)


def difference(one: Picture, other: Picture) -> list[str]:
    """What differs, short enough to read."""
    found = []
    for name in sorted({*one, *other}):
        left, right = set(one.get(name, ())), set(other.get(name, ()))
        if one.get(name) != other.get(name):
            found += [f"{name}: {len(one.get(name, []))} / {len(other.get(name, []))} rows"]
            found += [f"  - {row[:300]}" for row in sorted(left - right)[:3]]
            found += [f"  + {row[:300]}" for row in sorted(right - left)[:3]]
    return found
