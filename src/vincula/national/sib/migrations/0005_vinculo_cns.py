"""Whose operadora a CNS is: asked by the CNS services of every number that an operadora looks up (services.links)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("sib", "0004_pedido_sem_nome")]

    operations = [
        migrations.AddIndex(
            model_name="vinculo",
            index=models.Index(fields=["cns"], condition=~models.Q(cns=""), name="sib_vinculo_cns"),
        ),
    ]
