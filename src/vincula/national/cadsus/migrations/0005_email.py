"""An e-mail belongs to one person only (RN020.4): whose it is must be found without reading everybody."""

from django.db import migrations, models
from django.db.models.functions import Lower


class Migration(migrations.Migration):
    dependencies = [("cadsus", "0004_fonetica")]

    operations = [
        migrations.AddIndex(
            model_name="pessoa",
            index=models.Index(
                Lower("email"), name="cadsus_pessoa_email", condition=models.Q(("email", ""), _negated=True)
            ),
        ),
    ]
