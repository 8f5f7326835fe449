"""A screen about one story: who asks, which story it is, and what that person may do with it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import NoReturn

from django.contrib import messages
from django.contrib.admin.utils import quote, unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import reverse

from articles import workflow
from articles.models import Article
from articles.story.rights import may_look, may_write
from authors.models import User, account_of
from newsroom.foundation.desk import LoggedRefusal, desk_page, is_key


@dataclass(frozen=True)
class Screen:
    """What the view of a screen about one story is given. That its person may look is settled by then."""

    request: HttpRequest
    article: Article

    @property
    def person(self) -> User:
        return account_of(self.request)

    @property
    def may_write(self) -> bool:
        return may_write(self.person, self.article)

    def show(self, template: str, context: dict, *, status: int = 200) -> TemplateResponse:
        """The screen inside the desk's frame. `template`: its name below `admin/articles/article/`."""
        return desk_page(
            self.request,
            f"admin/articles/article/{template}",
            {"article": self.article, **context},
            model=Article,
            status=status,
        )

    def say(self, words: str, level: int = messages.SUCCESS) -> None:
        """On the next screen that this person sees."""
        messages.add_message(self.request, level, words)

    def refuse(self, act: str, refused: workflow.Refused) -> NoReturn:
        """403, and a line in the logbook that says which act was refused and why."""
        workflow.log_refusal(self.article, act, by=self.person, refused=refused)
        raise LoggedRefusal from None

    @property
    def form_address(self) -> str:
        return reverse("admin:articles_article_change", args=[quote(self.article.pk)])

    def to_form(self) -> HttpResponseRedirect:
        """Back to the story's form."""
        return HttpResponseRedirect(self.form_address)


def story_screen(
    may: Callable[[User, Article], bool] = may_look,
) -> Callable[[Callable[..., HttpResponseBase]], Callable[..., HttpResponseBase]]:
    """Make `view(screen, **arguments)` the view of an address with `object_id` in it.

    A hidden story and an unknown one both answer 404. Who may look at it, and not do what the screen
    is for (`may`), gets 403.
    """

    def decorate(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def with_story(request: HttpRequest, object_id: str, **arguments) -> HttpResponseBase:
            screen = Screen(request, story_or_404(account_of(request), object_id))
            if not may(screen.person, screen.article):
                raise PermissionDenied
            return view(screen, **arguments)

        return with_story

    return decorate


def story_or_404(person: User, object_id: str) -> Article:
    """The story of that key, for somebody who may at least look at it."""
    key = unquote(str(object_id))
    stories = Article.objects.open_to(person)
    article = stories.filter(pk=key).first() if is_key(key) else None
    if article is None or not may_look(person, article):
        raise Http404("There is no such story.")
    return article
