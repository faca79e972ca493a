from collections.abc import Mapping, Sequence

from django.apps import AppConfig


class Config(AppConfig):
    name = "vincula.national.cadop"
    label = "cadop"
    verbose_name = "CADOP"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from vincula.common.accounts.session import register_operadora_names

        register_operadora_names(_names)


def _names(registros: Sequence[str]) -> Mapping[str, str]:
    """Imported when somebody asks, and not by every command that starts."""
    from vincula.national.cadop.services import names

    return names(registros)
