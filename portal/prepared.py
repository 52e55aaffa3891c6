"""Queries written once and asked many times.

To write the SQL of a query takes Django up to ten times longer than the database takes to answer; of
those that every page asks, only the values differ.
"""

from copy import copy

from django.db import connections
from django.db.models import Field, QuerySet, Value


class Parameter(Value):
    """The place in a query of a value that is given each time it is asked.

    Parameters
    ----------
    name: of the value, as `PreparedQuery.rows` is given it.
    field: whose values it takes.
    """

    def __init__(self, name: str, field: Field):
        super().__init__(None, output_field=field)
        self.name = name

    def as_sql(self, compiler, connection):
        return "%s", [self]


class PreparedQuery:
    """A query that is written at once, with a `Parameter` in place of each value that changes."""

    def __init__(self, queryset: QuerySet):
        self._queryset = queryset
        self._compiler = queryset.query.get_compiler(queryset.db)
        self._sql, self._params = self._compiler.as_sql()

    def rows(self, **values) -> list:
        """Return what the query finds with these values, each under the name of its parameter."""
        # How rows become objects is kept in the compiler; the connection is the thread's own.
        compiler = copy(self._compiler)
        compiler.connection = connections[self._queryset.db]
        params = tuple(_filled(param, values, compiler.connection) for param in self._params)
        compiler.as_sql = lambda *args, **kwargs: (self._sql, params)
        asked = self._queryset.all()
        asked.query.get_compiler = lambda *args, **kwargs: compiler
        return list(asked)

    def first(self, **values):
        """Return the first of what the query finds with these values, None where it finds nothing."""
        return next(iter(self.rows(**values)), None)


def _filled(param, values: dict, connection):
    if not isinstance(param, Parameter):
        return param
    return param.output_field.get_db_prep_value(values[param.name], connection)


def parameters(name: str, number: int, field: Field) -> list[Parameter]:
    """Return the places of so many values of one kind, which `numbered` names."""
    return [Parameter(each, field) for each in numbered(name, range(number))]


def numbered(name: str, values) -> dict:
    """Return `values` under the names of their `parameters`."""
    return {f"{name}_{number}": value for number, value in enumerate(values)}
