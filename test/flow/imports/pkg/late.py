import lab


def value():
    return lab.source()


def fine():
    return 'fixed'
