"""What is not known stays unknown, and somebody has looked at it: the date, the byline, the headline."""

from articles.copydesk.problem import WARN, Problem


def check(copy):
    if copy["date_decided"] and not copy["published_on"]:
        yield Problem("no-date", WARN, "date_known", "Readers will see “Date not stated”. Is that how it stands?")
    if copy["byline_decision"] == "not_given":
        yield Problem("no-byline", WARN, "byline_decision",
                      "Readers will see “Byline not given”. Is that how it stands?")  # fmt: skip
    if copy["headline_from"] == "desk":
        yield Problem("desk-headline", WARN, "headline_from",
                      "The headline is the desk’s own; the source had none. Is that how it stands?",
                      about=copy["headline"])  # fmt: skip
