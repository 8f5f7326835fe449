"""The outlet's own pages on the desk."""

from csp.constants import NONCE
from csp.decorators import csp_update
from django import forms
from django.contrib import admin, messages
from django.utils.decorators import method_decorator
from js_asset import Media, Script

from articles.forms.story import EDITOR_EXTENSIONS, EDITOR_STYLE, BodyInput
from articles.models import Act, LogLine
from articles.text import body
from articles.text.taken_out import taken_out
from newsroom.foundation import lengths
from newsroom.foundation.desk import DeskAdmin
from newsroom.models import Page

# parts that a page has no use for
OF_STORIES = {"PhotoInText", "PullQuote", "Embed", "DeskNote", "StoryLanguage"}


class PageForm(forms.ModelForm):
    body = BodyInput(
        extensions={
            name: value for name, value in EDITOR_EXTENSIONS.items() if name not in OF_STORIES
        }
    )

    class Meta:
        widgets = {"description": forms.TextInput(attrs={"size": 80})}


@admin.register(Page)
class PageAdmin(DeskAdmin):
    """Each save is a line in the logbook that keeps what the page said before."""

    class Media:
        js = [Script("newsroom/desk/labels.js", type="module")]

    form = PageForm
    list_display = ["name", "kind", "slug", "is_public", "is_in_footer", "order"]
    ordering = ["order", "folded"]
    fields = ["name", "kind", "description", "body", "order", "is_in_footer", "is_public", "slug"]

    def get_readonly_fields(self, request, obj=None):
        return ["slug"] if obj else []

    def view_on_site(self, page):
        return page.get_absolute_url() if page.is_public else None

    def save_model(self, request, obj, form, change):
        for said in taken_out(request.POST.get("body", "")):
            self.message_user(request, said, messages.WARNING)
        self.begin_saving(request)
        before = (
            Page.objects.filter(pk=obj.pk)
            .values("name", "description", "body", "is_public")
            .first()
            or {}
        )
        super().save_model(request, obj, form, change)
        LogLine.objects.record(
            Act.CHANGE_PAGE if change else Act.CREATE_PAGE,
            by=request.user,
            why=f"{obj}: {', '.join(form.changed_data) or 'nothing changed'}"[:500],
            details={"before": before},
        )

    def render_change_form(self, request, context, *args, **kwargs):
        context["media"] = Media.from_media(context["media"], nonce=request.csp_nonce)
        return super().render_change_form(request, context, *args, **kwargs)

    @method_decorator(csp_update({"script-src": [NONCE], "style-src": [EDITOR_STYLE]}))
    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if len(typed := request.POST.get("body", "").strip()) <= lengths.BODY:
            body.clean(typed)  # before the transaction (newsroom/foundation/remembered.py)
        return super().changeform_view(request, object_id, form_url, extra_context)
