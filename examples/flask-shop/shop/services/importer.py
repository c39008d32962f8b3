"""Catalogues of suppliers, as YAML."""
import yaml


def read_catalogue(text):
    return yaml.load(text, Loader=yaml.Loader)


def read_prices(text):
    return yaml.load(text, Loader=yaml.SafeLoader)
