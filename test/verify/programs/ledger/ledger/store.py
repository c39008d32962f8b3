"""The database."""

import contextlib
import sqlite3
import threading

CONNECTION = sqlite3.connect(':memory:')
MUTEX = threading.Lock()


def rows(query):
    return CONNECTION.cursor().execute(query).fetchall()


def change(table, key, values):
    names = ', '.join(name + ' = ?' for name in sorted(values))
    CONNECTION.execute('UPDATE ' + table + ' SET ' + names + ' WHERE id = ?', [values[name] for name in sorted(values)] + [key])


@contextlib.contextmanager
def lock(*keys):
    with MUTEX:
        yield keys
