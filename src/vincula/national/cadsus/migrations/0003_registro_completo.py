"""The whole record of CadSUS: what has no column of its own, who is restricted, what systems call a person, and the keys that
persons are searched by. The columns are added in place: remaking the big table would take its views along."""

import django.db.models.deletion
from django.db import migrations, models

COLUMNS = (
    ("fonetica", "text DEFAULT ''", models.TextField(db_default="", default="")),
    ("outros_dados", "text DEFAULT ''", models.TextField(db_default="", default="")),
    ("protegida", "boolean DEFAULT false", models.BooleanField(db_default=False, default=False)),
    ("vip", "boolean DEFAULT false", models.BooleanField(db_default=False, default=False)),
)


class Migration(migrations.Migration):
    dependencies = [("cadsus", "0002_sem_cpf")]

    operations = [
        migrations.CreateModel(
            name="IdentificadorLocal",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "raiz", "extensao", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("raiz", models.CharField(max_length=100)),
                ("extensao", models.CharField(max_length=100)),
                ("sistema", models.CharField(default="", max_length=50)),
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
            options={"db_table": "cadsus_identificador_local"},
        ),
        migrations.AddIndex(
            model_name="identificadorlocal",
            index=models.Index(fields=["pessoa"], name="cadsus_local_pessoa"),
        ),
        *(
            migrations.RunSQL(
                f"ALTER TABLE cadsus_pessoa ADD COLUMN {name} {kind} NOT NULL",
                f"ALTER TABLE cadsus_pessoa DROP COLUMN {name}",
                state_operations=[migrations.AddField("pessoa", name, field)],
            )
            for name, kind, field in COLUMNS
        ),
        migrations.AddIndex(
            model_name="pessoa",
            index=models.Index(
                condition=models.Q(unida_em__isnull=True),
                fields=["fonetica", "data_nascimento"],
                name="cadsus_pessoa_fonetica",
            ),
        ),
        migrations.AddIndex(
            model_name="pessoa",
            index=models.Index(
                condition=models.Q(("pis", ""), _negated=True), fields=["pis"], name="cadsus_pessoa_pis"
            ),
        ),
    ]
