"""Rows of another table as one JSON value beside a row: a page that always prints them asks one query less."""

from django.db.models import JSONField, Subquery


class RowsOf(Subquery):
    """`RowsOf(queryset.values(name=F("tag__name"), …))` gives [{"name": …}, …], in the order of the queryset.

    Every column is named by a keyword. SQLite and PostgreSQL spell it differently and mean the same.
    """

    output_field = JSONField()  # pyright: ignore[reportAssignmentType] - so Django’s own expressions name it

    def __init__(self, queryset):
        super().__init__(queryset)
        self.names = list(queryset.query.values_select) + list(queryset.query.annotation_select)

    def as_sqlite(self, compiler, connection):
        pairs = ", ".join(f"'{name}', one.\"{name}\"" for name in self.names)
        # The names are keywords of our own code.
        template = f"(SELECT json_group_array(json_object({pairs})) FROM (%(subquery)s) AS one)"  # noqa: S608
        return self.as_sql(compiler, connection, template=template)

    def as_postgresql(self, compiler, connection):
        template = "(SELECT coalesce(json_agg(row_to_json(one)), '[]'::json)::jsonb FROM (%(subquery)s) AS one)"
        return self.as_sql(compiler, connection, template=template)
