"""SIB/ANS files (SBX, RPX, CNX), read and written without I/O of its own: the public face of the package."""

from vincula.formats.sib.answers import DamagedAnswerError
from vincula.formats.sib.cnx import ATIVO, COLUMNS_CNX, INATIVO, write_cnx
from vincula.formats.sib.cnx_reader import CnxReader, read_cnx
from vincula.formats.sib.digest import HashDiagnosis
from vincula.formats.sib.envelope import (
    CNPJ_ANS,
    TRANSACAO_CNX,
    TRANSACAO_RPX,
    TRANSACAO_SBX,
    VERSAO_PADRAO,
    Header,
)
from vincula.formats.sib.faults import Fault
from vincula.formats.sib.filename import (
    CnxFileName,
    SibFileName,
    cnx_name,
    parse_cnx_name,
    parse_name,
    rpx_name,
    sbx_name,
)
from vincula.formats.sib.limits import DEFAULT, Limits
from vincula.formats.sib.reader import Outcome, Run, SbxReader, check_sbx, read_sbx
from vincula.formats.sib.render import UnwritableValueError
from vincula.formats.sib.rpx import (
    MOVEMENT_NAMES,
    NOT_INFORMED,
    REJECTION_NAMES,
    ErrorCount,
    FieldErrors,
    IncludedRecord,
    RecordError,
    RejectedFile,
    RejectedRecord,
    RpxWriter,
    Totals,
    write_rpx_rejected,
)
from vincula.formats.sib.rpx_reader import RpxReader, read_rpx
from vincula.formats.sib.sbx_writer import Procedure, write_sbx, write_sbx_no_movement
from vincula.formats.sib.schema import COLUMNS_INCLUSAO

__all__ = [
    "ATIVO",
    "CNPJ_ANS",
    "COLUMNS_CNX",
    "COLUMNS_INCLUSAO",
    "DEFAULT",
    "INATIVO",
    "MOVEMENT_NAMES",
    "NOT_INFORMED",
    "REJECTION_NAMES",
    "TRANSACAO_CNX",
    "TRANSACAO_RPX",
    "TRANSACAO_SBX",
    "VERSAO_PADRAO",
    "CnxFileName",
    "CnxReader",
    "DamagedAnswerError",
    "ErrorCount",
    "Fault",
    "FieldErrors",
    "HashDiagnosis",
    "Header",
    "IncludedRecord",
    "Limits",
    "Outcome",
    "Procedure",
    "RecordError",
    "RejectedFile",
    "RejectedRecord",
    "RpxReader",
    "RpxWriter",
    "Run",
    "SbxReader",
    "SibFileName",
    "Totals",
    "UnwritableValueError",
    "check_sbx",
    "cnx_name",
    "parse_cnx_name",
    "parse_name",
    "read_cnx",
    "read_rpx",
    "read_sbx",
    "rpx_name",
    "sbx_name",
    "write_cnx",
    "write_rpx_rejected",
    "write_sbx",
    "write_sbx_no_movement",
]
