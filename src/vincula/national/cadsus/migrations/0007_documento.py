"""Who bears which document: what a search by one is looked up in. Filled from what the registrations hold already; each
batch is committed on its own, so that a migration that was killed goes on.

By hand: on SQLite the rows live in the key itself (WITHOUT ROWID)."""

import django.db.models.fields.composite
from django.db import migrations, models, transaction

from vincula.national.cadsus.services.others import documents_of

BATCH = 10_000
TABLE = """
CREATE TABLE IF NOT EXISTS cadsus_documento (
    tipo varchar(2) NOT NULL,
    numero varchar(40) NOT NULL,
    pessoa_id bigint NOT NULL,
    PRIMARY KEY (tipo, numero, pessoa_id)
)
"""


def create(apps, schema_editor):
    ending = " WITHOUT ROWID" if schema_editor.connection.vendor == "sqlite" else ""
    schema_editor.execute(TABLE + ending)


def drop(apps, schema_editor):
    schema_editor.execute("DROP TABLE cadsus_documento")


def fill(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        last = 0
        while True:
            cursor.execute(
                "SELECT id, outros_dados FROM cadsus_pessoa WHERE id > %s AND outros_dados <> '' ORDER BY id LIMIT %s",
                (last, BATCH),
            )
            rows = cursor.fetchall()
            if not rows:
                return
            last = rows[-1][0]
            found = [(*key, person) for person, held in rows for key in documents_of(held)]
            with transaction.atomic(using=schema_editor.connection.alias):
                cursor.executemany(
                    "INSERT INTO cadsus_documento (tipo, numero, pessoa_id) VALUES (%s, %s, %s)"
                    " ON CONFLICT (tipo, numero, pessoa_id) DO NOTHING",
                    found,
                )


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("cadsus", "0006_cpf")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(create, drop)],
            state_operations=[
                migrations.CreateModel(
                    name="Documento",
                    fields=[
                        ("pk", models.CompositePrimaryKey("tipo", "numero", "pessoa_id", blank=True, editable=False, primary_key=True, serialize=False)),
                        ("tipo", models.CharField(max_length=2)),
                        ("numero", models.CharField(max_length=40)),
                        ("pessoa_id", models.BigIntegerField()),
                    ],
                    options={"db_table": "cadsus_documento"},
                ),
            ],
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, atomic=False),
    ]
