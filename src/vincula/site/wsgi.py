"""The web listener's application."""

import os

from django.core.wsgi import get_wsgi_application

from vincula.common import config
from vincula.site.proxy import BehindProxy

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vincula.site.settings")
application = BehindProxy(get_wsgi_application(), config.load().proxies)
