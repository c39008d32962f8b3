"""Pages of the catalogue."""
import random

from flask import abort, render_template, request
from markupsafe import escape

from ..services import products
from . import bp


@bp.route('/')
def index():
    goods = products.newest(20)
    featured = random.sample(goods, min(3, len(goods)))
    return render_template('index.html', goods=goods, featured=featured)


@bp.route('/search')
def search():
    term = request.args.get('q', '')
    found = products.search(term)
    if not found:
        return f'<p>Nothing found for {term}.</p>'
    return render_template('search.html', term=term, goods=found)


@bp.route('/suggest')
def suggest():
    term = request.args.get('q', '')
    found = products.starting_with(term)
    if not found:
        return f'<p>No suggestion for {escape(term)}.</p>'
    return {'suggestions': [row['name'] for row in found]}


@bp.route('/category/<name>')
def category(name):
    sort = request.args.get('sort', 'name')
    page = int(request.args.get('page', '1'))
    return render_template('search.html', term=name, goods=products.in_category(name, sort, page))


@bp.route('/item/<int:item_id>')
def item(item_id):
    found = products.by_id(item_id)
    if found is None:
        abort(404)
    return render_template('item.html', item=found)
