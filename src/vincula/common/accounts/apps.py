from django.apps import AppConfig


class Config(AppConfig):
    name = "vincula.common.accounts"
    label = "accounts"
    verbose_name = "Contas"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from vincula.common import retention

        retention.register("contas.sessoes", "vincula.common.accounts.retention.purge_sessions")
        retention.register("contas.tentativas", "vincula.common.accounts.retention.purge_attempts")
        retention.register("contas.convites", "vincula.common.accounts.retention.purge_invitations")
