"""Who of an operadora bears a CPF: asked at consolidation of every record that is given a hint (services.discretion)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("sib", "0002_atribuicao")]

    operations = [
        migrations.AddIndex(model_name="vinculo", index=models.Index(fields=["cpf"], name="sib_vinculo_cpf")),
    ]
