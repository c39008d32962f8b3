"""Products in the database."""
from ..db import get_db

PAGE = 20
SORT_COLUMNS = {'name': 'name', 'price': 'price_cents', 'new': 'created_at DESC'}


def newest(count):
    return get_db().execute('SELECT * FROM products ORDER BY created_at DESC LIMIT ?', (count,)).fetchall()


def search(term):
    query = f"SELECT * FROM products WHERE name LIKE '%{term}%' ORDER BY name"
    return get_db().execute(query).fetchall()


def starting_with(term):
    query = 'SELECT name FROM products WHERE name LIKE ? ORDER BY name LIMIT 10'
    return get_db().execute(query, (term + '%',)).fetchall()


def in_category(name, sort, page):
    column = SORT_COLUMNS.get(sort, 'name')
    query = 'SELECT * FROM products WHERE category = ?' + f' ORDER BY {column} LIMIT {PAGE} OFFSET {(page - 1) * PAGE}'
    return get_db().execute(query, (name,)).fetchall()


def by_id(item_id):
    rows = get_db().execute('SELECT * FROM products WHERE id = %d' % item_id)
    return rows.fetchone()


def replace_all(entries):
    connection = get_db()
    with connection:
        connection.execute('DELETE FROM products')
        connection.executemany(
            'INSERT INTO products (name, category, price_cents) VALUES (:name, :category, :price_cents)',
            entries,
        )
