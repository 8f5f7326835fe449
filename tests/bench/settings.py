"""The product's settings with two pages more, which the others are compared with."""

from newsroom.settings import *  # noqa: F403

ROOT_URLCONF = "tests.bench.urls"
ALLOWED_HOSTS = ["testserver"]  # of the test client
