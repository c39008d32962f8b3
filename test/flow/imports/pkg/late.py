import lab


def value():
    return lab.source()


def fine():
    return 'fixed'


KEPT = []
KEPT_CLEAN = []
