import lab


def branches(flag):
    x = lab.source()
    if flag:
        x = 'fixed'
    lab.sink(x)  #! found
    y = lab.source()
    if flag:
        y = 'fixed'
    else:
        y = 'other'
    lab.sink(y)  #! clean


def loops(items):
    x = 'fixed'
    for item in items:
        lab.sink(x)  #! found
        x = lab.source()
    y = 'fixed'
    while items:
        y = lab.source()
    lab.sink(y)  #! found


def loop_else(items):
    for item in items:
        if item:
            x = 'fixed'
            break
    else:
        x = lab.source()
    lab.sink(x)  #! found
    for item in items:
        if item:
            break
        y = lab.source()
    else:
        y = 'fixed'
    z = lab.source()
    for item in items:
        pass
    else:
        z = 'fixed'
    lab.sink(z)  #! clean


def tries():
    x = 'fixed'
    try:
        x = lab.source()
        lab.other()
    except ValueError:
        lab.sink(x)  #! found
    y = lab.source()
    try:
        y = 'fixed'
    finally:
        pass
    lab.sink(y)  #! clean
    z = lab.source()
    try:
        lab.other()
    finally:
        z = 'fixed'
    lab.sink(z)  #! clean
    w = 'fixed'
    try:
        lab.other()
    except Exception:
        w = lab.source()
    lab.sink(w)  #! found
    v = lab.source()
    try:
        lab.other()
    except Exception:
        v = 'fixed'
    else:
        v = 'other'
    lab.sink(v)  #! clean


def in_finally():
    x = 'fixed'
    try:
        x = lab.source()
    finally:
        lab.sink(x)  #! found


def early(flag):
    x = lab.source()
    if not flag:
        return
    x = 'fixed'
    lab.sink(x)  #! clean


def raising(flag):
    x = lab.source()
    if flag:
        raise ValueError(x)
    x = 'fixed'
    lab.sink(x)  #! clean


def carried():
    try:
        raise ValueError(lab.source())
    except ValueError as error:
        lab.sink(str(error))  #! found
        lab.sink(error.args[0])  #! found


class Failure(Exception):
    def __init__(self, detail):
        super().__init__(detail)
        self.detail = detail


def thrower(value):
    raise Failure(value)


def catcher():
    try:
        thrower(lab.source())
    except Failure as failure:
        lab.sink(failure.detail)  #! found


def catcher_well():
    try:
        raise KeyError('fixed')
    except KeyError as error:
        lab.sink(str(error))  #! clean


def matching(command):
    match command:
        case {'kind': 'a', 'value': value}:
            lab.sink(value)  #! found
        case [first, *rest]:
            lab.sink(first)  #! found
        case 'fixed' as same:
            lab.sink(same)  #! clean
        case 'one' | 'two':
            lab.sink(command)  #! clean
        case _:
            lab.sink(command)  #! found


matching(lab.source())


def conditional(flag):
    lab.sink(lab.source() if flag else 'fixed')  #! found
    lab.sink('fixed' if flag else 'other')  #! clean


DEBUG = False
LEVEL = 3


def dead():
    if False:
        lab.sink(lab.source())  #! clean
    if 0:
        lab.sink(lab.source())  #! clean
    if 1 + 1 == 3:
        lab.sink(lab.source())  #! clean
    if 'a' == 'b':
        lab.sink(lab.source())  #! clean
    if len('abc') > 5:
        lab.sink(lab.source())  #! clean
    if DEBUG:
        lab.sink(lab.source())  #! clean
    if LEVEL > 5:
        lab.sink(lab.source())  #! clean
    if LEVEL > 2:
        lab.sink(lab.source())  #! found
    if not True:
        lab.sink(lab.source())  #! clean
    x = lab.source()
    if True:
        x = 'fixed'
    lab.sink(x)  #! clean
    y = lab.source()
    if LEVEL == 3:
        y = 'fixed'
    lab.sink(y)  #! clean
    z = 'fixed' if True else lab.source()
    lab.sink(z)  #! clean
    while False:
        lab.sink(lab.source())  #! clean


def three():
    return 3


def by_call():
    if three() == 4:
        lab.sink(lab.source())  #! clean
    if three() == 3:
        lab.sink(lab.source())  #! found


def unreachable():
    return 'fixed'
    lab.sink(lab.source())  #! clean


async def later():
    return lab.source()


async def later_well():
    return 'fixed'


async def awaiting():
    lab.sink(await later())  #! found
    lab.sink(await later_well())  #! clean
    import asyncio
    one, two = await asyncio.gather(later(), later_well())
    lab.sink(one)  #! found
    lab.sink(two)  #! clean
    task = asyncio.create_task(later())
    lab.sink(await task)  #! found
    async for each in stream():
        lab.sink(each)  #! found
    lab.sink(await asyncio.wait_for(later(), 3))  #! found


async def stream():
    yield lab.source()


def numbers():
    yield 'fixed'
    yield lab.source()


def relay():
    yield from numbers()


def relay_well():
    yield from ['fixed']


def generators():
    for each in relay():
        lab.sink(each)  #! found
    for each in relay_well():
        lab.sink(each)  #! clean
    lab.sink(next(numbers()))  #! found
    lab.sink([each for each in numbers()][0])  #! found
    lab.sink(list(relay_well())[0])  #! clean
    lab.sink({each: 'fixed' for each in numbers()})  #! found
    lab.sink({'fixed': each for each in relay()}['fixed'])  #! found
    lab.sink(sum(len(each) for each in numbers()))  #! clean
    lab.sink([each for each in ['fixed']][0])  #! clean
    lab.sink(list(each for each in [lab.source()] if each)[0])  #! found


from contextlib import contextmanager


@contextmanager
def managed(value):
    yield value


def contexts():
    with managed(lab.source()) as content:
        lab.sink(content)  #! found
    with managed('fixed') as content:
        lab.sink(content)  #! clean


def by_mode(value, mode='fixed'):
    if mode == 'raw':
        return value
    elif mode == 'masked':
        return '***'
    return 'fixed'


def modes_of_calls():
    given = lab.source()
    lab.sink(by_mode(given, 'raw'))  #! found
    lab.sink(by_mode(given, mode='raw'))  #! found
    lab.sink(by_mode(given, 'masked'))  #! clean
    lab.sink(by_mode(given))  #! clean
    lab.sink(by_mode(given, given))  #! found
    lab.sink(by_mode(given, 'masked') + by_mode(given, 'raw'))  #! found


def unless_given(value, replacement=None):
    if replacement is None:
        return value
    return replacement


def replacements():
    given = lab.source()
    lab.sink(unless_given(given))  #! found
    lab.sink(unless_given(given, None))  #! found
    lab.sink(unless_given(given, 'fixed'))  #! clean
    lab.sink(unless_given('fixed', given))  #! found


def write(text, is_safe):
    if not is_safe:
        lab.sink(text)  #! found


def write_fixed(text, is_safe):
    if not is_safe:
        lab.sink(text)  #! clean


write(lab.source(), False)
write_fixed(lab.source(), True)


MODES = {'mode': 'strict', 'other': 'loose'}
FILLED = {'mode': 'strict'}
LEVELS = ['low', 'high']


def fill(mode):
    FILLED['mode'] = mode


def tables():
    x = lab.source()
    if MODES['mode'] == 'loose':
        lab.sink(x)  #! clean
    if MODES['other'] == 'loose':
        lab.sink(x)  #! found
    if FILLED['mode'] == 'loose':
        lab.sink(x)  #! found
    if LEVELS[0] == 'high':
        lab.sink(x)  #! clean
    if LEVELS[1] == 'high':
        lab.sink(x)  #! found
    if 'ABC'[1] == 'A':
        lab.sink(x)  #! clean
    if 'ABC'[1] == 'B':
        lab.sink(x)  #! found
    if len('monday') < 6:
        lab.sink(x)  #! clean
    if len('monday') < 7:
        lab.sink(x)  #! found


def two_values():
    yield lab.source()
    yield 'fixed'


def many_values(items):
    for each in items:
        yield 'fixed'
    yield lab.source()


def unpacked_generators():
    first, second = two_values()
    lab.sink(first)  #! found
    lab.sink(second)  #! clean
    one, two = many_values(['a'])
    lab.sink(one)  #! found
    lab.sink(two)  #! found
