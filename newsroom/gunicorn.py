"""How gunicorn serves the newsroom: threads, because pages wait for the database more than they compute, and never a
thread for a client that is slow (newsroom/arrivals.py).

The application is loaded before the workers are, so that a wrong setting stops the start with its sentence
instead of being repeated by every worker.
"""

from pathlib import Path

from newsroom import env

if env.flag("NEWSROOM_READ_ENV_FILE", True):
    env.read_file(Path(__file__).parent.parent / ".env")

preload_app = True
worker_class = "newsroom.arrivals.Worker"
workers = env.number("WEB_CONCURRENCY", 2, least=1)
threads = 12
worker_connections = 800  # open ones of each process, of which a usual machine allows 1,024
timeout = 30  # seconds without a sign of life from a process
max_requests, max_requests_jitter = 20_000, 2_000  # a fresh worker now and then
control_socket_disable = True
# No header says what the address is (SCRIPT_NAME, PATH_INFO), wherever it comes from. Whether readers came by HTTPS is
# Django's question, and answered only when NEWSROOM_PROXIES says that a proxy of ours tells (newsroom/settings.py).
forwarder_headers = ""
header_map = "drop"
secure_scheme_headers = {}
