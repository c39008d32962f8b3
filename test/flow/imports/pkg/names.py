import lab


def starred():
    return lab.source()
