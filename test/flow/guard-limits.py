import sys
import lab
ALLOWED = ('a','b')


def reassigned():
    x = lab.source()
    ok = x in ALLOWED
    x = lab.source()
    if ok:
        lab.sink(x)  #! found


def called_inside():
    x = lab.source()
    def inner():
        lab.sink(x)  #! found
    if x in ALLOWED:
        inner()
    inner()


def element_replaced(d):
    d = {'k': lab.source()}
    if d['k'] in ALLOWED:
        d['k'] = lab.source()
        lab.sink(d['k'])  #! found


class Holder:
    pass


def attribute_replaced():
    o = Holder()
    o.v = lab.source()
    if o.v in ALLOWED:
        o.v = lab.source()
        lab.sink(o.v)  #! found


def assertion_caught():
    x = lab.source()
    try:
        assert x in ALLOWED
    except AssertionError:
        pass
    lab.sink(x)  #! found


def left_in_two_ways():
    x = lab.source()
    while True:
        if x in ALLOWED:
            break
        if lab.other():
            break
    lab.sink(x)  #! found


def checked_with_finally():
    x = lab.source()
    try:
        n = int(x)
    finally:
        lab.sink(x)  #! todo found


def left_by_break():
    x = lab.source()
    for i in range(3):
        if x in ALLOWED:
            break
    else:
        return
    lab.sink(x)  #! clean


def left_by_wrong_break():
    x = lab.source()
    for i in range(3):
        if x not in ALLOWED:
            break
    else:
        lab.sink(x)  #! found
    lab.sink(x)  #! found


def each_in_a_loop():
    xs = [lab.source()]
    for x in xs:
        if x not in ALLOWED:
            return
    lab.sink(xs)  #! clean


def exit_caught():
    x = lab.source()
    if x not in ALLOWED:
        try:
            sys.exit()
        except SystemExit:
            pass
    lab.sink(x)  #! found


def maybe_exit(c):
    if c:
        sys.exit(1)


def exit_when_given():
    x = lab.source()
    if x not in ALLOWED:
        maybe_exit(x)
    lab.sink(x)  #! clean


def check(v, allowed=ALLOWED):
    if v not in allowed:
        raise ValueError


def allowed_by_argument():
    x = lab.source()
    check(x)
    lab.sink(x)  #! clean
    y = lab.source()
    check(y, [y])
    lab.sink(y)  #! found


def otherwise():
    x = lab.source()
    if x in ALLOWED:
        return
    else:
        lab.sink(x)  #! found


def two_names():
    x = lab.source()
    y = x
    if y in ALLOWED:
        lab.sink(x)  #! clean


def inside_of_with():
    x = lab.source()
    with lab.ctx():
        check(x)
    lab.sink(x)  #! clean


def in_a_lambda():
    x = lab.source()
    g = lambda v: v in ALLOWED
    if g(x):
        lab.sink(x)  #! clean


def empty_or_checked():
    x = lab.source()
    if not x.isalnum() and not x == '':
        return
    lab.sink(x)  #! clean


def empty_or_none():
    x = lab.source()
    if len(x) == 0 or x is None:
        lab.sink(x)  #! todo clean


def exact_type():
    x = lab.source()
    if type(x) is int:
        lab.sink(x)  #! clean
    if type(x) == str:
        lab.sink(x)  #! found


def one_of_two_lists():
    x = lab.source()
    if x in (ALLOWED if lab.other() else ('c',)):
        lab.sink(x)  #! clean
    if x in (ALLOWED if lab.other() else lab.source()):
        lab.sink(x)  #! found


def check_all(values, allowed):
    for each in values:
        if each not in allowed:
            raise ValueError(each)


def check_some(values):
    for each in values:
        if each.startswith('#'):
            continue
        check(each)


def check_until(values):
    for each in values:
        if each == 'end':
            break
        check(each)


def lists():
    xs = [lab.source()]
    check_all(xs, ('one', 'two'))
    lab.sink(xs)  #! clean
    lab.sink(xs[0])  #! clean
    ys = [lab.source()]
    check_all(ys, ys)
    lab.sink(ys)  #! found
    zs = [lab.source()]
    check_some(zs)
    lab.sink(zs)  #! found
    ws = [lab.source()]
    check_until(ws)
    lab.sink(ws)  #! found


def equals(value, wanted):
    return value == wanted


def wanted():
    x = lab.source()
    if equals(x, 'fixed'):
        lab.sink(x)  #! clean
    if equals(x, lab.source()):
        lab.sink(x)  #! found
    if equals(wanted='fixed', value=x):
        lab.sink(x)  #! clean


class Store:
    def __init__(self):
        self.value = lab.source()

    def reload(self):
        if self.value not in ALLOWED:
            return
        lab.sink(self.value)  #! clean
        self.value = lab.source()
        lab.sink(self.value)  #! found

    def loop(self):
        while self.value in ALLOWED:
            lab.sink(self.value)  #! clean
            self.value = lab.source()


class Lazy:
    def __init__(self):
        self.text = None

    def load(self):
        self.text = lab.source()

    def get(self):
        if self.text is None:
            self.load()
            lab.sink(self.text)  #! found
        if not self.text:
            self.text = lab.source()
            lab.sink(self.text)  #! found


Lazy().get()
