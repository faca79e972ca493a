"""An index of the few persons without CPF, which view cadsus_sem_cpf is looked up by at every consolidation."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cadsus", "0001_initial")]

    operations = [
        migrations.AddIndex(
            model_name="pessoa",
            index=models.Index(
                condition=models.Q(cpf="", unida_em__isnull=True, ativa=True),
                fields=["data_nascimento", "nome_chave"],
                name="cadsus_pessoa_sem_cpf",
            ),
        ),
    ]
