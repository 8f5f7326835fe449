"""What may be asked beside the words of a search: each filter's name in the address, its label, choices and widget.

The form shows what was understood and never refuses: what was sent is read by newsroom/search/query.py, which leaves
out what it cannot read. The chips above the results take their words from here too.
"""

from django import forms
from django.utils.translation import gettext_lazy as _

from articles.models import Article

LONGEST = 120  # characters of a filter
ORDERS = (
    ("newest", _("Newest first")),
    ("best", _("Best match")),
    ("oldest", _("Oldest first")),
)


class Choice(forms.Select):
    """A list; `in_own_language`: each choice is the code of the language that its words are in."""

    def __init__(self, *, in_own_language: bool = False, **kwargs):
        self.in_own_language = in_own_language
        super().__init__(**kwargs)

    def create_option(self, name, value, *args, **kwargs):
        option = super().create_option(name, value, *args, **kwargs)
        if not value:
            option["attrs"].pop("selected", None)  # a list that nobody touches shows its first line
        elif self.in_own_language:
            option["attrs"]["lang"] = value
        return option


class Day(forms.DateField):
    widget = forms.DateInput(attrs={"type": "date"})
    default_error_messages = {"invalid": _("Write a date as 2024-09-30.")}


class FilterForm(forms.Form):
    section = forms.ChoiceField(label=_("Section"), widget=Choice)
    type = forms.ChoiceField(label=_("Type"), widget=Choice)
    language = forms.ChoiceField(label=_("Language"), widget=Choice(in_own_language=True))
    author = forms.CharField(
        label=_("Author"),
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    # "from" is a word of Python's own.
    vars()["from"] = Day(label=_("Published from"))
    to = Day(label=_("Published until"))
    sort = forms.ChoiceField(label=_("Sort by"), choices=ORDERS, widget=Choice)

    use_required_attribute = False

    def __init__(self, query, outlet):
        """`query`: a `Query`, what of it stands in the fields; `outlet`: whose sections and languages are offered."""
        super().__init__(
            initial=dict(query.fields) | {"sort": query.order}, auto_id="f-%s", label_suffix=""
        )
        self.in_use = len(query.fields)
        self.unclear = query.unclear_fields
        offered = {
            "section": [
                ("", _("All sections")),
                *((each.slug, each.name) for each in outlet.sections),
            ],
            "type": [("", _("All types")), *Article.Type.choices],
            "language": [
                ("", _("All languages")),
                *((code, name) for code, name, _path in outlet.languages),
            ],
        }
        for name, choices in offered.items():
            self.fields[name].choices = choices
        if not outlet.languages:
            del self.fields["language"]
        for name in self.unclear:
            self.fields[name].widget.attrs |= {
                "aria-invalid": "true",
                "aria-describedby": f"f-{name}-wrong",
            }

    def chips(self, query) -> list[tuple[str, str, str]]:
        """[(what the filter is called, what it asks for, address of the query without it)] for each in use."""
        return [
            (
                str(self.base_fields[name].label),
                self.in_words(name, value),
                f"?{query.address(**{name: None})}",
            )
            for name, value in query.fields
        ]

    def in_words(self, name: str, value: str) -> str:
        """A choice as its list says it, and any other value as it was sent."""
        return dict(getattr(self.fields.get(name), "choices", ())).get(value, value)


FILTERS = tuple(name for name in FilterForm.base_fields if name != "sort")
