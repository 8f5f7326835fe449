"""The copy desk: few flags, right ones; what blocks, blocks; what is passed is written down."""

import pytest

from articles import copydesk, workflow
from articles.models import Article, CheckPass, LogLine
from articles.story import editing, snapshots
from articles.text import body
from tests.builders import a_draft, a_section, a_snapshot, a_story, today
from tests.samples import seed_documents

CLEAN = {
    "headline": "Bread prices rise for a third month",
    "summary": "Flour is dearer, and bakers pass it on.",
    "body": "<p>A loaf costs more than it did in January, the statistics office said on Monday 2 March 2026.</p>"
    "<p>“We pay more for flour,” said Ada Baker, who runs a bakery. “So do our customers.”</p>"
    "<h2>What comes next</h2><p>The office (it counts in 14 towns) expects more of the same that that year "
    "brought. New York and York differ; Uzbeks in Uzbekistan buy Uzbek bread. "
    'More <a href="https://a.example/figures">figures</a>.</p>',
    "section": "economy",
    "byline_decision": "staff",
    "date_decided": True,
    "published_on": "2026-03-04",
    "tags": ["food"],
}


def rules(**changes):
    return [problem.rule for problem in copydesk.look_over(snapshots.ordered(CLEAN | changes))]


def words(text):
    return {"body": f"<p>{text}</p>"}


@pytest.mark.django_db
def test_a_clean_story_shows_nothing():
    assert rules() == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"headline": ""}, "missing"),
        ({"body": ""}, "missing"),
        ({"section": None}, "missing"),
        ({"byline_decision": ""}, "missing"),
        ({"byline_decision": "given"}, "missing"),
        ({"date_decided": False, "published_on": "2026-03-04"}, "missing"),
        (words("The price is TK a loaf."), "note-mark"),
        (words("He is XXX years old."), "note-mark"),
        (words("Who said so???"), "note-mark"),
        (words("Ask him [check the spelling] again."), "note-mark"),
        ({"summary": "Prices TKTK."}, "note-mark"),
        ({"headline": "Bread " * 15}, "headline-length"),
        ({"headline": "Bread is up."}, "headline-stop"),
        ({"summary": "Bread " * 40}, "dek-length"),
        ({"summary": ""}, "no-dek"),
        ({"tags": []}, "no-tags"),
        (words("This will disrupt disrupt the trade."), "doubled-word"),
        (words("The the loaf."), "doubled-word"),
        (words("“We pay more, he said."), "unbalanced"),
        (words("He paid (in cash."), "unbalanced"),
        (words('He said "yes and left.'), "unbalanced"),
        (words("It opens on Tuesday 2 March 2026."), "weekday"),
        (words("It opens on Tuesday, March 2."), "weekday"),
        (words("A link: <a href='https://a.example/x'>https://a.example/x</a>."), "bare-link"),
        (words("A link: <a href='ftp://a.example/x'>to nowhere</a>."), "dead-link"),
        (words("A link: <a href='#_ftn1'>to a footnote</a>."), "dead-link"),
        (words("Akmalkhuja Mavlonov spoke. Later Akmalkhoja Mavlonov left."), "name-spelling"),
        (words("Sadokat Jalolova wrote; Sadoqat Jalolova agreed."), "name-spelling"),
        ({"published_on": None} | words("He leaves today."), "relative-date"),
        ({"published_on": None}, "no-date"),
        ({"byline_decision": "not_given"}, "no-byline"),
        ({"headline_from": "desk"}, "desk-headline"),
    ],
)
def test_each_check_finds_what_it_is_for(changes, rule):
    assert rule in rules(**changes)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "text",
    [
        "He had had enough, and she knew that that was so.",
        "Bora Bora is far away. So is Walla Walla, he said, “very very” far.",
        "“This is the first paragraph of a long quotation.</p><p>“It ends here,” he said.",
        "He listed 1) bread, 2) milk and a) nothing else.",
        "The ‘old’ bakers’ shop isn’t open; it’s the bakers’ day.",
        "American bread and Americans who bake. Baker and Bakers. Uzbekistan’s towns, Uzbek towns.",
        "It opens on Monday 2 March 2026, or Wednesday.",
        "The TKB bank and the XL size; why? Really?! Size XXL.",
        "Marina and Marian met Martin near the border? No.",
        "Оʻzbekiston bozori. Тошкент шаҳри. Toshkent shahri.",
        "He walked today.",
    ],
)
def test_right_prose_raises_no_flag(text):
    assert rules(**words(text)) == []


@pytest.mark.django_db
def test_the_seed_documents_raise_the_flags_a_copy_editor_would():
    found = {}
    for document in seed_documents():
        facts = {
            "body": body.from_plain_text(document.read_text("utf-8")),
            "published_on": None,
            "language": "en",
        }
        for problem in copydesk.look_over(snapshots.ordered(CLEAN | facts)):
            found.setdefault(problem.rule, []).append(problem)
    assert set(found) == {"doubled-word", "relative-date", "no-date"}
    assert "disrupt disrupt" in found["doubled-word"][0].message


@pytest.mark.django_db
def test_a_live_story_with_the_same_headline_is_pointed_out():
    story = a_story("Bread is up", date=today())
    assert rules(headline="Bread is up") == ["same-headline"]
    assert (
        copydesk.look_over(snapshots.latest(story) | {"summary": "x", "tags": ["y"]}, story) == []
    )


@pytest.mark.django_db
def test_a_block_stops_publishing_for_all_but_a_chief_editor_with_a_reason(editor, chief):
    draft = editing.create(a_snapshot("Bread", body="<p>The price is TK.</p>"))
    (problem,) = [
        each for each in copydesk.look_over(snapshots.latest(draft)) if each.rule == "note-mark"
    ]
    for by, passing in (
        (editor, None),
        (editor, {problem.fingerprint: "I say so"}),
        (chief, {problem.fingerprint: ""}),
    ):
        with pytest.raises(workflow.Refused, match="TK"):
            workflow.publish(draft, by=by, passing=passing)
    workflow.publish(draft, by=chief, passing={problem.fingerprint: "TK is the name of a bank"})
    passed = CheckPass.objects.get()
    assert (passed.rule, passed.by, passed.reason) == (
        "note-mark",
        chief,
        "TK is the name of a bank",
    )
    assert "The price is TK." in passed.about
    line = LogLine.objects.get(act="pass check")
    assert (line.by, line.why, line.details["rule"]) == (
        chief,
        "TK is the name of a bank",
        "note-mark",
    )


@pytest.mark.django_db
def test_what_was_passed_is_asked_anew_when_the_act_was_taken_back_and_not_again_after_that(chief):
    draft = editing.create(a_snapshot("Bread", body="<p>The price is TK.</p>"))

    def asked():
        draft.refresh_from_db()
        found = copydesk.open_problems(snapshots.latest(draft), draft)
        return [each.fingerprint for each in found if each.rule == "note-mark"]

    (mark,) = asked()
    for _ in range(2):
        workflow.publish(draft, by=chief, passing={mark: "TK is the name of a bank"})
        assert asked() == []
        workflow.unpublish(draft, by=chief, why="The wrong day.")
        assert asked() == [mark]


@pytest.mark.django_db
def test_a_tick_counts_for_that_text_and_comes_back_when_the_text_changes(editor):
    draft = a_draft(
        "Bread", body="<p>The the loaf is here.</p>", summary="Dek", tags=["food"], date=today()
    )
    (problem,) = copydesk.open_problems(snapshots.latest(draft), draft)
    workflow.publish(draft, by=editor, passing={problem.fingerprint: ""})
    assert copydesk.open_problems(snapshots.latest(draft), draft) == []
    changed = snapshots.latest(draft) | {"body": "<p>The the loaf was there.</p>"}
    assert [each.rule for each in copydesk.open_problems(changed, draft)] == ["doubled-word"]


@pytest.mark.django_db
def test_hard_findings_are_passed_by_nobody(chief):
    draft = a_draft("Bread", section=None)
    found = copydesk.look_over(snapshots.latest(draft))
    with pytest.raises(workflow.Refused, match="section"):
        workflow.publish(draft, by=chief, passing={each.fingerprint: "so be it" for each in found})


@pytest.mark.django_db
def test_the_side_panel_shows_what_was_found(desk, editor):
    draft = a_draft("Bread", body="<p>Akmalkhuja met Akmalkhoja.</p>")
    text = desk(editor).get(f"/admin/articles/article/{draft.pk}/change/").content.decode()
    assert "“Akmalkhuja” and “Akmalkhoja”: one name, or two?" in text


@pytest.mark.django_db
@pytest.mark.parametrize(
    "text",
    [
        "The Super Bowl XXX was played; the XXX Olympiad was not. He took flight TK 1972.",
        "It closed on Tuesday, December 30, and opens on Friday 2 January.",
        "These loaves are dear. Those are not. Still, British Steel stands.",
        "He is 6'2\" tall. The shape she was in in 1990 was good.",
    ],
)
def test_names_numbers_and_old_dates_raise_no_flag(text):
    assert rules(**words(text), published_on="2026-01-02") == []


@pytest.mark.django_db
def test_a_story_that_will_be_dated_when_it_goes_live_is_not_asked_about_today():
    assert "relative-date" not in rules(
        published_on=None, date_decided=False, **words("He leaves today.")
    )
    assert rules(headline="Bread Makers Inc.") == []


@pytest.mark.django_db
@pytest.mark.files
def test_every_check_comes_through_a_million_letters_of_any_kind():
    for text in (
        "(" * 300_000 + ")" * 300_000,
        '"' * 500_000,
        "The " * 200_000,
        "“" * 300_000,
        "Aaaaab " * 120_000,
    ):
        assert isinstance(copydesk.look_over(snapshots.ordered(CLEAN | words(text))), list)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "lack",
    [
        {"headline": ""},
        {"body": ""},
        {"section": None},
        {"byline_decision": ""},
        {"byline_decision": "given"},
        {"date_decided": False, "published_on": None},
        {"headline": "", "body": "", "section": None},
    ],
    ids=str,
)
def test_what_the_checks_miss_is_what_the_database_would_refuse(lack):
    a_section("Economy")
    snapshot = snapshots.ordered(CLEAN | lack)
    found = [each.message for each in copydesk.look_over(snapshot) if each.rule == "missing"]
    wish = snapshots.fill(Article(), snapshot)
    assert sorted(found) == sorted(wish.missing_to_go_live(has_names=bool(snapshot["bylines"])))
    assert found
