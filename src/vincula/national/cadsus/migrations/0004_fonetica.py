"""The phonetic key of the persons registered before there was one. A release that changes the key fills it again in the
same way. Each batch is committed on its own: a migration that was killed goes on where it stopped. Then an index over it:
who was born on a day and has a first name that sounds so."""

from django.db import migrations, models, transaction

from vincula.people.phonetics import folded_search_key

BATCH = 10_000


def fill(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        last = 0
        while True:
            cursor.execute(
                "SELECT id, nome_chave, fonetica FROM cadsus_pessoa WHERE id > %s ORDER BY id LIMIT %s", (last, BATCH)
            )
            rows = cursor.fetchall()
            if not rows:
                return
            last = rows[-1][0]
            keys = ((folded_search_key(name), one, held) for one, name, held in rows)
            changed = [(key, one) for key, one, held in keys if key != held]
            with transaction.atomic(using=schema_editor.connection.alias):
                cursor.executemany("UPDATE cadsus_pessoa SET fonetica = %s WHERE id = %s", changed)


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("cadsus", "0003_registro_completo")]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop, atomic=False),
        migrations.AddIndex(
            model_name="pessoa",
            index=models.Index(
                condition=models.Q(unida_em__isnull=True),
                fields=["data_nascimento", "fonetica"],
                name="cadsus_pessoa_dia_som",
                opclasses=["varchar_ops", "text_pattern_ops"],
            ),
        ),
    ]
