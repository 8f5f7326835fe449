"""Who may look at a story at the desk, type into its form, and change what it says. Who may do which act:
transitions.py."""

from articles.models import Article
from articles.story import editing
from authors.models import User


def may_look(person: User, article: Article) -> bool:
    """Whether this person may open the story's screens; of one that is not open to them nobody hears anything."""
    is_at_the_desk = person.has_perm("articles.view_article") or may_type(person, article)
    return is_at_the_desk and article.is_open_to(person)


def may_type(person: User, article: Article) -> bool:
    """Whether words that this person types into the story's form are kept, though the text may be closed to them now:
    the form was opened before that."""
    return person.has_perm("articles.change_article") and article.is_open_to(person)


def may_write(person: User, article: Article) -> bool:
    """Whether this person may change what the story says, now."""
    is_closed = article.status in editing.LOCKED or (
        article.status == Article.Status.PUBLISHED
        and not person.has_perm("articles.change_live_article")
    )
    return may_type(person, article) and not is_closed
