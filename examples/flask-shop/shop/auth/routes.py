"""Accounts."""
from flask import redirect, render_template, request, session, url_for
from werkzeug.security import check_password_hash, generate_password_hash

from ..db import get_db
from ..services import mail
from . import bp, tokens


@bp.route('/login', methods=['GET', 'POST'])
def login():
    if request.method == 'GET':
        return render_template('login.html')
    name = request.form['name']
    user = get_db().execute('SELECT * FROM users WHERE name = ?', (name,)).fetchone()
    if user is None or not check_password_hash(user['password'], request.form['password']):
        return render_template('login.html', error='Name or password is wrong'), 403
    session['user'] = user['id']
    return redirect(request.args.get('next', '/'))


@bp.route('/logout')
def logout():
    session.clear()
    return redirect(url_for('catalog.search', q=request.args.get('last', '')))


@bp.post('/register')
def register():
    digest = generate_password_hash(request.form['password'])
    connection = get_db()
    with connection:
        connection.execute('INSERT INTO users (name, password) VALUES (?, ?)', (request.form['name'], digest))
    mail.send(request.form['mail'], 'Welcome', f'Your code: {tokens.confirmation_token()}')
    return redirect(url_for('auth.login'))


@bp.post('/forgotten')
def forgotten():
    mail.send(request.form['mail'], 'New password', f'Your code: {tokens.reset_token()}')
    return render_template('login.html')
