from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "vincula.national.api"
    label = "api"
    verbose_name = "API do CNS"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from vincula.common import retention
        from vincula.national.api.services import bulk  # registers the executor
        from vincula.national.api.services.continuing import forget_old

        retention.register("api.consultas", lambda now: forget_old())
        retention.register("api.lotes", bulk.purge)
