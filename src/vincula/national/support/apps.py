from django.apps import AppConfig


class Config(AppConfig):
    name = "vincula.national.support"
    label = "support"
    verbose_name = "Atendimento"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from vincula.common import retention

        retention.register("support.limites", "vincula.national.support.services.limits.purge")
