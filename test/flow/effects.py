import lab

CACHE = {}
SEEN = []
FIXED = {}


def remember():
    CACHE['a'] = lab.source()
    CACHE['b'] = 'fixed'
    SEEN.append(lab.source())
    FIXED['a'] = 'fixed'


def recall():
    lab.sink(CACHE['a'])  #! found
    lab.sink(CACHE['b'])  #! clean
    lab.sink(SEEN[0])  #! found
    lab.sink(FIXED['a'])  #! clean


class Page:
    parts = []

    def __init__(self):
        self.lines = []
        self.fields = {}
        self.fine = []

    def add(self, line):
        self.lines.append(line)
        self.fine.append('fixed')

    def set(self, name, value):
        self.fields[name] = value

    def render(self):
        lab.sink(''.join(self.lines))  #! found
        lab.sink(self.fields['a'])  #! found
        lab.sink(''.join(self.fine))  #! clean


page = Page()
page.add(lab.source())
page.set('a', lab.source())
page.render()


class Other:
    def __init__(self):
        self.lines = []

    def add(self, line):
        self.lines.append(line)

    def render(self):
        lab.sink(''.join(self.lines))  #! clean


Other().add('fixed')


def collect(into):
    add_to(into, lab.source())


def add_to(into, value):
    into.append(value)


def fill_box(box):
    box['bad'] = lab.source()
    box['good'] = 'fixed'


def use():
    found = []
    collect(found)
    lab.sink(found[0])  #! found
    box = {}
    fill_box(box)
    lab.sink(box['bad'])  #! found
    lab.sink(box['good'])  #! clean
    other = []
    add_to(other, 'fixed')
    lab.sink(other[0])  #! clean


def closure():
    held = []

    def add(value):
        held.append(value)
    add(lab.source())
    lab.sink(held)  #! found


def closure_well():
    held = []

    def add():
        held.append('fixed')
    add()
    lab.sink(held)  #! clean


class Item:
    pass


def mark(item):
    item.name = lab.source()
    item.kind = 'fixed'


def marked():
    item = Item()
    mark(item)
    lab.sink(item.name)  #! found
    lab.sink(item.kind)  #! clean


def collected(value, seen=[], names=()):
    seen.append(value)
    return seen, names


def kept_in_default():
    collected(lab.source())
    everything, names = collected('fixed')
    lab.sink(everything[-2])  #! found
    lab.sink(names)  #! clean


def collected_anew(value, seen=None):
    seen = [] if seen is None else seen
    seen.append(value)
    return seen


def not_kept():
    collected_anew(lab.source())
    lab.sink(collected_anew('fixed')[-1])  #! clean


DECLARED: dict = {}
DECLARED_CLEAN: dict = {}


def put_into_declared():
    DECLARED['given'] = lab.source()
    DECLARED_CLEAN['given'] = 'fixed'


def take_from_declared():
    lab.sink(DECLARED['given'])  #! found
    lab.sink(DECLARED_CLEAN['given'])  #! clean
