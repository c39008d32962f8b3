import contextvars
import dataclasses
import operator
import types
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
import lab


def namespaces():
    space = types.SimpleNamespace(given=lab.source(), other='fixed')
    lab.sink(space.given)  #! found
    lab.sink(space.other)  #! clean
    lab.sink(vars(space)['given'])  #! found
    lab.sink(vars(space)['other'])  #! clean


@dataclass
class Record:
    given: str
    other: str = 'fixed'
    copied: str = ''
    own: str = ''

    def __post_init__(self):
        self.copied = self.given
        self.own = 'own'


def records():
    record = Record(lab.source())
    lab.sink(record.given)  #! found
    lab.sink(record.other)  #! clean
    lab.sink(record.copied)  #! found
    lab.sink(record.own)  #! clean
    lab.sink(dataclasses.asdict(record)['given'])  #! found
    lab.sink(dataclasses.asdict(record)['other'])  #! clean
    fixed = Record('fixed')
    lab.sink(fixed.copied)  #! clean
    lab.sink(dataclasses.replace(fixed, given=lab.source()).given)  #! found
    lab.sink(dataclasses.replace(fixed, given=lab.source()).other)  #! clean


current = contextvars.ContextVar('current', default='fixed')
untouched = contextvars.ContextVar('untouched', default='fixed')


def context_variables():
    current.set(lab.source())
    lab.sink(current.get())  #! found
    lab.sink(untouched.get())  #! clean


@contextmanager
def lent(value):
    yield value


def stacks():
    with ExitStack() as stack:
        lab.sink(stack.enter_context(lent(lab.source())))  #! found
        lab.sink(stack.enter_context(lent('fixed')))  #! clean


def operators():
    lab.sink(operator.add('a', lab.source()))  #! found
    lab.sink(operator.add('a', 'b'))  #! clean
    lab.sink(operator.getitem({'k': 'fixed', 'other': lab.source()}, 'k'))  #! clean
    lab.sink(operator.getitem({'k': 'fixed', 'other': lab.source()}, 'other'))  #! found


def ends(value):
    yield 'fixed'
    return value


def handing_on(value):
    result = yield from ends(value)
    yield result


def generators():
    lab.sink(list(handing_on(lab.source()))[1])  #! found
    lab.sink(list(handing_on('fixed'))[1])  #! clean


class Setting:
    changed = 'fixed'
    kept = 'fixed'


def class_attributes():
    Setting.changed = lab.source()
    lab.sink(Setting.changed)  #! found
    lab.sink(Setting().changed)  #! found
    lab.sink(Setting.kept)  #! clean


class Sum:
    def __init__(self, text):
        self.text = text

    def __add__(self, other):
        return Sum(other)


def sums():
    lab.sink((Sum('a') + lab.source()).text)  #! found
    lab.sink((Sum('a') + 'b').text)  #! clean


def made(text):
    return Sum(text)


def factories():
    one = made(lab.source())
    two = made('fixed')
    lab.sink(one.text)  #! found
    lab.sink(two.text)  #! clean


def keep_in_library_object():
    lab.shared.kept = lab.source()
    lab.shared.table['kept'] = lab.source()


def use_library_object():
    lab.sink(lab.shared.kept)  #! found
    lab.sink(lab.shared.other)  #! clean
    lab.sink(lab.shared.table['kept'])  #! found
    lab.sink(lab.elsewhere.kept)  #! clean
