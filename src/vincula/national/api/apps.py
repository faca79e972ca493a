from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "vincula.national.api"
    label = "api"
    verbose_name = "API do CNS"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from vincula.common import retention
        from vincula.common.jobs import registry

        services = "vincula.national.api.services"
        registry.defined_in(f"{services}.bulk.running", "api.lote")
        retention.register("api.consultas", f"{services}.continuing.forget_old")
        retention.register("api.lotes", f"{services}.bulk.purge")
