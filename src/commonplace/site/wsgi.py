"""The WSGI application, for gunicorn and for any other server."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "commonplace.site.settings")

application = get_wsgi_application()

# What is loaded now stays for the life of the process. Frozen, it is not walked through by each full collection of
# garbage, which made the slowest answers slower: of a list of 1,000 talks, the 95th percentile was 76 ms, and is 30.
get_resolver().url_patterns  # noqa: B018  # loads the views, which Django would load with the first request
gc.collect()
gc.freeze()
