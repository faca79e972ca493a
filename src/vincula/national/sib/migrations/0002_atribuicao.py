"""sib_atribuicao by hand: on SQLite its rows live in the key itself (WITHOUT ROWID), which halves what is written."""

import django.db.models.fields.composite
from django.db import migrations, models

TABLE = """
CREATE TABLE sib_atribuicao (
    competencia integer NOT NULL,
    vinculo_id bigint NOT NULL,
    cns varchar(15) NOT NULL,
    acao smallint NOT NULL,
    motivo smallint NOT NULL,
    fase smallint NOT NULL,
    PRIMARY KEY (competencia, vinculo_id)
)
"""


def create(apps, schema_editor):
    ending = " WITHOUT ROWID" if schema_editor.connection.vendor == "sqlite" else ""
    schema_editor.execute(TABLE + ending)


def drop(apps, schema_editor):
    schema_editor.execute("DROP TABLE sib_atribuicao")


class Migration(migrations.Migration):
    dependencies = [("sib", "0001_initial")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(create, drop)],
            state_operations=[
                migrations.CreateModel(
                    name='Atribuicao',
                    fields=[
                        ('pk', models.CompositePrimaryKey('competencia', 'vinculo_id', blank=True, editable=False, primary_key=True, serialize=False)),
                        ('competencia', models.IntegerField()),
                        ('vinculo_id', models.BigIntegerField()),
                        ('cns', models.CharField(max_length=15)),
                        ('acao', models.SmallIntegerField()),
                        ('motivo', models.SmallIntegerField()),
                        ('fase', models.SmallIntegerField()),
                    ],
                    options={
                        'db_table': 'sib_atribuicao',
                    },
                ),
            ],
        )
    ]
