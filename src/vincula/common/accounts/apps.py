from django.apps import AppConfig


class Config(AppConfig):
    name = "vincula.common.accounts"
    label = "accounts"
    verbose_name = "Contas"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from vincula.common import retention
        from vincula.common.accounts.retention import purge_attempts, purge_sessions

        retention.register("contas.sessoes", purge_sessions)
        retention.register("contas.tentativas", purge_attempts)
