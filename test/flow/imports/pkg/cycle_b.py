from . import cycle_a


def back(value):
    return cycle_a.finish(value)
