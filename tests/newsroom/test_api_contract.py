"""schemathesis asks the API everything that its OpenAPI document allows, and much that it does not."""

import json

import pytest
import schemathesis
from django.core.serializers.json import DjangoJSONEncoder
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, settings

from articles import workflow
from articles.models import Tag
from articles.naming.merge import merge
from newsroom.api.views import api
from newsroom.wsgi import application
from tests.builders import a_person, a_story, an_author
from tests.sizes import sized

pytestmark = [pytest.mark.django_db, pytest.mark.full_size]
EXAMPLES = sized(200, 15)  # requests of each address
# Not asked over HTTP: tests are collected before there is a database, without which nobody is answered.
schema = schemathesis.openapi.from_dict(
    json.loads(json.dumps(api.get_openapi_schema(), cls=DjangoJSONEncoder))
)
schema.app = application


@pytest.fixture(autouse=True)
def one_connection():
    """A server closes its connection after a request; here it is the test's own."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture(autouse=True)
def some_stories(db):
    a_story("Bread costs more", by=[an_author("Jane Doe")], tags=["Grain"])
    a_story("Milk", date=None)
    chief = a_person("Chief editor")
    workflow.correct(
        a_story("Salt", tags=["Grain", "Prices"], story_type="opinion"),
        by=chief,
        was="Two",
        now="Three",
    )
    workflow.withdraw(a_story("Gone"), by=chief, reason="rights")
    merge(Tag.objects.named("Corn"), Tag.objects.named("Grain"), by=chief)


@schema.parametrize()
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
def test_the_api_keeps_its_own_contract(case):
    case.call_and_validate()
