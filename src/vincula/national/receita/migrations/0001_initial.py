"""The table in plain SQL: keyed by the CPF itself on SQLite (one look-up instead of two; a join of a million vínculos
measured 1.7 s against 2.5 s) and without the second, pattern, index that Django gives a text key on PostgreSQL.

The view is what national.sib may read. A later migration that rebuilds the table drops and makes the view again.
"""

from django.db import migrations, models

TABLE = """
CREATE TABLE receita_contribuinte (
    cpf varchar(11) NOT NULL PRIMARY KEY,
    nome text NOT NULL DEFAULT '',
    nome_social text NOT NULL DEFAULT '',
    nome_mae text NOT NULL DEFAULT '',
    data_nascimento varchar(10) NOT NULL DEFAULT '',
    sexo varchar(2) NOT NULL DEFAULT '',
    situacao smallint NOT NULL DEFAULT 0,
    ano_obito varchar(4) NOT NULL DEFAULT '',
    nome_chave text NOT NULL DEFAULT '',
    mae_chave text NOT NULL DEFAULT ''
) {keyed}
"""

VIEW = """
CREATE VIEW receita_identidade AS
SELECT cpf, nome_chave, data_nascimento, situacao, nome_mae, mae_chave, nome, sexo FROM receita_contribuinte
"""


def create(apps, schema_editor):
    keyed = "WITHOUT ROWID" if schema_editor.connection.vendor == "sqlite" else ""
    schema_editor.execute(TABLE.format(keyed=keyed))
    schema_editor.execute(VIEW)


def drop(apps, schema_editor):
    schema_editor.execute("DROP VIEW receita_identidade")
    schema_editor.execute("DROP TABLE receita_contribuinte")


class Migration(migrations.Migration):
    initial = True
    dependencies = []

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(create, drop)],
            state_operations=[
                migrations.CreateModel(
                    name="Contribuinte",
                    fields=[
                        ("cpf", models.CharField(max_length=11, primary_key=True, serialize=False)),
                        ("nome", models.TextField(default="")),
                        ("nome_social", models.TextField(default="")),
                        ("nome_mae", models.TextField(default="")),
                        ("data_nascimento", models.CharField(default="", max_length=10)),
                        ("sexo", models.CharField(default="", max_length=2)),
                        ("situacao", models.SmallIntegerField(default=0)),
                        ("ano_obito", models.CharField(default="", max_length=4)),
                        ("nome_chave", models.TextField(default="")),
                        ("mae_chave", models.TextField(default="")),
                    ],
                    options={"verbose_name": "contribuinte", "db_table": "receita_contribuinte"},
                ),
            ],
        ),
    ]
