"""The index of the subjects without the moment, which its entries' own order gives: half as wide.

It is the one index whose entries come in no order, so nearly every record writes a page of it: its width is most of
what a record costs.
"""

from django.db import migrations

WIDE = "CREATE INDEX auditoria_registro_assunto ON auditoria_registro (assunto, quando)"
NARROW = {
    "sqlite": "CREATE INDEX auditoria_registro_assunto ON auditoria_registro (assunto)",  # and the rowid, by itself
    "postgresql": "CREATE INDEX auditoria_registro_assunto ON auditoria_registro (assunto, id)",
}


def _replace(schema_editor, statement):
    schema_editor.execute("DROP INDEX auditoria_registro_assunto")
    schema_editor.execute(statement)


def narrow(apps, schema_editor):
    _replace(schema_editor, NARROW[schema_editor.connection.vendor])


def widen(apps, schema_editor):
    _replace(schema_editor, WIDE)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [migrations.RunPython(narrow, widen)]
