"""Administration."""
from flask import abort, redirect, request, session, url_for
from flask.views import MethodView

from ..services import importer, products, uploads, webhooks
from . import bp


@bp.before_request
def only_staff():
    if 'user' not in session:
        abort(403)


@bp.post('/import')
def import_catalogue():
    products.replace_all(importer.read_catalogue(request.files['catalogue'].read()))
    return redirect(url_for('catalog.index'))


@bp.post('/prices')
def import_prices():
    products.replace_all(importer.read_prices(request.files['prices'].read()))
    return redirect(url_for('catalog.index'))


@bp.post('/image')
def image():
    path = uploads.store(request.files['image'])
    uploads.thumbnail(path, request.form.get('size', '200x200'))
    uploads.preview(path, request.form.get('size', '800x800'))
    return {'path': path}


@bp.post('/contract')
def contract():
    return {'path': uploads.store_private(request.files['contract'])}


class Webhooks(MethodView):
    """Webhooks that administrators try out."""

    def post(self):
        return {'status': webhooks.test(request.form['url'])}

    def put(self):
        return {'status': webhooks.notify(request.form['target'], {'event': 'test'})}

    def patch(self):
        return {'status': webhooks.notify_partner(request.form['url'], {'event': 'test'})}


bp.add_url_rule('/webhooks', view_func=Webhooks.as_view('webhooks'))


@bp.route('/rate/<currency>')
def rate(currency):
    return {'rate': webhooks.rate(currency)}
