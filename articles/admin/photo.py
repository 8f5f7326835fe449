"""The photo library on the desk: upload, what it shows, whose it is."""

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import path, reverse
from django.utils.html import format_html

from articles import snapshots
from articles.models import Photo
from articles.pictures.uploads import LARGEST, LIMITS, PictureRefused, prepare
from articles.views.photo import TYPES, rendition_response
from authors.desk import DeskAdmin


class PhotoForm(forms.ModelForm):
    file = forms.FileField(label="Picture", help_text=f"{LIMITS} It is looked at, not trusted by its name.")

    class Meta:
        model = Photo
        fields = ["alt", "is_decorative", "caption", "credit", "rights", "focal_x", "focal_y"]
        widgets = {"alt": forms.Textarea(attrs={"rows": 2}), "caption": forms.Textarea(attrs={"rows": 2})}

    def clean(self):
        data = super().clean()
        if not data.get("is_decorative") and not data.get("alt") and "alt" not in self.errors:
            self.add_error("alt", "Say what the picture shows, or tick “decorative”.")
        return data

    def _post_clean(self):
        """Last, because it writes files: only when nothing else stands in the way."""
        super()._post_clean()
        upload = self.cleaned_data.get("file")
        if upload is not None and not self.errors:
            try:
                for name, value in prepare(upload.read(LARGEST + 1)).items():
                    setattr(self.instance, name, value)
            except PictureRefused as refused:
                self.add_error("file", str(refused))


class PhotoFactsForm(PhotoForm):
    """For a photo that is there: its file does not change."""

    file = None


@admin.register(Photo)
class PhotoAdmin(DeskAdmin):
    list_display = ["thumbnail", "alt", "credit", "dimensions", "added_at"]
    list_display_links = ["thumbnail", "alt"]
    search_fields = ["alt", "caption", "credit"]
    ordering = ["-added_at", "-pk"]
    list_per_page = 40
    add_fields = ["file", "alt", "is_decorative", "caption", "credit", "rights", ("focal_x", "focal_y")]

    def get_form(self, request, obj=None, change=False, **kwargs):
        return super().get_form(request, obj, change=change, form=PhotoFactsForm if obj else PhotoForm, **kwargs)

    def get_fields(self, request, obj=None):
        return ["thumbnail", *self.add_fields[1:], "dimensions"] if obj else self.add_fields

    def get_readonly_fields(self, request, obj=None):
        return ["thumbnail", "dimensions"]

    def get_urls(self):
        view = self.admin_site.admin_view(self.file_view)
        return [
            path("<int:pk>/file/<int:width>.<str:kind>", view, name="articles_photo_file"),
            *super().get_urls(),
        ]

    def file_view(self, request, pk, width, kind):
        """A rendition for staff, whether readers may see it or not."""
        photo = self.get_object(request, str(pk))
        if photo is None or kind not in TYPES or width not in photo.widths:
            raise Http404("There is no such picture.")
        if not self.has_view_or_change_permission(request, photo):
            raise PermissionDenied
        return rendition_response(photo, width, kind)

    def has_delete_permission(self, request, obj=None):
        free = obj is None or not snapshots.working_copies_with("lead_photo", obj.sha256)
        return free and super().has_delete_permission(request, obj)

    @admin.display(description="Picture")
    def thumbnail(self, photo):
        address = reverse("admin:articles_photo_file", args=[photo.pk, photo.widths[0], "jpg"])
        return format_html('<img class="thumbnail" src="{}" alt="{}" width="120">', address, photo.alt)

    @admin.display(description="Size")
    def dimensions(self, photo):
        return f"{photo.width} × {photo.height} px, {photo.size / 1024:,.0f} KB"
