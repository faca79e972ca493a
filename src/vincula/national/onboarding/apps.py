from django.apps import AppConfig


class Config(AppConfig):
    name = "vincula.national.onboarding"
    label = "onboarding"
    verbose_name = "Passos do acesso ao CadSUS Web"

    def ready(self) -> None:
        from vincula.national.onboarding.menu import register_menu

        register_menu()
