"""Preview on the desk: the form as it stands, unsaved, on the public page; and links for people without a login."""

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_POST

from articles.admin.screen import Screen, story_screen
from articles.admin.story_form import rows_sent
from articles.models import Article, SharedPreview
from articles.pictures.thumbnails import desk_folder
from articles.story import preview
from articles.story.rights import may_write
from articles.views.preview import story_as_readers_would


@require_POST
@permission_required("articles.add_article", raise_exception=True)
def new_story(request: HttpRequest) -> HttpResponseBase:
    """The typed form of a story that is not there yet."""
    return as_typed(request)


@require_POST
@story_screen(may_write)
def story(screen: Screen) -> HttpResponseBase:
    """The typed form of this story."""
    return as_typed(screen.request, screen.article)


def as_typed(request, article=None):
    """The typed form on the story page, saved nowhere. What is not valid is said, with status 422."""
    form, formsets = sent_form(request, article)
    if not (form.is_valid() and all(formset.is_valid() for formset in formsets)):
        context = {"title": "This cannot be previewed yet", "faults": faults_of(form, formsets)}
        return render(request, "admin/articles/article/preview_faults.html", context, status=422)
    return story_as_readers_would(
        request,
        form.snapshot(rows_sent(formsets)),
        article=article,
        photo_folder=desk_folder,
        notice="Preview of what you are typing. Nothing is saved by looking.",
    )


def sent_form(request, article):
    """(form, formsets) of the story's own form, with what was sent."""
    story_admin = admin.site.get_model_admin(Article)
    is_there = article is not None
    form = story_admin.get_form(request, article, change=is_there)(request.POST, instance=article)
    formsets, _ = story_admin._create_formsets(request, article or form.instance, change=is_there)
    return form, formsets


def faults_of(form, formsets) -> list[tuple[str, str]]:
    """(label of the field, what is wrong with it)"""
    faults = [
        (form[name].label if name in form.fields else "", text)
        for name, texts in form.errors.items()
        for text in texts
    ]
    rows = [row for formset in formsets for row in formset.errors]
    return faults + [("Byline", text) for row in rows for texts in row.values() for text in texts]


@require_POST
@story_screen(may_write)
def share(screen: Screen) -> HttpResponseBase:
    """Make a link to the newest version for people without a login."""
    try:
        link = preview.share(screen.article, screen.article.revisions.newest(), by=screen.person)
    except preview.EnoughLinks as refused:
        screen.say(str(refused), messages.ERROR)
        return screen.to_form()
    address = settings.NEWSROOM_SITE_URL + reverse("shared-preview", args=[preview.token_of(link)])
    text = format_html(
        'This link shows version {} for seven days: <a href="{}">{}</a>',
        link.revision.version,
        address,
        address,
    )
    screen.say(text)
    return screen.to_form()


@require_POST
@story_screen(may_write)
def revoke(screen: Screen, link_id: int) -> HttpResponseBase:
    """End such a link before its time."""
    links = SharedPreview.objects.select_related("article")
    link = get_object_or_404(links, pk=link_id, article=screen.article)
    if link.revoked_at:
        raise Http404("That link has ended already.")
    preview.revoke(link, by=screen.person)
    screen.say("The link shows nothing any more.")
    return screen.to_form()
