"""The photo library on the desk: a grid to search and choose from, the short form, and what uses a photo."""

from django.contrib import admin, messages
from django.db import transaction
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from js_asset import Script

from articles.admin import photo_files, photo_upload
from articles.admin.lists import BoundedPaginator
from articles.admin.photo_filters import PHOTO_FILTERS
from articles.forms.photo import PhotoForm
from articles.models import Article, Photo
from articles.pictures import uploads
from articles.pictures.thumbnails import address_at_desk
from articles.story import photo_visibility, snapshots
from articles.story.fields import not_for_lists
from authors.models import Author, account_of
from newsroom.foundation.desk import DeskAdmin, is_key
from newsroom.foundation.text import fold

MOST_USES = 50  # stories that "used in" names
MADE_FROM = ("focal_x", "focal_y")


@admin.register(Photo)
class PhotoAdmin(DeskAdmin):
    form = PhotoForm
    list_display = ["alt"]
    list_filter = PHOTO_FILTERS
    filters = frozenset(each.parameter_name for each in PHOTO_FILTERS)
    search_fields = ["search_text"]
    search_help_text = "Words of the description, caption, credit, place, terms or file name."
    ordering = ["-added_at", "-pk"]
    list_per_page = 48
    list_max_show_all = 0
    paginator = BoundedPaginator
    show_facets = admin.ShowFacets.NEVER
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "picture",
                    ("focal_x", "focal_y"),
                    "alt",
                    "is_decorative",
                    "caption",
                    "credit",
                ],
                "description": "The focal point is what must stay visible when the picture is cut: press on the "
                "picture, or type tenths.",
            },
        ),
        (
            "Rights",
            {"fields": ["rights_kind", "allowed_use", "rights_until", "rights", "copyright"]},
        ),
        (
            "How and where it was made",
            {"fields": ["source_type", "creator", "taken_on", "place", "title"]},
        ),
        ("In many words", {"classes": ["collapse"], "fields": ["long_description"]}),
        ("This photo", {"fields": ["used_in", "file_facts", "what_the_file_says"]}),
    ]
    readonly_fields = ["picture", "used_in", "file_facts", "what_the_file_says"]

    class Media:
        js = [
            Script(f"articles/desk/{name}.js", type="module")
            for name in ("photo_library", "focal_point")
        ]

    def get_urls(self):
        def at(route, view, name):
            return path(route, self.admin_site.admin_view(view), name=f"articles_photo_{name}")

        return [
            at("facts/", photo_files.facts, "facts"),
            at("<int:pk>/file/<slug:stamp>/<str:name>", photo_files.file, "file"),
            at("<path:object_id>/replace/", photo_upload.replace, "replace"),
            *super().get_urls(),
        ]

    # --- who may

    def has_change_permission(self, request, obj=None):
        return photo_files.may_change(account_of(request), obj)

    def working_copies_with(self, row):
        return snapshots.working_copies_showing(row.sha256)

    # --- the library

    def get_search_results(self, request, queryset, search_term):
        return super().get_search_results(
            request, queryset, fold(search_term[:200]) if search_term.strip() else ""
        )

    def changelist_view(self, request, extra_context=None):
        context = {
            "may_add": self.has_add_permission(request),
            "limits": uploads.LIMITS,
            "title": "Photos",
        }
        return super().changelist_view(request, context | (extra_context or {}))

    # --- the form

    def add_view(self, request, form_url="", extra_context=None):
        return photo_upload.add(request)

    def get_queryset(self, request):
        return super().get_queryset(request).defer("search_text")

    def get_object(self, request, object_id, from_field=None):
        photo = super().get_object(request, object_id, from_field)
        if photo is not None:
            photo.asked_by = request.user  # "used in" names what this person may know of
        return photo

    def change_view(self, request, object_id, form_url="", extra_context=None):
        photo = self.get_object(request, object_id) if is_key(object_id) else None
        may = photo is not None and self.has_change_permission(request, photo)
        context = {
            "photo": photo,
            "may_replace": may,
            "title": "Photo",
            "show_save_and_add_another": False,
        }
        return super().change_view(request, object_id, form_url, context | (extra_context or {}))

    def save_model(self, request, obj, form, change):
        obj.is_incoming = False  # the form asks for all that a ready one has
        super().save_model(request, obj, form, change)
        if set(MADE_FROM) & set(form.changed_data):
            transaction.on_commit(lambda: self.make_again(request, obj))

    def make_again(self, request, photo):
        try:
            uploads.make_renditions(photo)
        except (uploads.PictureRefused, OSError) as error:
            words = (
                f"The crops could not be made again ({error}). "
                "The ones before stay; `rebuild_pictures` tries again."
            )
            self.message_user(request, words, messages.WARNING)
        photo_visibility.sync(photo)

    def response_change(self, request, obj):
        # uploaded from a story's form: this is the one that was wanted there
        if "_popup" in request.POST:
            return self.response_add(request, obj)
        return super().response_change(request, obj)

    # --- columns

    @admin.display(description="Picture")
    def picture(self, photo):
        address = address_at_desk(photo, width=960)
        if not address:
            if not photo.stamp:
                return "It is being made."
            return "Its files were taken away with a withdrawn story. They come back when a story with it goes live."
        width, height = photo.largest()
        return format_html(
            '<img class="focal-picture" src="{}" alt="{}" width="{}" height="{}">',
            address,
            photo.alt,
            width,
            height,
        )

    @admin.display(description="Used in")
    def used_in(self, photo):
        """Of stories those that may be named to who asks; a working copy, to who may open its story."""
        shown = Article.objects.named_to(photo.asked_by).showing(photo).newest_first()
        stories = list(shown.defer(*not_for_lists())[:MOST_USES])
        opened = Article.objects.open_to(photo.asked_by)
        copies = [
            story
            for story in snapshots.working_copies_showing(photo.sha256, of=opened)
            if story not in stories
        ]
        authors = list(Author.objects.filter(portrait=photo)[:MOST_USES])
        if not (stories or copies or authors):
            return "Nowhere yet."
        rows = [("article", story.pk, story, "") for story in stories]
        rows += [("article", story.pk, story, " (working copy)") for story in copies]
        rows += [("author", author.pk, f"Portrait of {author.name}", "") for author in authors]
        addresses = {
            "article": "admin:articles_article_change",
            "author": "admin:authors_author_change",
        }
        links = (
            (reverse(addresses[kind], args=[pk]), words, after) for kind, pk, words, after in rows
        )
        return format_html(
            "<ul>{}</ul>", format_html_join("", '<li><a href="{}">{}</a>{}</li>', links)
        )

    @admin.display(description="File")
    def file_facts(self, photo):
        name = f"{photo.file_name}: " if photo.file_name else ""
        who = f", added by {photo.added_by}" if photo.added_by else ""
        return f"{name}{photo.width} × {photo.height} px, {photo.size / 1024:,.0f} KB{who}. {photo.lost}".strip()

    @admin.display(description="What the file says of itself")
    def what_the_file_says(self, photo):
        if not photo.said_by_file:
            return "Nothing."
        rows = (
            (name.replace("_", " "), value, carrier)
            for name, (value, carrier) in photo.said_by_file.items()
        )
        return format_html(
            '<table class="receipt"><tbody>{}</tbody></table>',
            format_html_join("", '<tr><th scope="row">{}</th><td>{}</td><td>{}</td></tr>', rows),
        )
