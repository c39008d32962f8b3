from contextlib import suppress
import lab


def suppressed():
    x = lab.source()
    with suppress(ValueError):
        x = str(int('x'))
    lab.sink(x)  #! found


def not_suppressed():
    x = lab.source()
    with open('data') as file:
        x = 'fixed'
    lab.sink(x)  #! clean


def inside():
    x = lab.source()
    with suppress(ValueError):
        x = 'fixed'
        lab.sink(x)  #! clean
