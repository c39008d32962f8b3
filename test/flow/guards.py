import os
import re
import lab

ALLOWED = ('a', 'b')
TABLE = {'a': 'x', 'b': 'y'}


def allowlist():
    x = lab.source()
    if x in ALLOWED:
        lab.sink(x)  #! clean
    else:
        lab.sink(x)  #! found
    if x not in ALLOWED:
        return
    lab.sink(x)  #! clean


def allowlist_wrong():
    x = lab.source()
    if x not in ALLOWED:
        lab.sink(x)  #! found


def allowlist_raise():
    x = lab.source()
    if x not in {'a', 'b'}:
        raise ValueError(x)
    lab.sink(x)  #! clean


def allowlist_of_source():
    x = lab.source()
    if x in [lab.source()]:
        lab.sink(x)  #! found


def table():
    x = lab.source()
    lab.sink(TABLE[x])  #! clean
    lab.sink(TABLE.get(x))  #! clean
    lab.sink(TABLE.get(x, x))  #! found
    if x in TABLE:
        lab.sink(x)  #! clean


def assertion():
    x = lab.source()
    assert x in ALLOWED
    lab.sink(x)  #! clean


def equal():
    x = lab.source()
    if x == 'a':
        lab.sink(x)  #! clean
    if x != 'a':
        lab.sink(x)  #! found
    if x == 'a' or x == 'b':
        lab.sink(x)  #! clean
    if x == 'a' and lab.other():
        lab.sink(x)  #! clean
    if x == 'a' or lab.other():
        lab.sink(x)  #! found
    if not (x == 'a'):
        lab.sink(x)  #! found
    if not x != 'a':
        lab.sink(x)  #! clean


def patterns():
    x = lab.source()
    if re.fullmatch(r'[a-z]+', x):
        lab.sink(x)  #! clean
    if re.fullmatch(r'.*', x):
        lab.sink(x)  #! found
    if re.match(r'[a-z]+', x):
        lab.sink(x)  #! found
    if re.match(r'^[a-z]+$', x):
        lab.sink(x)  #! clean
    if re.match(r'[a-z]+\Z', x):
        lab.sink(x)  #! clean
    if re.search(r'[a-z]+', x):
        lab.sink(x)  #! found
    if re.search(r'^[a-z]+$', x):
        lab.sink(x)  #! clean
    if not re.fullmatch(r'\w+', x):
        raise ValueError()
    lab.sink(x)  #! clean


WORD = re.compile(r'[a-z0-9_]+')


def compiled():
    x = lab.source()
    if WORD.fullmatch(x):
        lab.sink(x)  #! clean
    y = lab.source()
    if WORD.match(y):
        lab.sink(y)  #! found
    z = lab.source()
    found = WORD.fullmatch(z)
    if found is None:
        return
    lab.sink(z)  #! clean


def kinds():
    x = lab.source()
    if isinstance(x, int):
        lab.sink(x)  #! clean
    if isinstance(x, str):
        lab.sink(x)  #! found
    if isinstance(x, (int, float)):
        lab.sink(x)  #! clean
    if x.isdigit():
        lab.sink(x)  #! clean
    if x.isalnum():
        lab.sink(x)  #! clean
    if not x.isdigit():
        lab.sink(x)  #! found


def require(value):
    if value not in ALLOWED:
        raise ValueError(value)


def require_badly(value):
    if value not in ALLOWED:
        print('strange')


def is_fine(value):
    return value in ALLOWED


def is_bad(value):
    return value not in ALLOWED


def is_long(value):
    return len(value) > 3


def checked(value):
    if not is_fine(value):
        raise ValueError(value)
    return value


def helpers():
    x = lab.source()
    require(x)
    lab.sink(x)  #! clean
    y = lab.source()
    require_badly(y)
    lab.sink(y)  #! found
    z = lab.source()
    if is_fine(z):
        lab.sink(z)  #! clean
    if not is_fine(z):
        lab.sink(z)  #! found
    if is_bad(z):
        return
    lab.sink(z)  #! clean
    w = lab.source()
    if is_long(w):
        lab.sink(w)  #! found
    lab.sink(checked(lab.source()))  #! clean


def try_number():
    x = lab.source()
    try:
        int(x)
    except ValueError:
        return
    lab.sink(x)  #! clean


def try_number_badly():
    x = lab.source()
    try:
        int(x)
    except ValueError:
        pass
    lab.sink(x)  #! found


def overwritten():
    x = lab.source()
    if x not in ALLOWED:
        x = 'a'
    lab.sink(x)  #! clean


def late():
    x = lab.source()
    lab.sink(x)  #! found
    if x not in ALLOWED:
        return


def changed():
    x = lab.source()
    if x in ALLOWED:
        x = lab.source()
        lab.sink(x)  #! found


def other_variable():
    x = lab.source()
    y = lab.source()
    if y in ALLOWED:
        lab.sink(x)  #! found


def every(values):
    if all(each in ALLOWED for each in values):
        lab.sink(values)  #! clean


every([lab.source()])


def validated(function):
    def wrapper(value):
        if value not in ALLOWED:
            raise ValueError(value)
        return function(value)
    return wrapper


def logged(function):
    def wrapper(value):
        print(value)
        return function(value)
    return wrapper


@validated
def safe_view(value):
    lab.sink(value)  #! clean


@logged
def unsafe_view(value):
    lab.sink(value)  #! found


safe_view(lab.source())
unsafe_view(lab.source())


def loop_check(values):
    for each in values:
        if each not in ALLOWED:
            continue
        lab.sink(each)  #! clean


loop_check([lab.source()])


def break_check():
    while True:
        x = lab.source()
        if x in ALLOWED:
            break
    lab.sink(x)  #! clean


class Form:
    def __init__(self, value):
        self.value = value

    def is_valid(self):
        return self.value in ALLOWED

    def show(self):
        if self.value in ALLOWED:
            lab.sink(self.value)  #! clean
        else:
            lab.sink(self.value)  #! found


Form(lab.source()).show()


def lengths():
    x = lab.source()
    if len(x) < 10:
        lab.sink(x)  #! found
    if x:
        lab.sink(x)  #! found
    if x is not None:
        lab.sink(x)  #! found
    if not x:
        lab.sink(x)  #! clean
    if x is None:
        lab.sink(x)  #! clean


def match_guard():
    x = lab.source()
    match x:
        case 'a' | 'b':
            lab.sink(x)  #! clean
        case other if other in ALLOWED:
            lab.sink(other)  #! clean
        case _:
            lab.sink(x)  #! found


def lowered(text):
    return text.lower()


def allowlist_of_settings():
    x = lab.source()
    allowed = [lowered(each) for each in lab.settings.hosts]
    if x not in allowed:
        return
    lab.sink(x)  #! clean


def list_of_the_sender():
    x = lab.source()
    allowed = [lowered(each) for each in lab.source().split(',')]
    if x not in allowed:
        return
    lab.sink(x)  #! found


def list_of_nobody_knows_whom(rows):
    x = lab.source()
    if x in [row.name for row in rows]:
        lab.sink(x)  #! found
