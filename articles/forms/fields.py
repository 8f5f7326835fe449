"""Fields of the desk's forms in which rows are chosen while one types: tags, and stories that belong to a story."""

from typing import Any

from django import forms
from django.contrib.admin import AdminSite
from django.core.exceptions import ValidationError

from articles.models import Article, TagLink
from articles.models.article import ArticleQuerySet
from articles.story.fields import Snapshot
from articles.story.snapshot_references import now_called
from authors.models import Author
from newsroom.foundation.desk import RowsField, SeveralByName


class SeveralField(RowsField):
    """Several rows, chosen while one types; at most `most` of these `things`."""

    def __init__(self, *args, most, things, **kwargs):
        super().__init__(*args, **kwargs)
        self.most, self.things = most, things
        self.error_messages["invalid_pk_value"] = f"Choose {things} from the list."

    def clean(self, value):
        chosen = super().clean(now_called(self.queryset.model, value or ()))
        if len(chosen) > self.most:
            raise ValidationError(
                f"Choose at most {self.most} {self.things}; these are {len(chosen)}."
            )
        return chosen


class OneAuthorField(forms.ModelChoiceField):
    """An author of a byline; one who was merged into another meanwhile is the other, and namesakes are told apart."""

    def __init__(self, queryset, **kwargs):
        super().__init__(queryset.told_apart(), **kwargs)

    def to_python(self, value):
        return super().to_python(now_called(Author, [value])[0] if value else value)


def in_order_of(before: list[str], chosen: list[str]) -> list[str]:
    """What was there keeps its place, what is new follows."""
    kept = [each for each in before if each in chosen]
    return kept + [each for each in chosen if each not in kept]


def tags_widget(site: AdminSite) -> SeveralByName:
    return SeveralByName(TagLink._meta.get_field("tag"), site)  # pyright: ignore[reportArgumentType] - the stub asks for a field’s `rel`


def stories_widget(site: AdminSite) -> SeveralByName:
    return SeveralByName(Article._meta.get_field("translation_of"), site)  # pyright: ignore[reportArgumentType] - the stub asks for a field’s `rel`


def limit_stories(fields: dict[str, Any], visible: ArticleQuerySet, snapshot: Snapshot) -> None:
    """Only stories that the person may see can be chosen; one that was linked before stays, without its name."""
    linked = [uid for uid in (snapshot["translation_of"], *snapshot["related"]) if uid]
    named = set(visible.filter(uid__in=linked).values_list("pk", flat=True)) if linked else set()

    def label(story):
        is_seen = story.pk in named or visible.filter(pk=story.pk).exists()
        return str(story) if is_seen else "A story that you may not open"

    for name in ("translation_of", "related"):
        if name in fields:
            fields[name].queryset = visible | Article.objects.filter(uid__in=linked)
            fields[name].label_from_instance = label
            fields[name].widget.choices = fields[name].choices
