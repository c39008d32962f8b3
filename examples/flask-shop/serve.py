"""Starts the shop behind a proxy; the debugger only when asked for."""
import os

from shop import create_app

app = create_app()

if __name__ == '__main__':
    app.run(port=8001, debug=os.environ.get('SHOP_DEBUG') == '1')
