"""Tests of the catalogue."""
from shop import create_app
from shop.config import Config


class TestConfig(Config):
    TESTING = True
    DATABASE = ':memory:'


def test_search_needs_no_term():
    client = create_app(TestConfig).test_client()
    assert client.get('/suggest').status_code in (200, 500)
