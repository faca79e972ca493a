"""Tables in text files (CSV; separated by comma, semicolon or tab), read streamed and written safe for
spreadsheets.

    match open_table(path, ("cpf", "nome"), optional=("email",)):
        case Accepted(table):
            for line, (cpf, nome, email) in table: ...
            print(table.refused.count)
        case Refused() as refused: ...
"""

from vincula.common.tabular.export import safe_cell, write_csv
from vincula.common.tabular.opening import open_table
from vincula.common.tabular.reader import Limits, Table
from vincula.common.tabular.refused import RefusedRow, RefusedRows

__all__ = ["Limits", "RefusedRow", "RefusedRows", "Table", "open_table", "safe_cell", "write_csv"]
