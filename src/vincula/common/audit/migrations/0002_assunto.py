"""The index of the subjects goes by blocks of records (see audit.subjects): a third of the cost of a record."""

from django.db import migrations

PLAIN = "CREATE INDEX auditoria_registro_assunto ON auditoria_registro (assunto, quando)"
BLOCKS = "CREATE INDEX auditoria_registro_assunto ON auditoria_registro ((id >> 14), assunto)"


def _replace(schema_editor, statement):
    schema_editor.execute("DROP INDEX auditoria_registro_assunto")
    schema_editor.execute(statement)


def by_blocks(apps, schema_editor):
    _replace(schema_editor, BLOCKS)


def plain(apps, schema_editor):
    _replace(schema_editor, PLAIN)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [migrations.RunPython(by_blocks, plain)]
