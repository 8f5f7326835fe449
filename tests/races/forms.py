"""The story form as a browser sends it over HTTP, for races against the product's own server."""

TOKEN = "a" * 32  # a token that cookie and form agree on is what Django asks for


def sent_by_the_desk(made: dict, **typed) -> tuple[dict, dict]:
    """(the form's fields, the request's headers) of whoever `tests.races.desk begin` has logged in."""
    form = {
        "headline": "Base",
        "date_known": "day",
        "published_day": "2026-03-04",
        "section": made["section"],
        "byline_decision": "staff",
        "headline_from": "source",
        "story_type": "news",
        "language": "en",
        "bylines-TOTAL_FORMS": 0,
        "bylines-INITIAL_FORMS": 0,
        "csrfmiddlewaretoken": TOKEN,
    }
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Cookie": f"csrf={TOKEN}; desk={made['session']}",
    }
    return form | typed, headers
