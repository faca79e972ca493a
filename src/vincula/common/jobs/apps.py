from django.apps import AppConfig


class Config(AppConfig):
    name = "vincula.common.jobs"
    label = "jobs"
    verbose_name = "Tarefas"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from vincula.common import retention

        retention.register("tarefas.terminadas", "vincula.common.jobs.services.purge")
