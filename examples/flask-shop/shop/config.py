"""Settings. Everything that differs between installations belongs into the environment."""
import os


class Config:
    SECRET_KEY = 'b5f1d4c09a7e4e6f8f2f0a6d'
    DATABASE = os.environ.get('SHOP_DATABASE', 'shop.db')
    INVOICES = os.environ.get('SHOP_INVOICES', '/var/lib/shop/invoices')
    UPLOADS = os.environ.get('SHOP_UPLOADS', '/var/lib/shop/uploads')
    MAIL_HOST = os.environ.get('SHOP_MAIL_HOST', 'localhost')
    MAIL_USER = os.environ.get('SHOP_MAIL_USER', 'shop')
    MAIL_PASSWORD = os.environ.get('SHOP_MAIL_PASSWORD', '')
