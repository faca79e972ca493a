"""The name of a CNX follows from operadora and competência: the column for it was never filled."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("sib", "0003_vinculo_cpf")]

    operations = [migrations.RemoveField(model_name="pedidocnx", name="arquivo")]
