"""Tokens in mails and addresses."""
import random
import secrets
import string


def reset_token():
    token = ''.join(random.choice(string.ascii_letters) for _ in range(24))
    return token


def confirmation_token():
    token = secrets.token_urlsafe(24)
    return token
