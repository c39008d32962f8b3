import functools
import lab


def same(value):
    return value


def fixed(value):
    return 'fixed'


def second(one, two):
    return two


def by_default(value='fixed'):
    return value


def bad_default(value=lab.source()):
    return value


def keyword_only(*, one='fixed', two='fixed'):
    return two


def several(*values):
    return values[0]


def last(*values):
    return values[1]


def named(**options):
    return options['a']


def forward(*args, **kwargs):
    return second(*args, **kwargs)


def two():
    return lab.source(), 'fixed'


x = lab.source()
lab.sink(same(x))  #! found
lab.sink(same('fixed'))  #! clean
lab.sink(fixed(x))  #! clean
lab.sink(second(x, 'fixed'))  #! clean
lab.sink(second('fixed', x))  #! found
lab.sink(second(two=x, one='fixed'))  #! found
lab.sink(second(one=x, two='fixed'))  #! clean
lab.sink(by_default())  #! clean
lab.sink(by_default(x))  #! found
lab.sink(bad_default())  #! found
lab.sink(bad_default('fixed'))  #! clean
lab.sink(keyword_only(two=x))  #! found
lab.sink(keyword_only(one=x))  #! clean
lab.sink(several(x, 'fixed'))  #! found
lab.sink(several('fixed', x))  #! clean
lab.sink(last('fixed', x))  #! found
lab.sink(named(a=x))  #! found
lab.sink(named(a='fixed', b=x))  #! clean
lab.sink(forward('fixed', x))  #! found
lab.sink(forward(x, 'fixed'))  #! clean
lab.sink(forward(one='fixed', two=x))  #! found
arguments = ['fixed', x]
lab.sink(second(*arguments))  #! found
options = {'one': x, 'two': 'fixed'}
lab.sink(second(**options))  #! clean
options = {'one': 'fixed', 'two': x}
lab.sink(second(**options))  #! found
bad, good = two()
lab.sink(bad)  #! found
lab.sink(good)  #! clean
lab.sink(two()[0])  #! found
lab.sink(two()[1])  #! clean


def early(value):
    if value is None:
        return 'fixed'
    return value


lab.sink(early(x))  #! found


def counted(value, depth):
    if depth == 0:
        return value
    return counted(value, depth - 1)


lab.sink(counted(x, 3))  #! found
lab.sink(counted('fixed', 3))  #! clean


def ping(value, n):
    return value if n == 0 else pong(value, n - 1)


def pong(value, n):
    return ping(value, n)


lab.sink(ping(x, 5))  #! found
lab.sink(ping('fixed', 5))  #! clean


def fill(target):
    target['a'] = lab.source()


given = {}
fill(given)
lab.sink(given['a'])  #! found


def fill_list(target):
    target.append(lab.source())


filled = []
fill_list(filled)
lab.sink(filled[0])  #! found


def fill_well(target):
    target.append('fixed')


filled_well = []
fill_well(filled_well)
lab.sink(filled_well[0])  #! clean

call = same
lab.sink(call(x))  #! found
lab.sink((lambda value: value)(x))  #! found
lab.sink((lambda value: 'fixed')(x))  #! clean
table = {'same': same, 'fixed': fixed}
lab.sink(table['same'](x))  #! found
lab.sink(table['fixed'](x))  #! clean
bound = functools.partial(second, 'fixed')
lab.sink(bound(x))  #! found
bound = functools.partial(second, x)
lab.sink(bound('fixed'))  #! clean
lab.sink(list(map(same, [x]))[0])  #! found
lab.sink(list(map(fixed, [x]))[0])  #! clean


def apply(function, value):
    return function(value)


lab.sink(apply(same, x))  #! found
lab.sink(apply(fixed, x))  #! clean


def outer(value):
    def inner():
        return value
    return inner


lab.sink(outer(x)())  #! found
lab.sink(outer('fixed')())  #! todo clean


def counter():
    held = 'fixed'

    def change():
        nonlocal held
        held = lab.source()
    change()
    return held


lab.sink(counter())  #! found

state = 'fixed'


def change_state():
    global state
    state = lab.source()


def use_state():
    lab.sink(state)  #! found


def sink_it(value):
    lab.sink(value)  #! found


sink_it(x)


def sink_fixed(value):
    lab.sink(value)  #! clean


sink_fixed('fixed')


def marked(value):
    return around(value)


def around(value):
    return '<' + value + '>'


def many_calls_one_untrusted():
    page = marked('a') + marked('b') + marked('c') + marked('d') + marked('e') + marked('f') + marked(lab.source())
    lab.sink(page)  #! found


def many_calls_all_fixed():
    page = marked('a') + marked('b') + marked('c') + marked('d') + marked('e') + marked('f') + marked('g')
    lab.sink(page)  #! clean


def many_calls_cleaned():
    page = marked('a') + marked('b') + marked('c') + marked('d') + marked('e') + marked(lab.clean(lab.source()))
    lab.sink(page)  #! clean


def first_of(value, other):
    return value


def many_calls_other_argument():
    page = first_of('a', x) + first_of('b', x) + first_of('c', x) + first_of('d', x) + first_of('e', x)
    lab.sink(page)  #! clean
    lab.sink(page + first_of(x, 'f'))  #! found


def declared_twice():
    return lab.source()


def declared_twice():
    return 'fixed'


def declared_once_more():
    return 'fixed'


if lab.other():
    def declared_once_more():
        return lab.source()


def of_the_last_declaration():
    lab.sink(declared_twice())  #! clean
    lab.sink(declared_once_more())  #! found
