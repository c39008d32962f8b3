"""The shop: an application factory and its blueprints."""
from flask import Flask, render_template

from . import db
from .config import Config


def create_app(config=Config):
    app = Flask(__name__)
    app.config.from_object(config)
    app.teardown_appcontext(db.close)

    from .admin import bp as admin
    from .auth import bp as auth
    from .catalog import bp as catalog
    from .orders import bp as orders

    app.register_blueprint(catalog)
    app.register_blueprint(auth, url_prefix='/auth')
    app.register_blueprint(orders, url_prefix='/orders')
    app.register_blueprint(admin, url_prefix='/admin')

    @app.errorhandler(404)
    def not_found(error):
        return render_template('error.html', error=error), 404

    return app
