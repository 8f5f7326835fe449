"""What the library asks about a photo."""

from django import forms

from articles.models import Photo
from newsroom.foundation.text import fold


class PhotoForm(forms.ModelForm):
    class Meta:
        model = Photo
        fields = [
            "alt",
            "is_decorative",
            "caption",
            "credit",
            "rights_kind",
            "allowed_use",
            "rights_until",
            "rights",
            "copyright",
            "source_type",
            "creator",
            "taken_on",
            "place",
            "title",
            "focal_x",
            "focal_y",
            "long_description",
        ]
        widgets = {
            "alt": forms.Textarea(attrs={"rows": 2}),
            "caption": forms.Textarea(attrs={"rows": 2}),
            "long_description": forms.Textarea(attrs={"rows": 5}),
            "rights_until": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "taken_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "focal_x": forms.NumberInput(attrs={"min": 0, "max": 10}),
            "focal_y": forms.NumberInput(attrs={"min": 0, "max": 10}),
        }

    def clean(self):
        data = super().clean()
        alt = data.get("alt", "").strip()
        if not data.get("is_decorative") and not alt and "alt" not in self.errors:
            self.add_error("alt", "Say what the picture shows, or tick “decorative”.")
        name = self.instance.file_name
        if alt and name and fold(alt) in (fold(name), fold(name.rpartition(".")[0])):
            self.add_error("alt", "That is the file’s name. Say what the picture shows.")
        if not data.get("credit", "").strip() and "credit" not in self.errors:
            self.add_error("credit", "Say whose picture it is.")
        return data
