"""Cart, orders and invoices."""
from flask import Response, current_app, redirect, render_template, request, send_from_directory, url_for

from ..services import cart, invoices, payments
from . import bp


@bp.route('/cart')
def show_cart():
    items = cart.read(request.cookies.get('cart'))
    return render_template('cart.html', items=items, wishes=cart.read_wishlist(request.cookies.get('wishes')))


@bp.post('/pay/<int:order_id>')
def pay(order_id):
    payments.charge(order_id, request.form['card'])
    return redirect(url_for('orders.invoice', number=order_id))


@bp.route('/invoice/<int:number>')
def invoice(number):
    return Response(invoices.read_by_number(number), mimetype='application/pdf')


@bp.route('/invoice/file/<path:name>')
def invoice_file(name):
    return Response(invoices.read(name), mimetype='application/pdf')


@bp.route('/invoice/archive/<path:name>')
def archived_invoice(name):
    return send_from_directory(current_app.config['INVOICES'], name)
