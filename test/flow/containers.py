import copy
import lab

pair = [lab.source(), 'fixed']
lab.sink(pair[0])  #! found
lab.sink(pair[1])  #! clean
lab.sink(pair[-1])  #! clean
lab.sink(pair[-2])  #! found

box = {'bad': lab.source(), 'good': 'fixed'}
lab.sink(box['bad'])  #! found
lab.sink(box['good'])  #! clean
lab.sink(box.get('bad'))  #! found
lab.sink(box.get('good'))  #! clean
lab.sink(box.get('other', 'fixed'))  #! clean
lab.sink(box.pop('good'))  #! clean
lab.sink(box.pop('bad'))  #! found
box['bad'] = 'fixed'
lab.sink(box['bad'])  #! clean

made = dict(bad=lab.source(), good='fixed')
lab.sink(made['bad'])  #! found
lab.sink(made['good'])  #! clean

nested = {'outer': {'bad': lab.source(), 'good': 'fixed'}, 'list': ['fixed', lab.source()]}
lab.sink(nested['outer']['bad'])  #! found
lab.sink(nested['outer']['good'])  #! clean
lab.sink(nested['list'][1])  #! found
lab.sink(nested['list'][0])  #! clean

grown = []
grown.append('fixed')
lab.sink(grown[0])  #! clean
grown.append(lab.source())
lab.sink(grown)  #! found
lab.sink(''.join(grown))  #! found

inserted = ['fixed']
inserted.insert(0, lab.source())
lab.sink(inserted[0])  #! found

extended = ['fixed']
extended.extend([lab.source()])
lab.sink(extended[1])  #! found
extended_well = ['fixed']
extended_well.extend(['other'])
lab.sink(extended_well[1])  #! clean

updated = {'a': 'fixed'}
updated.update({'b': lab.source()})
lab.sink(updated['b'])  #! found
lab.sink(updated['a'])  #! clean
updated.update(c=lab.source())
lab.sink(updated['c'])  #! found

merged = {**updated, 'z': 'fixed'}
lab.sink(merged['b'])  #! found
lab.sink(merged['z'])  #! clean
union = {'a': 'fixed'} | {'b': lab.source()}
lab.sink(union['b'])  #! found

copied = dict(box)
lab.sink(copied['good'])  #! clean
source_box = {'bad': lab.source(), 'good': 'fixed'}
copied = source_box.copy()
lab.sink(copied['bad'])  #! found
lab.sink(copied['good'])  #! clean
deep = copy.deepcopy(source_box)
lab.sink(deep['bad'])  #! found
lab.sink(deep['good'])  #! clean
listed = list(pair)
lab.sink(listed[0])  #! found
lab.sink(listed[1])  #! clean

joined = pair + ['fixed']
lab.sink(joined[0])  #! found
several = [*pair, 'fixed']
lab.sink(several[0])  #! found

for key, value in source_box.items():
    lab.sink(value)  #! found
    lab.sink(key)  #! clean
for value in source_box.values():
    lab.sink(value)  #! found
for key in source_box:
    lab.sink(key)  #! clean
for key in source_box.keys():
    lab.sink(key)  #! clean
by_source = {lab.source(): 'fixed'}
for key in by_source:
    lab.sink(key)  #! found

default = {}
default.setdefault('a', lab.source())
lab.sink(default['a'])  #! found
lab.sink(default.setdefault('b', 'fixed'))  #! clean

stack = ['fixed', lab.source()]
lab.sink(stack.pop())  #! found
first, *rest = ['fixed', lab.source()]
lab.sink(rest)  #! found
lab.sink(first)  #! clean
sliced = [lab.source(), 'fixed', 'other']
lab.sink(sliced[0:1])  #! found
unique = {lab.source()}
lab.sink(unique.pop())  #! found
lab.sink(sorted([lab.source()])[0])  #! found
lab.sink(len([lab.source()]))  #! clean
name = 'bad'
lab.sink(source_box[name])  #! found
name = 'good'
lab.sink(source_box[name])  #! clean
copied_well = {'bad': lab.source()}
copied_well.clear()
lab.sink(copied_well['bad'])  #! clean


def copied_before():
    first = {'k': 'fixed'}
    copy_of = first.copy()
    first['k'] = lab.source()
    lab.sink(copy_of['k'])  #! clean
    lab.sink(dict(first)['k'])  #! found
    same = first
    lab.sink(same['k'])  #! found


def overwritten_by_method(flag):
    by_name = {'k': lab.source()}
    by_name.update(k='fixed')
    lab.sink(by_name['k'])  #! clean
    if flag:
        by_name.update(k=lab.source())
    lab.sink(by_name['k'])  #! found


def defaults_not_needed(name):
    known = {'k': 'fixed'}
    lab.sink(known.get('k', lab.source()))  #! clean
    lab.sink(known.get('other', lab.source()))  #! found
    lab.sink(known.get(name, lab.source()))  #! found
    known.setdefault('k', lab.source())
    lab.sink(known['k'])  #! clean
    known.setdefault('more', lab.source())
    lab.sink(known['more'])  #! found


def defaults_after_removal():
    known = {'k': 'fixed'}
    known.pop('k')
    lab.sink(known.get('k', lab.source()))  #! found


def spread_into_another():
    given = {'k': lab.source(), 'other': 'fixed'}
    base = {'k': 'fixed', 'more': 1}
    lab.sink({**given, **base}['k'])  #! clean
    lab.sink({**base, **given}['k'])  #! found
    lab.sink({**given, **base}['other'])  #! clean


def positions():
    parts = ['a']
    parts.append(lab.source())
    lab.sink(parts[0])  #! clean
    lab.sink(parts[1])  #! found
    lab.sink(parts[-1])  #! found
    parts.insert(0, 'b')
    lab.sink(parts[1])  #! clean
    lab.sink(parts[2])  #! found
    parts.reverse()
    lab.sink(parts[0])  #! found
    lab.sink(parts[1])  #! clean
    lab.sink(parts.pop(0))  #! found
    lab.sink(parts[0])  #! clean
    parts.append(lab.source())
    lab.sink(parts.pop())  #! found
    lab.sink(parts[-1])  #! clean
    del parts[0]
    parts[0] = lab.source()
    lab.sink(parts[0])  #! found
    parts.clear()
    parts.append('c')
    lab.sink(parts[0])  #! clean


def unknown_positions(count, index):
    parts = ['a']
    for _ in range(count):
        parts.insert(0, lab.source())
    lab.sink(parts[0])  #! found
    others = [lab.source(), 'b']
    if count:
        others.reverse()
    lab.sink(others[0])  #! found
    lab.sink(others[1])  #! found
    more = ['a', 'b']
    fill_second(more)
    lab.sink(more[1])  #! found
    same = more
    same[0] = lab.source()
    lab.sink(more[0])  #! found
    sorted_later = ['a', lab.source()]
    sorted_later.sort()
    lab.sink(sorted_later[0])  #! found
    moved = ['a', 'b', lab.source()]
    moved.pop(index)
    lab.sink(moved[1])  #! found


def fill_second(given):
    given[1] = lab.source()


def pick(table, key):
    return table[key]


def put(table, key, value):
    table[key] = value


def by_key_given():
    table = {'a': lab.source(), 'b': 'fixed'}
    lab.sink(pick(table, 'a'))  #! found
    lab.sink(pick(table, 'b'))  #! clean
    filled = {}
    put(filled, 'a', lab.source())
    put(filled, 'b', 'fixed')
    lab.sink(filled['a'])  #! found
    lab.sink(filled['b'])  #! clean


def slices(count):
    items = ['fixed', lab.source(), 'other']
    lab.sink(items[:1][0])  #! clean
    lab.sink(items[:2][1])  #! found
    lab.sink(items[1:][0])  #! found
    lab.sink(items[2:][0])  #! clean
    lab.sink(items[0:1][1])  #! clean
    lab.sink(items[count:][0])  #! found
    lab.sink(items[::2][1])  #! found
    lab.sink(items[-2:][0])  #! found
    first, second = items[1:3]
    lab.sink(first)  #! found
    lab.sink(second)  #! clean
