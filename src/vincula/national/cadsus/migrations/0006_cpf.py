"""A view of who holds which CPF, as cadsus_numero is of the CNS: also of those that came by a unification, and of the
disputed ones, whose row is with the first who bore them."""

from django.db import migrations

CREATE = "CREATE VIEW cadsus_cpf AS SELECT valor AS cpf, pessoa_id FROM cadsus_identificador WHERE tipo = 1"


class Migration(migrations.Migration):
    dependencies = [("cadsus", "0005_email")]

    operations = [migrations.RunSQL(CREATE, "DROP VIEW cadsus_cpf")]
