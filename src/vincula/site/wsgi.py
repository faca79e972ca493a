"""The web listener's application."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vincula.site.settings")
application = get_wsgi_application()
