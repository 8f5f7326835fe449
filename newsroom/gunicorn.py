"""How gunicorn serves the newsroom: threads, because pages wait for the database more than they compute.

The application is loaded before the workers are, so that a wrong setting stops the start with its sentence
instead of being repeated by every worker.
"""

import os

preload_app = True
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 4
timeout = 30  # seconds
max_requests, max_requests_jitter = 20_000, 2_000  # a fresh worker now and then
control_socket_disable = True
# No header says what the address is (SCRIPT_NAME, PATH_INFO), wherever it comes from. Whether readers came by HTTPS is
# Django's question, and answered only when NEWSROOM_PROXIES says that a proxy of ours tells (newsroom/settings.py).
forwarder_headers = ""
header_map = "drop"
secure_scheme_headers = {}
