"""The product's settings with two pages more, which the others are compared with."""

from newsroom.settings import *  # noqa: F403

ROOT_URLCONF = "tests.bench.urls"
ALLOWED_HOSTS = ["127.0.0.1", "testserver"]  # the server under test, and the test client
