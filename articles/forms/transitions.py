"""What each act asks for before it is done: one small form for each. `options()` are the act's keyword arguments."""

from collections.abc import Iterator
from datetime import date, datetime, time

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import conditional_escape

from articles import copydesk, workflow
from articles.models import Act, Address, Article, Correction, Origin, Revision
from articles.models.gate import this_moment
from articles.story import corrections, snapshots, supplied
from articles.story.supplied import StoryDate
from authors.models import User
from newsroom.foundation import lengths
from newsroom.foundation.local_time import DoubledHour, wall_time
from newsroom.foundation.text import LineInput, ProseInput

Kind, SMALL_FIX = Correction.Kind, Revision.Kind.SMALL_FIX
BIGGEST_VERSION = 2**31 - 2


def long_text(rows=2, **attrs):
    return forms.Textarea(attrs={"rows": rows, **attrs})


class ActForm(forms.Form):
    """The base of every step's form. `options()` are the keyword arguments of its act."""

    def __init__(self, *args, article, person: User, **kwargs):
        self.article, self.person = article, person
        super().__init__(*args, label_suffix="", **kwargs)

    def options(self):
        return {name: self.cleaned_data[name] for name in self.fields}


class CheckedForm(ActForm):
    """An act that readers see: it carries the version that was read before deciding, and what the copy desk found is
    ticked as seen, or passed with a reason."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=BIGGEST_VERSION)

    def __init__(self, *args, **kwargs):
        kwargs["initial"] = {"version": kwargs["article"].version} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self.wanted = snapshots.latest(self.article)
        self.problems = copydesk.open_problems(self.wanted, self.article, self.moment())
        for problem in self.problems:
            name = f"pass_{problem.fingerprint[:16]}"
            about = conditional_escape(problem.quoted)  # Django prints help texts as they are
            if problem.level == copydesk.WARN:
                self.fields[name] = forms.BooleanField(
                    label=f"Seen: {problem.message}",
                    help_text=about,
                    error_messages={
                        "required": "Change the story first, or tick “Seen” here: you know of it."
                    },
                )
            elif problem.level == copydesk.BLOCK and self.person.has_perm("articles.pass_check"):
                self.fields[name] = LineInput(
                    required=False,
                    max_length=300,
                    label=f"Pass with a reason: {problem.message}",
                    help_text=about,
                )

    def moment(self):
        """When readers get the story, as far as the form knows."""
        return this_moment()

    @property
    def in_the_way(self) -> list[str]:
        """What nobody here can pass by filling in this form."""
        return [
            problem.message
            for problem in self.problems
            if problem.level == copydesk.HARD
            or (problem.level == copydesk.BLOCK and not self.person.has_perm("articles.pass_check"))
        ]

    def options(self):
        data = self.cleaned_data
        passing = {}
        for problem in self.problems:
            value = data.get(f"pass_{problem.fingerprint[:16]}")
            if value:
                passing[problem.fingerprint] = "" if value is True else value
        return {"version": data["version"], "passing": passing}


def may_be_dated(article: Article) -> bool:
    """Whether the moment of going live is offered as the story's own date: never for an import."""
    return article.origin == Origin.DESK and not article.date_decided


class PublishForm(CheckedForm):
    """For the desk's own story without a date, the moment of going live is offered; for an import nothing is."""

    story_date = forms.ChoiceField(
        label="Its date",
        required=False,
        widget=forms.RadioSelect,
        choices=StoryDate.choices,
        initial=StoryDate.THIS_ACT,
    )
    field_order = ["story_date"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not may_be_dated(self.article):
            del self.fields["story_date"]
            return
        self.problems = [problem for problem in self.problems if problem.field != "date_known"]
        seen = supplied.last_seen_date_of(self.article)
        ended = supplied.last_date_of(self.article)
        words = {StoryDate.THIS_ACT: StoryDate.THIS_ACT.label}
        if seen:
            date = snapshots.day_or_minute_in_words(seen)
            words[StoryDate.AS_BEFORE] = f"{StoryDate.AS_BEFORE.label}: {date}"
        words[StoryDate.KEEP] = StoryDate.KEEP.label
        field = self.fields["story_date"]
        field.choices = words.items()
        if seen and self.article.corrections.exists():
            field.help_text = (
                "Readers have been told of changes since. With a new date they also read that the story was published "
                "before, with an earlier one."
            )
        elif ended and not seen:
            field.help_text = (
                f"It was to go live with the date {snapshots.day_or_minute_in_words(ended)}; that ended with the act. "
                "To keep it, give it to the story as its own date first."
            )

    def sorted_at(self) -> datetime:
        """By which moment the story would be sorted if it went live as the form stands."""
        story_date = self["story_date"].value() if "story_date" in self.fields else StoryDate.KEEP
        if story_date == StoryDate.AS_BEFORE and (seen := supplied.last_seen_date_of(self.article)):
            day, minute = supplied.columns_of(seen)
            return Article(published_on=day, published_at=minute).sort_key()
        if story_date == StoryDate.THIS_ACT:
            return this_moment()
        return self.article.sort_key()

    def options(self):
        story_date = self.cleaned_data.get("story_date") or StoryDate.KEEP
        return super().options() | {"story_date": story_date}


class WhenForm(forms.Form):
    """A moment by the outlet's clock. A skipped hour is refused by name, a doubled one asks which is meant."""

    day = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}))
    clock = forms.TimeField(label="Time", widget=forms.TimeInput(attrs={"type": "time"}))
    which = forms.ChoiceField(
        label="The clocks show that time twice. Which one is meant?",
        required=False,
        widget=forms.RadioSelect,
        choices=[("", ""), ("first", "The first"), ("second", "The second")],
    )
    asks_which = False

    def clean(self):
        data = super().clean()
        if data.get("day") and data.get("clock"):
            try:
                data["at"] = wall_time(data["day"], data["clock"], which=data.get("which", ""))
            except DoubledHour as doubled:
                self.asks_which = True
                self.fields["which"].choices = doubled.choices
                self.add_error("which", doubled)
            except ValidationError as error:
                self.add_error("clock", error)
        return data


class ScheduleForm(WhenForm, PublishForm):
    field_order = ["day", "clock", "which", "story_date"]

    def moment(self):
        """The time that was typed; before that the one which the story's own date would ask for."""
        try:
            typed = {name: self.data.get(name, "") for name in ("day", "clock", "which")}
            at = wall_time(
                date.fromisoformat(typed["day"]),
                time.fromisoformat(typed["clock"]),
                which=typed["which"],
            )
            return max(at, this_moment())
        except (ValueError, ValidationError):
            return self.wanted["published_at"] and datetime.fromisoformat(
                self.wanted["published_at"]
            )

    def options(self):
        return PublishForm.options(self) | {"at": self.cleaned_data["at"]}


class NoteForm(ActForm):
    note = LineInput(
        max_length=400,
        label="What is missing",
        widget=long_text(3),
        help_text="The writer sees it on the story.",
    )


class SubmitForm(ActForm):
    note = LineInput(max_length=300, required=False, label="Note for the desk", widget=long_text())
    wanted_by = LineInput(
        max_length=60,
        required=False,
        label="Wanted by",
        help_text="For example: today 17:00. The desk reads it.",
    )


class WhyForm(ActForm):
    why = LineInput(
        max_length=400, label="Why", help_text="For the logbook; readers do not see it."
    )


class WithdrawForm(ActForm):
    reason = forms.ChoiceField(
        choices=[("", "Choose …"), *Address.Reason.choices],
        label="Reason",
        help_text="You withdraw alone: no colleague is asked. As “Retracted”, with words for readers and with the "
        "headline, a retraction also stands in the list of corrections for good, and the desk reads that you made it "
        "alone. If a colleague shall agree, correct the story with a retraction first, then withdraw it.",
    )
    wording = ProseInput(
        max_length=400,
        required=False,
        label="What readers are told",
        widget=long_text(),
        help_text="Stands at the story’s address. Left empty, the reason alone is printed.",
    )
    show_title = forms.BooleanField(required=False, label="Show the headline there")
    confirm = LineInput(
        max_length=40,
        label="Type the word WITHDRAW",
        help_text="The story goes from every page, list and file that readers reach.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean_confirm(self):
        if self.cleaned_data["confirm"].strip().casefold() != "withdraw":
            raise ValidationError("Type the word WITHDRAW to go on.")
        return ""

    def options(self):
        return {name: self.cleaned_data[name] for name in ("reason", "wording", "show_title")}


class ChangeForm(CheckedForm):
    """What kind of change readers meet. One form for putting a working copy live and for a correction alone."""

    KINDS: tuple[tuple[str, str], ...] = ()
    still_said = ()  # sentences; ticked as seen when the form is valid
    kind = forms.ChoiceField(widget=forms.RadioSelect, label="What kind of change is it?")
    harmless = forms.BooleanField(
        required=False, label="No reader was misled by what stood there (small fix)"
    )
    text = ProseInput(
        required=False,
        max_length=lengths.RECORD,
        widget=long_text(),
        label="The line that readers see",
        help_text="For an update: what is new. For a correction it may stay empty: both versions are printed.",
    )
    was = ProseInput(
        required=False, max_length=lengths.RECORD, widget=long_text(), label="What was wrong"
    )
    now = ProseInput(
        required=False, max_length=lengths.RECORD, widget=long_text(), label="What is right"
    )
    shown_at = forms.ChoiceField(
        choices=Correction.Place.choices, initial="foot", required=False, label="Where it stands"
    )
    still_says = forms.BooleanField(required=False, label="I looked: the text is as it should be")
    reported_by = LineInput(
        required=False,
        max_length=200,
        label="Who told us",
        help_text="For the newsroom; never public.",
    )
    field_order = [
        "kind",
        "harmless",
        "text",
        "was",
        "now",
        "still_says",
        "shown_at",
        "reported_by",
    ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.shown = snapshots.of_row(self.article)
        self.alarms = (
            corrections.telling_changes(self.shown, self.wanted)
            if self.article.has_working_copy
            else []
        )
        allowed = [
            kind
            for kind, _ in self.KINDS
            if self.person.has_perm(f"articles.{self.right_for(kind)}")
        ]
        self.fields["kind"].choices = [
            (kind, words) for kind, words in self.KINDS if kind in allowed
        ]

    @staticmethod
    def right_for(kind):
        return "put_live_article" if kind in (SMALL_FIX, Kind.UPDATE) else "correct_article"

    def clean(self):
        data = super().clean()
        kind = data.get("kind")
        if kind == SMALL_FIX and not data.get("harmless"):
            box = self.fields["harmless"].label
            self.add_error("harmless", f"Tick “{box}”, or choose another kind of change.")
        elif kind == Kind.CORRECTION and not (data.get("was") and data.get("now")):
            self.add_error("was", "Say what was wrong and what is right.")
        elif kind == Kind.CORRECTION:
            self.ask_about_the_text(data)
        elif kind and kind not in (SMALL_FIX, Kind.CORRECTION) and not data.get("text"):
            self.add_error("text", "Write the line that readers will see.")
        return data

    @property
    def asks_still_says(self) -> bool:
        """Whether the question about the text was put, or has been answered."""
        return "still_says" in self.errors or bool(self.data.get("still_says"))

    def ask_about_the_text(self, data):
        """The record and the text that readers get with it say the same, or somebody has looked at it."""
        text = self.wanted if data.get("with_working_copy", True) else self.shown
        self.still_said = corrections.still_said(text, data["was"], data["now"])
        if self.still_said and not data.get("still_says"):
            self.add_error("still_says", " ".join([*self.still_said, *self.ways_out(data)]))

    def ways_out(self, data) -> Iterator[str]:
        """What to do about a text that does not say what its correction says: each box by its name."""
        copy_is_right = not (
            data.get("with_working_copy", True)
            or corrections.still_said(self.wanted, data["was"], data["now"])
        )
        if copy_is_right:
            yield f"The working copy says it right: tick “{self.fields['with_working_copy'].label}”."
        first = "Or, if" if copy_is_right else "Change the text first; or, if"
        box = self.fields["still_says"].label
        yield f"{first} what readers see is as it should be, tick “{box}”. The logbook says that you did."

    def options(self):
        names = ("kind", "text", "was", "now", "shown_at", "reported_by")
        given = {name: self.cleaned_data[name] for name in names}
        # what the form hides for this kind is not printed either
        if given["kind"] != Kind.CORRECTION:
            given |= {"was": "", "now": ""}
        return (
            super().options()
            | given
            | {"shown_at": given["shown_at"] or "foot", "looked_at": self.still_said}
        )


class PutLiveForm(ChangeForm):
    KINDS = (
        (SMALL_FIX, "Small fix: readers are told nothing, “Updated” stays as it is"),
        (Kind.UPDATE, "Update: news was added; readers see “Updated” and your line"),
        (
            Kind.CORRECTION,
            "Correction: something was wrong; what was wrong and what is right is printed for good",
        ),
        (Kind.CLARIFICATION, "Clarification: it was right, and could be misunderstood"),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if corrections.is_plainly_small(self.shown, self.wanted):
            self.initial |= {"kind": SMALL_FIX}

    def do(self, article, *, by: User):
        options = self.options()
        if options["kind"] in (SMALL_FIX, Kind.UPDATE):
            given = {name: options[name] for name in ("kind", "version", "passing")}
            return workflow.put_live(article, by=by, line=options["text"], **given)
        return workflow.correct(article, by=by, **options)


class PutLiveEarlyForm(CheckedForm):
    """Into a story that waits for its time: nobody has read the other text, so no kind of change is asked."""

    sentence = "Readers see nothing before the story goes live; then they see the working copy."

    def do(self, article, *, by: User):
        return workflow.put_live(article, by=by, **self.options())


class CorrectForm(ChangeForm):
    KINDS = (
        (Kind.CORRECTION, "Correction: something was wrong"),
        (Kind.CLARIFICATION, "Clarification: it was right, and could be misunderstood"),
        (Kind.NOTE, "Editor’s note: readers should know something about this story"),
        (Kind.RETRACTION, "Retraction: we take back what the story says; a colleague agrees"),
    )
    harmless = None
    with_working_copy = forms.BooleanField(
        required=False,
        label="Put the working copy live with it",
        help_text="Else readers see the record alone.",
    )
    agreed_with = forms.ModelChoiceField(
        User.objects.none(),
        required=False,
        label="Agreed with (for a retraction)",
        help_text="A colleague who may correct stories. The logbook says that you say so; your colleague is asked on "
        "the desk’s first page and answers under their own login.",
    )
    answers = forms.ModelChoiceField(
        Correction.objects.none(),
        required=False,
        label="It puts right an earlier record",
        empty_label="No",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        people = User.objects.with_perm(
            "articles.correct_article", backend="django.contrib.auth.backends.ModelBackend"
        )
        self.fields["agreed_with"].queryset = (
            people.filter(is_staff=True).exclude(pk=self.person.pk).order_by("username")
        )
        self.fields[
            "text"
        ].help_text = "For a correction it may stay empty: both versions are printed."
        self.fields["answers"].queryset = self.article.corrections.newest_first()
        if not self.article.has_working_copy:
            del self.fields["with_working_copy"]

    def options(self):
        data = self.cleaned_data
        agreed_with = data["agreed_with"] if data["kind"] == Kind.RETRACTION else None
        with_it = data.get("with_working_copy", False)
        return super().options() | {
            "answers": data["answers"],
            "agreed_with": agreed_with,
            "with_working_copy": with_it,
        }


# act: (form, what does it, one sentence saying what will happen)
STEPS: dict[str, tuple] = {
    Act.SUBMIT: (
        SubmitForm,
        workflow.submit,
        "The story goes to review. You can go on writing; readers see nothing.",
    ),
    Act.RETURN_TO_WRITER: (
        NoteForm,
        workflow.return_to_writer,
        "The story goes back to its writer with your note.",
    ),
    Act.PUBLISH: (
        PublishForm,
        workflow.publish,
        "Readers see this story from the moment you press the button.",
    ),
    Act.SCHEDULE: (
        ScheduleForm,
        workflow.schedule,
        "Readers see nothing until the time you choose, then everything. "
        "It can still be edited while it waits.",
    ),
    Act.PUT_LIVE: (
        PutLiveForm,
        None,
        "Readers see the working copy from the moment you press the button.",
    ),
    Act.CORRECT: (
        CorrectForm,
        workflow.correct,
        "Readers are told what was wrong and what is right. A record of this "
        "kind is never changed or deleted; a mistake in it is met by another.",
    ),
    Act.PULL_BACK: (
        ActForm,
        workflow.pull_back,
        "The story goes back to review. Readers never saw it.",
    ),
    Act.UNPUBLISH: (
        WhyForm,
        workflow.unpublish,
        "Readers get “not found” at its address, which stays reserved. The story is a draft again.",
    ),
    Act.WITHDRAW: (
        WithdrawForm,
        workflow.withdraw,
        "Readers get “withdrawn” at every address the story ever had. It "
        "goes from every list and file, and its text is locked.",
    ),
    Act.RESTORE: (
        WhyForm,
        workflow.restore,
        "The story becomes a draft. Its addresses answer “withdrawn” until a second "
        "person publishes it.",
    ),
    Act.SPIKE: (
        WhyForm,
        workflow.spike,
        "The story is put aside and its text is locked. Nothing is deleted: it can be revived.",
    ),
    Act.REVIVE: (ActForm, workflow.revive, "The story is a draft again."),
}


def form_for(article: Article, act: str) -> type[ActForm]:
    """The class that asks for what this act needs of this story now."""
    if act == Act.PUT_LIVE and article.is_scheduled:
        return PutLiveEarlyForm
    return STEPS[act][0]
