import functools
import lab

HANDLERS = {}
PLUGINS = []


def plain(function):
    return function


def wrapping(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        return function(*args, **kwargs)
    return wrapper


def replacing(function):
    def replacement(*args, **kwargs):
        return 'fixed'
    return replacement


def tainting(function):
    def wrapper(*args, **kwargs):
        function(*args, **kwargs)
        return lab.source()
    return wrapper


def repeated(times):
    def decorate(function):
        def wrapper(*args, **kwargs):
            result = None
            for _ in range(times):
                result = function(*args, **kwargs)
            return result
        return wrapper
    return decorate


def register(name):
    def decorate(function):
        HANDLERS[name] = function
        return function
    return decorate


def plugin(function):
    PLUGINS.append(function)
    return function


@plain
def one(value):
    return value


@wrapping
def two(value):
    return value


@replacing
def three(value):
    return value


@tainting
def four(value):
    return 'fixed'


@repeated(3)
def five(value):
    return value


@wrapping
@plain
def six(value):
    return value


lab.sink(one(lab.source()))  #! found
lab.sink(two(lab.source()))  #! found
lab.sink(two('fixed'))  #! clean
lab.sink(three(lab.source()))  #! clean
lab.sink(four('fixed'))  #! found
lab.sink(five(lab.source()))  #! found
lab.sink(five('fixed'))  #! clean
lab.sink(six(lab.source()))  #! found


@register('a')
def handle(value):
    lab.sink(value)  #! found


@plugin
def plugged(value):
    lab.sink(value)  #! found


def dispatch(name, value):
    HANDLERS[name](value)
    for each in PLUGINS:
        each(value)


dispatch('a', lab.source())


class Cached:
    def __init__(self, function):
        self.function = function

    def __call__(self, value):
        return self.function(value)


@Cached
def seven(value):
    return value


lab.sink(seven(lab.source()))  #! found
lab.sink(seven('fixed'))  #! clean


@functools.lru_cache(maxsize=None)
def eight(value):
    return value


lab.sink(eight(lab.source()))  #! found


class Ignoring:
    def __init__(self, function):
        self.function = function

    def __call__(self, value):
        return 'fixed'


class Passing(Ignoring):
    def __call__(self, value):
        return self.function(value)


@Ignoring
def ignored(value):
    return value


@Passing
def passed_on(value):
    return value


lab.sink(ignored(lab.source()))  #! clean
lab.sink(passed_on(lab.source()))  #! found


@functools.singledispatch
def by_type(value):
    return 'fixed'


@by_type.register(str)
def _(value):
    return value


@by_type.register
def _(value: int):
    return 'number'


@functools.singledispatch
def by_type_clean(value):
    return 'fixed'


@by_type_clean.register(str)
def _(value):
    return 'text'


lab.sink(by_type(lab.source()))  #! found
lab.sink(by_type_clean(lab.source()))  #! clean
