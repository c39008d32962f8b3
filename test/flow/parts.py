import asyncio
import copy
import functools
import itertools
import queue
from collections import ChainMap, OrderedDict, defaultdict, deque
from concurrent.futures import ThreadPoolExecutor
from operator import itemgetter
import lab


def nested():
    settings = {'web': {'hosts': ['fixed', lab.source()], 'name': 'fixed'}, 'mode': 'fixed'}
    lab.sink(settings['web']['hosts'][1])  #! found
    lab.sink(settings['web']['hosts'][0])  #! clean
    lab.sink(settings['web']['name'])  #! clean
    lab.sink(settings.get('web', {}).get('hosts', [])[-1])  #! found
    lab.sink(settings.get('web', {}).get('name', ''))  #! clean
    lab.sink(settings.get('mode'))  #! clean
    settings['web']['name'] = lab.source()
    lab.sink(settings['web']['name'])  #! found


def records():
    rows = [{'name': lab.source(), 'kind': 'fixed'}, {'name': 'other', 'kind': 'fixed'}]
    for row in rows:
        lab.sink(row['name'])  #! found
        lab.sink(row['kind'])  #! clean
        lab.sink(row.get('kind'))  #! clean
    lab.sink(rows[0]['name'])  #! found
    lab.sink(rows[1]['name'])  #! clean
    lab.sink([row['kind'] for row in rows][0])  #! clean
    lab.sink([row['name'] for row in rows][1])  #! found


class Holder:
    def __init__(self):
        self.items = {}
        self.order = []
        self.fine = {}

    def put(self, key, value):
        self.items[key] = value
        self.order.append(value)
        self.fine['fixed'] = 'fixed'


def attributes():
    holder = Holder()
    holder.put('a', lab.source())
    lab.sink(holder.items['a'])  #! found
    lab.sink(holder.items.get('a'))  #! found
    lab.sink(holder.order[0])  #! found
    lab.sink(holder.fine['fixed'])  #! clean
    for key in holder.items:
        lab.sink(key)  #! clean
    for key, value in holder.items.items():
        lab.sink(key)  #! clean
        lab.sink(value)  #! found


def pair(value):
    return value, 'fixed'


def described(value):
    return {'value': value, 'label': 'fixed'}


def returns():
    first, second = pair(lab.source())
    lab.sink(first)  #! found
    lab.sink(second)  #! clean
    lab.sink(pair(lab.source())[0])  #! found
    lab.sink(pair(lab.source())[1])  #! clean
    lab.sink(pair(lab.source())[-1])  #! clean
    lab.sink(described(lab.source())['value'])  #! found
    lab.sink(described(lab.source())['label'])  #! clean
    lab.sink(described(lab.source()).get('label'))  #! clean


def comprehensions():
    given = {'a': lab.source(), 'b': 'fixed'}
    values = {key: value for key, value in given.items()}
    lab.sink(values['a'])  #! found
    for key in values:
        lab.sink(key)  #! clean
    turned = {value: key for key, value in given.items()}
    for key in turned:
        lab.sink(key)  #! found
    lab.sink(turned['fixed'])  #! clean
    lab.sink([key for key in given][0])  #! clean
    lab.sink([key for key, _ in given.items()])  #! clean
    lab.sink([value for _, value in given.items()])  #! found
    lab.sink(sorted(given)[0])  #! clean
    lab.sink(sorted(given.values())[0])  #! found
    lab.sink(', '.join(given))  #! clean
    lab.sink(', '.join(given.values()))  #! found
    lab.sink(', '.join(f'{key} = ?' for key in given))  #! clean
    lab.sink(list(given)[0])  #! clean
    lab.sink(list(given.keys())[0])  #! clean
    lab.sink(list(given.items())[0][1])  #! found
    lab.sink(list(given.items())[0][0])  #! clean


def copied():
    base = {'a': 'fixed', 'b': lab.source()}
    changed = dict(base)
    changed['b'] = 'fixed'
    lab.sink(changed['b'])  #! clean
    lab.sink(base['b'])  #! found
    more = base.copy()
    more['c'] = lab.source()
    lab.sink(more['c'])  #! found
    lab.sink(more['a'])  #! clean
    deeper = copy.deepcopy({'in': base})
    lab.sink(deeper['in']['b'])  #! found
    lab.sink(deeper['in']['a'])  #! clean
    lab.sink({**base, 'b': 'fixed'}['b'])  #! clean
    lab.sink({'b': 'fixed', **base}['b'])  #! found
    lab.sink((base | {'b': 'fixed'})['b'])  #! clean
    lab.sink(({'b': 'fixed'} | base)['b'])  #! found
    parts = ['fixed'] + [lab.source(), 'fixed']
    lab.sink(parts[0])  #! clean
    lab.sink(parts[1])  #! found
    lab.sink(parts[2])  #! clean


def overwritten(flag, other):
    box = {'a': lab.source()}
    if flag:
        box['a'] = 'fixed'
    lab.sink(box['a'])  #! found
    if other:
        box['a'] = 'fixed'
    else:
        box['a'] = 'other'
    box['a'] = 'third'
    if flag:
        lab.sink(box['a'])  #! clean
    for _ in range(3):
        lab.sink(box['a'])  #! clean
    lab.sink(box.get('a'))  #! clean
    box.update({'a': lab.source()})
    lab.sink(box['a'])  #! found
    del box['a']
    lab.sink(box.get('a', 'fixed'))  #! clean


def overwritten_in_loop():
    box = {'a': 'fixed'}
    for _ in range(3):
        lab.sink(box['a'])  #! found
        box['a'] = lab.source()


def filled_later():
    names = []
    lab.sink(names)  #! clean
    for _ in range(3):
        lab.sink(names)  #! found
        names.append(lab.source())
    fresh = []
    if not fresh:
        lab.sink(fresh)  #! clean
    fresh.append(lab.source())
    for _ in range(3):
        inner = []
        lab.sink(inner)  #! clean
        inner.append(lab.source())


def emptied():
    names = [lab.source()]
    names.clear()
    lab.sink(names[0])  #! clean
    names.append('fixed')
    lab.sink(names[0])  #! clean


def defaults():
    groups = defaultdict(list)
    groups['a'].append(lab.source())
    lab.sink(groups['a'][0])  #! found
    groups['b'].append('fixed')
    lab.sink(groups['b'][0])  #! clean
    counts = {}
    counts.setdefault('a', []).append(lab.source())
    lab.sink(counts['a'][0])  #! found
    ordered = OrderedDict([('a', lab.source()), ('b', 'fixed')])
    lab.sink(ordered['a'])  #! found
    for key in ordered:
        lab.sink(key)  #! clean
    lab.sink(dict([('a', lab.source())])['a'])  #! found
    lab.sink(dict(zip(['a'], [lab.source()]))['a'])  #! found
    lab.sink(list(dict(zip(['a'], [lab.source()])))[0])  #! clean
    chained = ChainMap({'a': 'fixed'}, {'b': lab.source()})
    lab.sink(chained['b'])  #! found
    lab.sink(chained['a'])  #! clean
    waiting = deque(['fixed'])
    waiting.append(lab.source())
    lab.sink(waiting.popleft())  #! found


def iterated():
    names = [lab.source()]
    fixed = ['fixed']
    for index, name in enumerate(names):
        lab.sink(index)  #! clean
        lab.sink(name)  #! found
    for one, other in zip(names, fixed):
        lab.sink(one)  #! found
        lab.sink(other)  #! clean
    for one, other in zip(fixed, names):
        lab.sink(one)  #! clean
        lab.sink(other)  #! found
    for name in itertools.chain(fixed, names):
        lab.sink(name)  #! found
    for name in itertools.chain(fixed, fixed):
        lab.sink(name)  #! clean
    for one, other in itertools.product(names, fixed):
        lab.sink(one)  #! found
        lab.sink(other)  #! clean
    lab.sink(next(iter(names)))  #! found
    lab.sink(next(iter([]), 'fixed'))  #! clean
    lab.sink(list(reversed(names))[0])  #! found
    lab.sink(max(names))  #! found
    lab.sink(list(filter(None, names))[0])  #! found
    lab.sink(list(filter(None, fixed))[0])  #! clean
    lab.sink(tuple(names)[0])  #! found
    lab.sink(set(names).pop())  #! found
    lab.sink([*fixed, *names][0])  #! todo clean
    lab.sink([*fixed, *names][1])  #! found
    *init, last = ['fixed', 'other', lab.source()]
    lab.sink(last)  #! found
    lab.sink(init)  #! todo clean
    lab.sink(init[0])  #! todo clean


def upper(value):
    return value.upper()


def constant(_value):
    return 'fixed'


def is_fine(value):
    return len(value) > 3


def mapped():
    names = [lab.source()]
    lab.sink(list(map(upper, names))[0])  #! found
    lab.sink(list(map(constant, names))[0])  #! clean
    lab.sink(list(map(lambda each: each + 'a', names))[0])  #! found
    lab.sink(list(map(lambda each: 'fixed', names))[0])  #! clean
    lab.sink(list(map(str, names))[0])  #! found
    lab.sink(list(map(int, names))[0])  #! clean
    lab.sink(list(filter(is_fine, names))[0])  #! found
    lab.sink(functools.reduce(lambda all, each: all + each, names, ''))  #! found
    lab.sink(functools.reduce(lambda all, each: all + each, ['fixed'], ''))  #! clean
    lab.sink([upper(each) for each in names][0])  #! found
    lab.sink([constant(each) for each in names][0])  #! clean
    lab.sink(itemgetter('a')({'a': lab.source()}))  #! found
    for name in map(upper, ['fixed']):
        lab.sink(name)  #! clean


async def fetch(value):
    return value


async def awaited():
    lab.sink((await asyncio.gather(fetch('fixed'), fetch(lab.source())))[1])  #! found
    lab.sink((await asyncio.gather(fetch('fixed'), fetch(lab.source())))[0])  #! clean
    results = await asyncio.gather(*[fetch(each) for each in [lab.source()]])
    lab.sink(results[0])  #! found
    for result in await asyncio.gather(*(fetch(each) for each in ['fixed'])):
        lab.sink(result)  #! clean
    tasks = [asyncio.create_task(fetch(lab.source()))]
    for task in tasks:
        lab.sink(await task)  #! found
        lab.sink(task.result())  #! found
    lab.sink(await asyncio.to_thread(upper, lab.source()))  #! found
    lab.sink(await asyncio.to_thread(constant, lab.source()))  #! clean
    waiting = asyncio.Queue()
    await waiting.put(lab.source())
    lab.sink(await waiting.get())  #! found


def pooled():
    lab.sink(asyncio.run(fetch(lab.source())))  #! found
    lab.sink(asyncio.run(fetch('fixed')))  #! clean
    with ThreadPoolExecutor() as pool:
        lab.sink(pool.submit(upper, lab.source()).result())  #! found
        lab.sink(pool.submit(constant, lab.source()).result())  #! clean
        for each in pool.map(upper, [lab.source()]):
            lab.sink(each)  #! found
    waiting = queue.Queue()
    waiting.put(lab.source())
    lab.sink(waiting.get())  #! found


def keyed(name):
    box = {'a': lab.source(), 'b': 'fixed'}
    lab.sink(box[name])  #! found
    lab.sink(box.get(name))  #! found
    key = 'b'
    lab.sink(box[key])  #! clean
    lab.sink(box.get(key))  #! clean
    lab.sink(box.get('a' + ''))  #! found
    box[lab.source()] = 'fixed'
    for each in box:
        lab.sink(each)  #! found
    for each in {'a': lab.source()}.keys():
        lab.sink(each)  #! clean
    pairs = [(1, lab.source())]
    for number, text in pairs:
        lab.sink(number)  #! clean
        lab.sink(text)  #! found
    (number, text), = pairs
    lab.sink(number)  #! clean
    lab.sink(text)  #! found


def given(**options):
    lab.sink(options['a'])  #! found
    lab.sink(options['b'])  #! clean
    lab.sink(options.get('a'))  #! found
    lab.sink(options.get('b'))  #! clean
    lab.sink(options.pop('b', None))  #! clean


given(a=lab.source(), b='fixed')


def arguments(*values):
    lab.sink(values[0])  #! found
    lab.sink(values[1])  #! clean
    first, second = values
    lab.sink(first)  #! found
    lab.sink(second)  #! clean


arguments(lab.source(), 'fixed')


def texts():
    fields = {'a': lab.source(), 'b': 'fixed'}
    lab.sink('%(a)s and %(b)s' % fields)  #! found
    lab.sink('%(b)s' % fields)  #! clean
    lab.sink('%s %d' % ('fixed', lab.source()))  #! clean
    lab.sink('%d %s' % (1, lab.source()))  #! found
    lab.sink('{a}'.format(**fields))  #! found
    lab.sink('{b}'.format(**fields))  #! clean
    lab.sink('{} {}'.format('fixed', lab.source()))  #! found
    lab.sink('{0}'.format('fixed', lab.source()))  #! clean
    lab.sink('{{}}'.format(lab.source()))  #! clean
    lab.sink('{b}'.format_map(fields))  #! clean
    lab.sink('{a}'.format_map(fields))  #! found
