"""The tables of the CNS base, and the views that other apps may read.

Person, identifier and card are made in plain SQL: on SQLite they are keyed by what they are looked up by (one descent
instead of two), and on PostgreSQL they do without the second, pattern, index that Django gives a text key.
A later migration that rebuilds one of these tables drops and makes the views again.
"""

import django.db.models.deletion
from django.db import migrations, models

TABLES = (
    """
    CREATE TABLE cadsus_pessoa (
        id {bigint} NOT NULL PRIMARY KEY,
        registro_origem varchar(50) NOT NULL DEFAULT '',
        cpf varchar(11) NOT NULL DEFAULT '',
        cpf_situacao varchar(1) NOT NULL DEFAULT '',
        nome text NOT NULL DEFAULT '',
        nome_social text NOT NULL DEFAULT '',
        nome_mae text NOT NULL DEFAULT '',
        nome_pai text NOT NULL DEFAULT '',
        sexo varchar(2) NOT NULL DEFAULT '',
        data_nascimento varchar(10) NOT NULL DEFAULT '',
        raca_cor varchar(4) NOT NULL DEFAULT '',
        municipio_nascimento varchar(7) NOT NULL DEFAULT '',
        data_obito varchar(10) NOT NULL DEFAULT '',
        pis varchar(11) NOT NULL DEFAULT '',
        tipo_logradouro varchar(3) NOT NULL DEFAULT '',
        logradouro text NOT NULL DEFAULT '',
        numero text NOT NULL DEFAULT '',
        complemento text NOT NULL DEFAULT '',
        bairro text NOT NULL DEFAULT '',
        cep varchar(8) NOT NULL DEFAULT '',
        municipio varchar(7) NOT NULL DEFAULT '',
        uf varchar(2) NOT NULL DEFAULT '',
        ddd varchar(2) NOT NULL DEFAULT '',
        telefone varchar(11) NOT NULL DEFAULT '',
        email text NOT NULL DEFAULT '',
        atualizado_em varchar(10) NOT NULL DEFAULT '',
        nome_chave text NOT NULL DEFAULT '',
        mae_chave text NOT NULL DEFAULT '',
        cns_mestre varchar(15) NOT NULL DEFAULT '',
        qualidade smallint NOT NULL DEFAULT 0,
        ativa {boolean} NOT NULL DEFAULT {true},
        simulado {boolean} NOT NULL DEFAULT {false},
        unida_em_id bigint NULL
    )
    """,
    "CREATE INDEX cadsus_pessoa_nascimento ON cadsus_pessoa (data_nascimento, nome_chave)",
    "CREATE INDEX cadsus_pessoa_unida ON cadsus_pessoa (unida_em_id) WHERE unida_em_id IS NOT NULL",
    """
    CREATE TABLE cadsus_identificador (
        tipo smallint NOT NULL,
        valor varchar(50) NOT NULL,
        pessoa_id bigint NOT NULL,
        origem_id bigint NOT NULL,
        disputado {boolean} NOT NULL DEFAULT {false},
        PRIMARY KEY (tipo, valor)
    ) {keyed}
    """,
    "CREATE INDEX cadsus_identificador_pessoa ON cadsus_identificador (pessoa_id)",
    """
    CREATE TABLE cadsus_cartao (
        cns varchar(15) NOT NULL PRIMARY KEY,
        pessoa_id bigint NOT NULL,
        origem_id bigint NOT NULL,
        tipo varchar(1) NOT NULL,
        ordem smallint NOT NULL DEFAULT 0,
        atribuido_em varchar(10) NOT NULL DEFAULT '',
        simulado {boolean} NOT NULL DEFAULT {false}
    ) {keyed}
    """,
    "CREATE INDEX cadsus_cartao_pessoa ON cadsus_cartao (pessoa_id)",
)

# A CPF that several persons claim resolves to none of them: no number and no person, whoever forgets to look.
# The same view in two forms, for the sake of whoever joins it from the right of a LEFT JOIN: SQLite would make a copy of a
# view with a join of its own, once per statement; PostgreSQL would not join, row by row, what stands in a sub-select.
_MASTER = """
    SELECT i.valor AS cpf,
           CASE WHEN i.disputado THEN NULL ELSE i.pessoa_id END AS pessoa_id,
           CASE WHEN i.disputado THEN '' ELSE {cns_mestre} END AS cns_mestre,
           i.disputado AS disputado
      FROM cadsus_identificador i {join}
     WHERE i.tipo = 1
"""
MASTER = {
    "sqlite": _MASTER.format(
        cns_mestre="(SELECT p.cns_mestre FROM cadsus_pessoa p WHERE p.id = i.pessoa_id)", join=""
    ),
    "postgresql": _MASTER.format(cns_mestre="p.cns_mestre", join="JOIN cadsus_pessoa p ON p.id = i.pessoa_id"),
}
VIEWS = {
    "cadsus_sem_cpf": """
    SELECT p.id AS pessoa_id, p.nome_chave, p.data_nascimento, p.mae_chave, p.sexo
      FROM cadsus_pessoa p
     WHERE p.unida_em_id IS NULL AND p.ativa AND p.cpf = ''
       AND NOT EXISTS (SELECT 1 FROM cadsus_identificador i WHERE i.pessoa_id = p.id AND i.tipo = 1)
       AND NOT EXISTS (SELECT 1 FROM cadsus_reivindicacao r WHERE r.pessoa_id = p.id)
    """,
    "cadsus_numero": "SELECT cns, pessoa_id FROM cadsus_cartao",
}


def create(apps, schema_editor):
    sqlite = schema_editor.connection.vendor == "sqlite"
    words = {
        "bigint": "integer" if sqlite else "bigint",
        "boolean": "bool" if sqlite else "boolean",
        "true": "1" if sqlite else "true",
        "false": "0" if sqlite else "false",
        "keyed": "WITHOUT ROWID" if sqlite else "",
    }
    for table in TABLES:
        schema_editor.execute(table.format(**words))


def create_views(apps, schema_editor):
    views = {"cadsus_mestre": MASTER[schema_editor.connection.vendor], **VIEWS}
    for name, query in views.items():
        schema_editor.execute(f"CREATE VIEW {name} AS {query}")


def drop_views(apps, schema_editor):
    for name in ("cadsus_mestre", *VIEWS):
        schema_editor.execute(f"DROP VIEW {name}")


def drop(apps, schema_editor):
    for table in ("cadsus_cartao", "cadsus_identificador", "cadsus_pessoa"):
        schema_editor.execute(f"DROP TABLE {table}")


class Migration(migrations.Migration):
    initial = True
    dependencies = []

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(create, drop)],
            state_operations=[
                migrations.CreateModel(
                    name="Pessoa",
                    fields=[
                        ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                        ("registro_origem", models.CharField(default="", max_length=50)),
                        ("cpf", models.CharField(default="", max_length=11)),
                        ("cpf_situacao", models.CharField(default="", max_length=1)),
                        ("nome", models.TextField(default="")),
                        ("nome_social", models.TextField(default="")),
                        ("nome_mae", models.TextField(default="")),
                        ("nome_pai", models.TextField(default="")),
                        ("sexo", models.CharField(default="", max_length=2)),
                        ("data_nascimento", models.CharField(default="", max_length=10)),
                        ("raca_cor", models.CharField(default="", max_length=4)),
                        ("municipio_nascimento", models.CharField(default="", max_length=7)),
                        ("data_obito", models.CharField(default="", max_length=10)),
                        ("pis", models.CharField(default="", max_length=11)),
                        ("tipo_logradouro", models.CharField(default="", max_length=3)),
                        ("logradouro", models.TextField(default="")),
                        ("numero", models.TextField(default="")),
                        ("complemento", models.TextField(default="")),
                        ("bairro", models.TextField(default="")),
                        ("cep", models.CharField(default="", max_length=8)),
                        ("municipio", models.CharField(default="", max_length=7)),
                        ("uf", models.CharField(default="", max_length=2)),
                        ("ddd", models.CharField(default="", max_length=2)),
                        ("telefone", models.CharField(default="", max_length=11)),
                        ("email", models.TextField(default="")),
                        ("atualizado_em", models.CharField(default="", max_length=10)),
                        ("nome_chave", models.TextField(default="")),
                        ("mae_chave", models.TextField(default="")),
                        ("cns_mestre", models.CharField(default="", max_length=15)),
                        ("qualidade", models.SmallIntegerField(default=0)),
                        ("ativa", models.BooleanField(default=True)),
                        ("simulado", models.BooleanField(default=False)),
                        (
                            "unida_em",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="unidas",
                                to="cadsus.pessoa",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "cadsus_pessoa",
                    },
                ),
                migrations.CreateModel(
                    name="Identificador",
                    fields=[
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "tipo", "valor", blank=True, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("tipo", models.SmallIntegerField(choices=[(1, "CPF"), (2, "registro na origem")])),
                        ("valor", models.CharField(max_length=50)),
                        ("disputado", models.BooleanField(default=False)),
                        (
                            "origem",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="+",
                                to="cadsus.pessoa",
                            ),
                        ),
                        (
                            "pessoa",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="+",
                                to="cadsus.pessoa",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "cadsus_identificador",
                    },
                ),
                migrations.CreateModel(
                    name="Cartao",
                    fields=[
                        ("cns", models.CharField(max_length=15, primary_key=True, serialize=False)),
                        ("tipo", models.CharField(choices=[("D", "definitivo"), ("P", "provisório")], max_length=1)),
                        ("ordem", models.SmallIntegerField(default=0)),
                        ("atribuido_em", models.CharField(default="", max_length=10)),
                        ("simulado", models.BooleanField(default=False)),
                        (
                            "origem",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="+",
                                to="cadsus.pessoa",
                            ),
                        ),
                        (
                            "pessoa",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="+",
                                to="cadsus.pessoa",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "cadsus_cartao",
                    },
                ),
                migrations.AddIndex(
                    model_name="pessoa",
                    index=models.Index(fields=["data_nascimento", "nome_chave"], name="cadsus_pessoa_nascimento"),
                ),
                migrations.AddIndex(
                    model_name="pessoa",
                    index=models.Index(
                        condition=models.Q(("unida_em__isnull", False)),
                        fields=["unida_em"],
                        name="cadsus_pessoa_unida",
                    ),
                ),
                migrations.AddIndex(
                    model_name="identificador",
                    index=models.Index(fields=["pessoa"], name="cadsus_identificador_pessoa"),
                ),
                migrations.AddIndex(
                    model_name="cartao",
                    index=models.Index(fields=["pessoa"], name="cadsus_cartao_pessoa"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Contador",
            fields=[
                ("nome", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("proximo", models.BigIntegerField()),
            ],
            options={
                "db_table": "cadsus_contador",
            },
        ),
        migrations.CreateModel(
            name="Reivindicacao",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("cpf", models.CharField(max_length=11)),
                (
                    "origem",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to="cadsus.pessoa",
                    ),
                ),
                (
                    "pessoa",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to="cadsus.pessoa",
                    ),
                ),
            ],
            options={
                "db_table": "cadsus_reivindicacao",
            },
        ),
        migrations.CreateModel(
            name="Revisao",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "motivo",
                    models.CharField(
                        choices=[
                            (
                                "CPF_DISPUTADO",
                                "mesmo CPF, mas nome e nascimento não permitem dizer que é a mesma pessoa",
                            ),
                            ("NOME_E_NASCIMENTO", "mesmo nome e nascimento, sem mãe ou sexo que confirmem"),
                        ],
                        max_length=20,
                    ),
                ),
                ("criada_em", models.DateTimeField()),
                (
                    "outra",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to="cadsus.pessoa",
                    ),
                ),
                (
                    "pessoa",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to="cadsus.pessoa",
                    ),
                ),
            ],
            options={
                "db_table": "cadsus_revisao",
            },
        ),
        migrations.CreateModel(
            name="Transacao",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "tipo",
                    models.CharField(
                        choices=[
                            ("ADICIONADO", "Adicionado"),
                            ("ATIVO", "Ativo"),
                            ("DESATIVO", "Desativo"),
                            ("UNIDO", "Unido"),
                            ("DESUNIDO", "Desunido"),
                            ("ATUALIZADO", "Atualizado"),
                            ("MANUTENCAO", "Manutencao"),
                        ],
                        max_length=10,
                    ),
                ),
                ("quem", models.CharField(max_length=100)),
                ("cnes", models.CharField(default="", max_length=7)),
                ("quando", models.DateTimeField()),
                ("campos", models.JSONField(default=dict)),
                (
                    "pessoa",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to="cadsus.pessoa",
                    ),
                ),
            ],
            options={
                "db_table": "cadsus_transacao",
            },
        ),
        migrations.CreateModel(
            name="Uniao",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("cns_mestre", models.CharField(default="", max_length=15)),
                ("quem", models.CharField(max_length=100)),
                ("cnes", models.CharField(default="", max_length=7)),
                ("quando", models.DateTimeField()),
                ("desfeita_em", models.DateTimeField(null=True)),
                (
                    "pessoa",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to="cadsus.pessoa",
                    ),
                ),
                (
                    "principal",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to="cadsus.pessoa",
                    ),
                ),
            ],
            options={
                "db_table": "cadsus_uniao",
            },
        ),
        migrations.AddConstraint(
            model_name="reivindicacao",
            constraint=models.UniqueConstraint(fields=("cpf", "origem"), name="cadsus_reivindicacao_chave"),
        ),
        migrations.AddConstraint(
            model_name="revisao",
            constraint=models.UniqueConstraint(fields=("pessoa", "outra"), name="cadsus_revisao_par"),
        ),
        migrations.AddIndex(
            model_name="transacao",
            index=models.Index(fields=["pessoa"], name="cadsus_transacao_pessoa"),
        ),
        migrations.AddConstraint(
            model_name="uniao",
            constraint=models.UniqueConstraint(
                condition=models.Q(("desfeita_em__isnull", True)), fields=("pessoa",), name="cadsus_uniao_vigente"
            ),
        ),
        migrations.RunPython(create_views, drop_views),
    ]
