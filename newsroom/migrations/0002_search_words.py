"""The words of stories lie in a table of each engine, which no model describes (newsroom/search/backends/)."""

from django.db import migrations

SQLITE = (
    "CREATE VIRTUAL TABLE newsroom_searchwords USING fts5(title, marks, dek, body, tokenize=\"ascii tokenchars '_'\")",
)
POSTGRES = (
    "CREATE TABLE newsroom_searchwords (place bigint PRIMARY KEY, live_from timestamptz NOT NULL, published_on date,"
    " words tsvector NOT NULL, heads tsvector NOT NULL)",
    "CREATE INDEX newsroom_searchwords_words ON newsroom_searchwords USING gin (words)",
    "CREATE INDEX newsroom_searchwords_heads ON newsroom_searchwords USING gin (heads)",
    # newsroom/search/backends/postgres.py says how it is called and why it is a function. The words of a story lie
    # outside its row: to the planner, which does not count that, reading all of them looks cheaper than the index.
    """
    CREATE FUNCTION newsroom_places(
        wanted tsquery, loose tsquery, in_column text, is_oldest boolean, most integer, glance integer, recheck integer,
        moment timestamptz, first_day date, last_day date, lowest bigint, highest bigint, below bigint
    ) RETURNS bigint[] LANGUAGE plpgsql STABLE SET enable_seqscan = off AS $$
    DECLARE
        found bigint[];
        dense integer;  -- how many of those looked through have all words of a phrase, wherever they stand
        in_order constant text := CASE WHEN is_oldest THEN 'ORDER BY place ASC' ELSE 'ORDER BY place DESC' END;
        limits constant text := 'live_from <= $3 AND ($4 IS NULL OR published_on >= $4)'
            ' AND ($5 IS NULL OR published_on <= $5) AND ($6 IS NULL OR place >= $6)'
            ' AND ($7 IS NULL OR place <= $7) AND ($8 IS NULL OR place < $8)';
    BEGIN
        EXECUTE format(
            'SELECT array(SELECT place FROM (SELECT place, %I AS words FROM newsroom_searchwords WHERE %s %s LIMIT $9) t'
            ' WHERE words @@ $1 %s LIMIT $2)', in_column, limits, in_order, in_order
        ) INTO found USING wanted, most, moment, first_day, last_day, lowest, highest, below, glance;
        IF cardinality(found) = most THEN
            RETURN found;
        END IF;
        IF loose IS NULL THEN
            EXECUTE format(
                'WITH f AS MATERIALIZED (SELECT place FROM newsroom_searchwords WHERE %I @@ $1 AND %s)'
                ' SELECT array(SELECT place FROM f %s LIMIT $2)', in_column, limits, in_order
            ) INTO found USING wanted, most, moment, first_day, last_day, lowest, highest, below;
            RETURN found;
        END IF;
        EXECUTE format(
            'SELECT count(*) FROM (SELECT %I AS words FROM newsroom_searchwords WHERE %s %s LIMIT $9) t WHERE words @@ $1'
            ' AND $2 IS NOT NULL', in_column, limits, in_order
        ) INTO dense USING loose, most, moment, first_day, last_day, lowest, highest, below, glance;
        found := newsroom_places(
            loose, NULL, in_column, is_oldest, recheck, CASE WHEN 3 * dense >= glance THEN 3 * recheck ELSE 0 END, 0,
            moment, first_day, last_day, lowest, highest, below
        );
        EXECUTE format(
            'SELECT array(SELECT place FROM (SELECT place, %I AS words FROM newsroom_searchwords WHERE place = ANY($3)'
            ' OFFSET 0) t WHERE words @@ $1 %s LIMIT $2)', in_column, in_order
        ) INTO found USING wanted, most, found;
        RETURN found;
    END $$
    """,
)


def make_words(apps, schema_editor):
    """The table of each engine (newsroom/search/backends/). `search_reindex` fills it, and each change of a story."""
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRES:
        schema_editor.execute(statement, params=None)


def drop_words(apps, schema_editor):
    schema_editor.execute("DROP TABLE newsroom_searchwords")
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION newsroom_places")


class Migration(migrations.Migration):

    replaces = [('newsroom', '0003_search')]

    dependencies = [
        ('newsroom', '0001_initial'),
    ]

    operations = [
        migrations.RunPython(make_words, drop_words),
    ]
