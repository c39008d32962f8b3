"""The cart travels in a cookie."""
import base64
import json
import pickle


def read(cookie):
    if not cookie:
        return []
    return pickle.loads(base64.urlsafe_b64decode(cookie))


def read_wishlist(cookie):
    if not cookie:
        return []
    return json.loads(base64.urlsafe_b64decode(cookie))


def write(items):
    return base64.urlsafe_b64encode(pickle.dumps(items)).decode()
