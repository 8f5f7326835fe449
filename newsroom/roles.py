"""The four roles of a newsroom as groups, each with everything of the one before. Synced after every migrate."""

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission

CONTRIBUTOR = [
    "view_article",
    "add_article",
    "change_article",
    "submit_article",
    "view_photo",
    "view_tag",
    "view_section",
    "view_author",
    "view_event",
    "view_series",
]
REPORTER = [*CONTRIBUTOR, "change_live_article", "add_photo", "add_tag", "add_event"]
EDITOR = [
    *REPORTER,
    "change_any_article",
    "return_article",
    "publish_article",
    "put_live_article",
    "correct_article",
    "unpublish_article",
    "spike_article",
    "arrange_page",
    "change_photo",
    "change_tag",
    "delete_photo",
    "delete_tag",
    "change_event",
    "delete_event",
    "add_series",
    "change_series",
    "delete_series",
]
CHIEF_EDITOR = [
    *EDITOR,
    "withdraw_article",
    "pass_check",
    "add_section",
    "change_section",
    "delete_section",
    "add_author",
    "change_author",
    "delete_author",
    "view_page",
    "add_page",
    "change_page",
    "delete_page",
    "view_user",
    "add_user",
    "change_user",
    "view_logline",
]
ROLES = {
    "Contributor": CONTRIBUTOR,
    "Reporter": REPORTER,
    "Editor": EDITOR,
    "Chief editor": CHIEF_EDITOR,
}


def sync(using: str = "default", **kwargs) -> None:
    """Make the groups hold exactly these rights of the house; rights of other apps that someone added stay."""
    for label in ("authors", "articles", "newsroom"):
        create_permissions(apps.get_app_config(label), using=using, verbosity=0)
    house = Permission.objects.using(using).filter(
        content_type__app_label__in=("authors", "articles", "newsroom")
    )
    by_name = {permission.codename: permission for permission in house}
    for role, codenames in ROLES.items():
        group, _ = Group.objects.using(using).get_or_create(name=role)
        group.permissions.remove(*house)
        group.permissions.add(*(by_name[codename] for codename in codenames))
