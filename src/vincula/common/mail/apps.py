from django.apps import AppConfig


class Config(AppConfig):
    name = "vincula.common.mail"
    label = "mail"
    verbose_name = "Correio"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from vincula.common import retention
        from vincula.common.mail.menu import register_menu

        retention.register("correio.mensagens", "vincula.common.mail.keeping.purge_messages")
        retention.register("correio.sandbox", "vincula.common.mail.keeping.purge_mailbox")
        register_menu()
