import enum
import re
import string
import uuid
from datetime import date
import lab

NAME = re.compile('^[a-z][a-z0-9_]*$')
NAME_ANY_CASE = re.compile(r'[a-z]+', re.IGNORECASE)
LINES = re.compile(r'^[a-z]+$', re.MULTILINE)
PREFIX = '[a-z]'
LETTERS = 'abc'


class Patterns:
    name = re.compile(r'[a-z]+\Z')


def anchors():
    x = lab.source()
    if re.match(r'[a-z]+$', x):
        lab.sink(x)  #! clean
    if re.search(r'[a-z]+$', x):
        lab.sink(x)  #! found
    if re.search(r'\A[a-z]+\Z', x):
        lab.sink(x)  #! clean
    if re.match(r'^[a-z]+$', x, re.MULTILINE):
        lab.sink(x)  #! found
    if re.match(r'^[a-z]+\Z', x, re.MULTILINE):
        lab.sink(x)  #! clean
    if re.match(r'^[a-z]+$', x, flags=re.I):
        lab.sink(x)  #! clean
    if re.match(r'^[a-z]+$', x, flags=re.I | re.M):
        lab.sink(x)  #! found
    if re.match(r'^a|b$', x):
        lab.sink(x)  #! found
    if re.match(r'^(a|b)$', x):
        lab.sink(x)  #! clean
    if re.match(r'^(?:a$|b$)', x):
        lab.sink(x)  #! clean
    if re.fullmatch(r'a|b', x):
        lab.sink(x)  #! clean


def sets():
    x = lab.source()
    if re.fullmatch(r'[^/]+', x):
        lab.sink(x)  #! found
    if re.fullmatch(r'\d{4}', x):
        lab.sink(x)  #! clean
    if re.fullmatch(r'\S+', x):
        lab.sink(x)  #! found
    if re.fullmatch(r'(?P<first>\w+)(?:_(?P<second>\w+))?', x):
        lab.sink(x)  #! clean
    if re.fullmatch(r'(?=.*x)[a-z]+', x):
        lab.sink(x)  #! clean
    if re.fullmatch(r'[a-z]+(', x):
        lab.sink(x)  #! found
    if re.fullmatch(x, 'a'):
        lab.sink(x)  #! found
    if re.fullmatch(PREFIX + '+', x):
        lab.sink(x)  #! clean
    if re.fullmatch(lab.source(), x):
        lab.sink(x)  #! found


def compiled():
    x = lab.source()
    if NAME.match(x):
        lab.sink(x)  #! clean
    if not NAME.match(x):
        lab.sink(x)  #! found
    if NAME.search(x):
        lab.sink(x)  #! clean
    if NAME_ANY_CASE.fullmatch(x):
        lab.sink(x)  #! clean
    if NAME_ANY_CASE.match(x):
        lab.sink(x)  #! found
    if LINES.match(x):
        lab.sink(x)  #! found
    if LINES.fullmatch(x):
        lab.sink(x)  #! clean
    if Patterns.name.match(x):
        lab.sink(x)  #! clean
    if re.match(NAME, x):
        lab.sink(x)  #! clean
    local = re.compile(r'[0-9]+')
    if local.fullmatch(x):
        lab.sink(x)  #! clean


def outcomes():
    x = lab.source()
    found = re.fullmatch(r'([a-z]+)=([a-z]+)', x)
    if re.fullmatch('[a-z]+', x) is None:
        lab.sink(x)  #! found
    if re.fullmatch('[a-z]+', x) is not None:
        lab.sink(x)  #! clean
    if bool(re.fullmatch('[a-z]+', x)):
        lab.sink(x)  #! clean
    if (m := re.fullmatch('[a-z]+', x)):
        lab.sink(x)  #! clean
        lab.sink(m.group(0))  #! clean
    if re.fullmatch('[a-z]+', lab.source()):
        lab.sink(x)  #! found


def characters():
    x = lab.source()
    if all(each.isalnum() or each in '_' for each in x):
        lab.sink(x)  #! clean
    if all(each.isalnum() or each in '/;' for each in x):
        lab.sink(x)  #! found
    if all(each in ('a', 'b') for each in x):
        lab.sink(x)  #! clean
    if all(each in ('.', '/') for each in x):
        lab.sink(x)  #! found
    if all(each.isalnum() for each in x if each != ';'):
        lab.sink(x)  #! found
    if all(lab.other() for each in x):
        lab.sink(x)  #! found
    if any(each.isalnum() for each in x):
        lab.sink(x)  #! found
    if any(not each.isalnum() for each in x):
        return
    lab.sink(x)  #! clean


def characters_of_sets():
    x = lab.source()
    if set(x) <= set('abc'):
        lab.sink(x)  #! clean
    if set(x) <= set('/;'):
        lab.sink(x)  #! found
    if set(x) - set('abcdef'):
        lab.sink(x)  #! found
        return
    lab.sink(x)  #! clean


def characters_of_sets_wrongly():
    x = lab.source()
    if set('abc') <= set(x):
        lab.sink(x)  #! found
    if not set('abc') - set(x):
        lab.sink(x)  #! found


def lists():
    names = [lab.source(), lab.source()]
    if all(each in ('one', 'two') for each in names):
        lab.sink(names)  #! clean
        lab.sink(names[0])  #! clean
    if any(each not in ('one', 'two') for each in names):
        lab.sink(names)  #! found
        return
    lab.sink(names[1])  #! clean


def one_of():
    x = lab.source()
    if any(x == each for each in ('one', 'two')):
        lab.sink(x)  #! clean
    if any(x.startswith(each) for each in ('one', 'two')):
        lab.sink(x)  #! found
    if not any(x == each for each in ('one', 'two')):
        lab.sink(x)  #! found


def kinds():
    x = lab.source()
    if isinstance(x, (int, float, bool)):
        lab.sink(x)  #! clean
    if isinstance(x, (int, str)):
        lab.sink(x)  #! found
    if not isinstance(x, int):
        lab.sink(x)  #! found
    if isinstance(x, uuid.UUID):
        lab.sink(x)  #! clean
    if isinstance(x, date):
        lab.sink(x)  #! clean
    if not isinstance(x, str):
        lab.sink(x)  #! found


def methods():
    x = lab.source()
    if x.isalpha():
        lab.sink(x)  #! clean
    if x.isidentifier():
        lab.sink(x)  #! clean
    if x.isdecimal():
        lab.sink(x)  #! clean
    if x.isupper():
        lab.sink(x)  #! found
    if x.isprintable():
        lab.sink(x)  #! found
    if x.strip().isdigit():
        lab.sink(x)  #! found
    if x.isascii() and x.isalnum():
        lab.sink(x)  #! clean
    if x.endswith('.txt'):
        lab.sink(x)  #! found
    if x.startswith('safe'):
        lab.sink(x)  #! found
    if len(x) == 1:
        lab.sink(x)  #! found


def converted():
    x = lab.source()
    uuid.UUID(x)
    lab.sink(x)  #! clean
    y = lab.source()
    date.fromisoformat(y)
    lab.sink(y)  #! clean
    z = lab.source()
    str(z)
    lab.sink(z)  #! found


def compared():
    x = lab.source()
    if x == LETTERS:
        lab.sink(x)  #! clean
    if LETTERS == x:
        lab.sink(x)  #! clean
    if x == lab.source():
        lab.sink(x)  #! found
    if x == lab.setting():
        lab.sink(x)  #! found
    if x in 'abc':
        lab.sink(x)  #! clean
    if x in '/etc;':
        lab.sink(x)  #! found
    if 'a' in x:
        lab.sink(x)  #! found
    if x in lab.source():
        lab.sink(x)  #! found
    if x is True or x is False:
        lab.sink(x)  #! clean
    if x > 'a':
        lab.sink(x)  #! found


def containers():
    x = lab.source()
    known = {'a', 'b'}
    if x in known | {'c'}:
        lab.sink(x)  #! clean
    if x in ['a'] + ['b']:
        lab.sink(x)  #! clean
    if x in ('a', *known):
        lab.sink(x)  #! clean
    if x in {'a': 1}.keys():
        lab.sink(x)  #! clean
    if x in {'a': lab.source()}:
        lab.sink(x)  #! clean
    if x in {'a': lab.source()}.values():
        lab.sink(x)  #! found
    if x in ['a', lab.source()]:
        lab.sink(x)  #! found
    if x in [each for each in lab.source()]:
        lab.sink(x)  #! found


def patterns():
    x = lab.source()
    match x:
        case int():
            lab.sink(x)  #! clean
        case str():
            lab.sink(x)  #! found
        case _:
            lab.sink(x)  #! found
    match x:
        case 'a' | 'b' | 'c':
            lab.sink(x)  #! clean
        case other:
            lab.sink(other)  #! found
    match x:
        case 'a':
            y = x
        case _:
            y = 'other'
    lab.sink(y)  #! clean


def groups():
    x = lab.source()
    m = re.match(r'/(\d+)/(?P<name>[a-z]+)/(.*)', x)
    lab.sink(m.group(1))  #! clean
    lab.sink(m.group('name'))  #! clean
    lab.sink(m.group(3))  #! found
    lab.sink(m.group(0))  #! found
    lab.sink(m.group())  #! found
    lab.sink(m.group(4))  #! found
    if m:
        lab.sink(m.group(1))  #! clean
        lab.sink(m.string)  #! found


def allowed_names():
    return ['one', 'two']


def names_of(more):
    return ['one', more]


class Settings:
    ALLOWED = ('one', 'two')


def containers_elsewhere():
    x = lab.source()
    if x in allowed_names():
        lab.sink(x)  #! clean
    if x in names_of(lab.source()):
        lab.sink(x)  #! found
    if x in Settings.ALLOWED:
        lab.sink(x)  #! clean
    if x in lab.settings.ALLOWED:
        lab.sink(x)  #! clean
    if x in lab.incoming:
        lab.sink(x)  #! found
    if all(each in string.ascii_letters + string.digits for each in x):
        lab.sink(x)  #! clean
    if all(each in string.printable for each in x):
        lab.sink(x)  #! found
    if set(x) <= set(string.ascii_lowercase + '_'):
        lab.sink(x)  #! clean
    if set(x) <= set(string.punctuation):
        lab.sink(x)  #! found


DIGITS = re.compile('[^0-9]+')


def replaced():
    x = lab.source()
    lab.sink(re.sub(r'[^a-z0-9]', '', x))  #! clean
    lab.sink(re.sub(r'[^\w]', '_', x))  #! clean
    lab.sink(re.sub(r'\W+', lab.source(), x))  #! found
    lab.sink(re.sub(r'[;&]', '', x))  #! found
    lab.sink(re.sub(r'[^a-z/]', '', x))  #! found
    lab.sink(re.sub(r'[^a-z]', '', x, 1))  #! found
    lab.sink(DIGITS.sub('', x))  #! clean
    lab.sink(re.sub(r'[^a-z]', r'\g<0>', x))  #! found
    lab.sink(re.sub(r'^[^a-z]', '', x))  #! found


class Color(enum.Enum):
    RED = 'red'
    BLUE = 'blue'


class Shade(Color):
    pass


def enumerations():
    x = lab.source()
    lab.sink(Color(lab.source()).value)  #! clean
    if x in Color.__members__:
        lab.sink(x)  #! clean
    if x == Color.RED.value:
        lab.sink(x)  #! clean
    if x == Color.RED:
        lab.sink(x)  #! clean
    try:
        Color(x)
    except ValueError:
        lab.sink(x)  #! found
        return
    lab.sink(x)  #! clean


def looked_up():
    x = lab.source()
    known = {'a': 1, 'b': 2}
    if known.get(x):
        lab.sink(x)  #! clean
    if known.get(x) is not None:
        lab.sink(x)  #! clean
    if known.get(x) is None:
        lab.sink(x)  #! found
    if {'a': 1, lab.source(): 2}.get(x):
        lab.sink(x)  #! found
    if known.get('a', x):
        lab.sink(x)  #! found
    if ('a', 'b').count(x):
        lab.sink(x)  #! clean
    try:
        ['a', 'b'].index(x)
    except ValueError:
        return
    lab.sink(x)  #! clean
