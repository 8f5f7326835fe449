"""Find the stories that answer a query, on either database: which ones, in which order, and what was meant instead."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from articles.models import Article, Section, Tag
from articles.models.gate import this_moment
from authors.models import Author
from newsroom.search import spelling
from newsroom.search.backends import engine
from newsroom.search.index import MARKS, free_name, language, mark_for, story_type, whole, written
from newsroom.search.models import NameWord, key_at, place_of
from newsroom.search.query import Piece, Query
from newsroom.search.question import EVERY_STORY, Question, Term
from newsroom.search.words import in_other_alphabet, plain, plain_in_text, token, variants, words_of

MOST = 1000  # results of one query
MOST_RANKED, MOST_HEADS = 200, 200  # stories
AGREED = 5  # digits of a score in which the engines agree; PostgreSQL reckons with single precision
FEW = 3  # words of a question that may all stand in a headline or a name
MOST_NAMES = 60  # marks that one word may stand for
# words of a query, words of ours for each, stories for each
MOST_CORRECTED, MOST_TRIED, MOST_CHECKED = 3, 8, 20
FIRST_DAY, FIRST_MOMENT = date(2, 1, 1), datetime(2, 1, 1, tzinfo=UTC)  # of dated stories
NOBODY: Term = (("none_",),)  # a mark that no story has
KINDS = {"author": MARKS[Author], "tag": MARKS[Tag], "section": MARKS[Section]}
LANGUAGES = ("", "en", "ru")  # "": of no language whose endings we know


class Names:
    """The marks behind the words of names; one query of the database for all words."""

    def __init__(self, words):
        wanted = {each for word in words for each in (*variants(word), whole(word), written(word))}
        self.by_token: dict[str, set[str]] = defaultdict(set)
        for each, mark in NameWord.objects.filter(token__in=wanted).values_list("token", "mark"):
            self.by_token[each].add(mark)

    def of_words(self, words, kind="") -> list[str]:
        """Marks of the names that have all these words."""
        found = [
            set().union(*(self.by_token.get(each, ()) for each in variants(word))) for word in words
        ]
        return (
            sorted(mark for mark in set.intersection(*found) if mark.startswith(kind))[:MOST_NAMES]
            if found
            else []
        )

    def called(self, name: str, kind: str) -> list[str]:
        """Marks of what is called so as it is written, or else in another spelling or by its address, or else of what
        has these words in its name."""
        for piece in (written(name), whole(name)):
            if found := [
                mark for mark in sorted(self.by_token.get(piece, ())) if mark.startswith(kind)
            ]:
                return found
        return self.of_words([match[0] for match in words_of(name)], kind)


def term(piece: Piece, names: Names) -> Term:
    """All that the words may stand for, in a text of any language, or in a name."""
    if len(piece.words) == 1:
        phrases = [(each,) for each in variants(piece.words[0])]
    else:
        phrases = [tuple(token(word, each) for word in piece.words) for each in LANGUAGES]
        phrases += [(each,) for each in variants(piece.closed_up)] if piece.closed_up else []
        # Whoever types “СО2” does not see which alphabet the keys are set to, nor did who wrote the story.
        phrases.append(tuple(map(plain, in_other_alphabet(piece.words, is_latin=True))))
        phrases.append(
            tuple(token(word, "ru") for word in in_other_alphabet(piece.words, is_latin=False))
        )
    marks = [(mark,) for mark in names.of_words(piece.words)]
    return (
        tuple(dict.fromkeys([*(phrase for phrase in phrases if phrase and all(phrase)), *marks]))
        or NOBODY
    )


def question_of(query: Query, section_key: int | None = None) -> Question:
    """`section_key`: of the section that the form's filter names; 0 when there is none of that address."""
    typed = [word for piece in query.pieces for word in piece.words]
    named = [*query.names, *([("author", query.field("author"))] if query.field("author") else [])]
    names = Names(
        [
            *typed,
            *(match[0] for _, name in named for match in words_of(name)),
            *(name for _, name in named),
        ]
    )
    every = [term(piece, names) for piece in query.pieces if not piece.is_unwanted]
    for kind, name in named:
        marks = names.called(name, KINDS[kind]) + ([free_name(name)] if kind == "author" else [])
        every.append(tuple((mark,) for mark in marks) or NOBODY)
    if section_key is not None:
        every.append(((mark_for(Section, section_key),),))
    if query.field("type"):
        every.append(((story_type(query.field("type")),),))
    if query.field("language"):
        every.append(((language(query.field("language")),),))
    none = tuple(term(piece, names) for piece in query.pieces if piece.is_unwanted)
    return Question(tuple(every) or (EVERY_STORY,), none, query.after, query.before)


@dataclass
class Answer:
    """The keys of stories, all of one moment. It is sliced from a start to a stop, as a page slices a queryset, and
    only what a slice needs is looked up."""

    question: Question
    order: str
    now: datetime

    def __getitem__(self, wanted: slice) -> list[int]:
        stop = min(wanted.stop, MOST)
        if self.order == "best":
            found = best(self.question, self.now)
        else:
            found = newest(self.question, self.now, stop, oldest=self.order == "oldest")
        return [key_at(place) for place in found[wanted.start : stop]]


def newest(question: Question, now: datetime, count: int, *, oldest: bool = False) -> list[int]:
    """At most `count` places, newest first or oldest first; stories without a date come last in both orders."""
    if not oldest:
        return engine().newest(question, now, count)
    found = engine().newest(
        replace(question, after=question.after or FIRST_DAY), now, count, oldest=True
    )
    if len(found) < count and not question.after:
        found += engine().newest(
            question.below_place(place_of(FIRST_MOMENT, 0)), now, count - len(found)
        )
    return found


def best(question: Question, now: datetime) -> list[int]:
    """Places by how well the words fit: of the newest `MOST_RANKED`, and of the newest that have them in headlines and
    names. Equal ones stand newest first."""
    scores = engine().best(
        question, now, MOST_RANKED, MOST_HEADS if len(question.every) <= FEW else 0
    )
    return sorted(scores, key=lambda place: (-float(f"{scores[place]:.{AGREED}g}"), -place))


def answer(query: Query, section_key: int | None = None) -> Answer:
    return Answer(question_of(query, section_key), query.order, this_moment())


def is_found(question: Question, now: datetime) -> bool:
    return bool(newest(question, now, 1))


def is_seen(word: str, now: datetime) -> bool:
    """Whether readers see this very word, and not only another that begins like it: what is hidden is not offered."""
    found = newest(Question((term(Piece((word,)), Names([word])),)), now, MOST_CHECKED)
    names = Names([word]).of_words([word])
    key = plain(word)
    rows = Article.objects.live().filter(pk__in=[key_at(place) for place in found])
    for texts in rows.values_list("headline", "summary", "body_text"):
        if any(plain_in_text(match[0]) == key for text in texts for match in words_of(text)):
            return True
    return bool(names and found)


class Respelling:
    """Puts words right, few of one query: each costs some queries of the database."""

    def __init__(self, now: datetime):
        self.now, self.tried = now, 0

    def of(self, word: str, kind: str = "") -> str:
        """The word itself when some story has it, else the nearest that one has; with `kind` in names of that kind."""
        if self.tried == MOST_CORRECTED or self.is_found(word, kind):
            return word
        self.tried += 1
        for near in spelling.nearest(word)[:MOST_TRIED]:
            if (not kind or Names([near]).of_words([near], kind)) and is_seen(near, self.now):
                return near
        return word

    def of_name(self, kind: str, name: str) -> tuple[str, str]:
        words = [match[0] for match in words_of(name)]
        right = [self.of(word, KINDS[kind]) for word in words]
        return kind, name if right == words else " ".join(right)

    def is_found(self, word: str, kind: str) -> bool:
        if kind:  # a name that only hidden stories carry is none, and costs as much to look for
            marks = Names([word]).of_words([word], kind)
            return is_found(Question((tuple((mark,) for mark in marks) or NOBODY,)), self.now)
        return is_found(Question((term(Piece((word,)), Names([word])),)), self.now)


def meant(query: Query, section_key: int | None = None) -> Query | None:
    """The query with each word that no story has replaced by the nearest that some story has; None if that finds
    nothing either, or if every word is one of ours."""
    respelling = Respelling(this_moment())
    pieces = tuple(
        piece if piece.is_unwanted else replace(piece, words=tuple(map(respelling.of, piece.words)))
        for piece in query.pieces
    )
    names = tuple(respelling.of_name(kind, name) for kind, name in query.names)
    if (pieces, names) == (query.pieces, query.names):
        return None
    better = replace(query, pieces=pieces, names=names)
    better = replace(better, typed=better.written)
    return better if is_found(question_of(better, section_key), respelling.now) else None
