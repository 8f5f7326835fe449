"""The newsroom, served with little patience and little room: what takes seconds and hundreds is tested in moments."""

from newsroom import arrivals
from newsroom.wsgi import application

__all__ = ["application"]
arrivals.ARRIVAL, arrivals.SILENCE, arrivals.MOST_OPEN = 2, 3, 10
