"""Who may call what."""

import functools


def require_admin(function):
    @functools.wraps(function)
    def guarded(*args, **kwargs):
        if not current().is_admin:
            raise PermissionError(function.__name__)
        return function(*args, **kwargs)
    return guarded


def current():
    return guarded_user.get()
