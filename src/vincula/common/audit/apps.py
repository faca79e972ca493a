from django.apps import AppConfig


class Config(AppConfig):
    name = "vincula.common.audit"
    label = "audit"
    verbose_name = "Auditoria"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from vincula.common import retention

        retention.register("auditoria.registros", "vincula.common.audit.retention.purge")
