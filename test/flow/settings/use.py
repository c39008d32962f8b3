from conf import CHANGED


def read():
    return CHANGED
