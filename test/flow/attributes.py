import dataclasses
from dataclasses import dataclass, field
from typing import NamedTuple
from collections import namedtuple
import lab


class Box:
    shared = 'fixed'
    tainted = lab.source()

    def __init__(self, content):
        self.content = content
        self.label = 'fixed'

    def read(self):
        return self.content

    def name(self):
        return self.label

    def fill(self, content):
        self.content = content


box = Box(lab.source())
lab.sink(box.content)  #! found
lab.sink(box.label)  #! clean
lab.sink(box.read())  #! found
lab.sink(box.name())  #! clean
lab.sink(Box.shared)  #! clean
lab.sink(Box.tainted)  #! found
lab.sink(box.tainted)  #! found


class Other:
    def __init__(self):
        self.content = 'fixed'
        self.inner = Inner()


class Inner:
    def __init__(self):
        self.value = lab.source()
        self.fine = 'fixed'


other = Other()
lab.sink(other.content)  #! clean
lab.sink(other.inner.value)  #! found
lab.sink(other.inner.fine)  #! clean
other.extra = lab.source()
lab.sink(other.extra)  #! found
other.extra = 'fixed'
lab.sink(other.extra)  #! clean
same = other
same.later = lab.source()
lab.sink(other.later)  #! found


@dataclass
class Point:
    name: str
    kind: str = 'fixed'


point = Point(lab.source())
lab.sink(point.name)  #! found
lab.sink(point.kind)  #! clean
well = Point(name='fixed', kind=lab.source())
lab.sink(well.kind)  #! found


class Named(NamedTuple):
    first: str
    second: str


named = Named(lab.source(), 'fixed')
lab.sink(named.first)  #! found
lab.sink(named.second)  #! clean

Pair = namedtuple('Pair', ['left', 'right'])
pair = Pair(lab.source(), 'fixed')
lab.sink(pair.left)  #! found
lab.sink(pair.right)  #! clean
lab.sink(pair[0])  #! found
lab.sink(pair[1])  #! clean
first, second = pair
lab.sink(first)  #! found
lab.sink(second)  #! clean


class Labelled(namedtuple('Labelled', 'left right')):
    def both(self):
        return self.left + self.right


labelled = Labelled('fixed', right=lab.source())
lab.sink(labelled.right)  #! found
lab.sink(labelled.left)  #! clean
lab.sink(labelled.both())  #! found


class Temperature:
    def __init__(self, raw):
        self._raw = raw

    @property
    def raw(self):
        return self._raw

    @raw.setter
    def raw(self, value):
        self._raw = value

    @property
    def fixed(self):
        return 'fixed'


temperature = Temperature('fixed')
temperature.raw = lab.source()
lab.sink(temperature.raw)  #! found
lab.sink(temperature.fixed)  #! clean

lab.sink(getattr(box, 'content'))  #! found
lab.sink(getattr(box, 'label'))  #! clean
lab.sink(getattr(box, 'nothing', 'fixed'))  #! clean
setattr(other, 'given', lab.source())
lab.sink(other.given)  #! found
setattr(other, 'well', 'fixed')
lab.sink(other.well)  #! clean


class Loose:
    def __init__(self, **named):
        self.__dict__.update(named)


loose = Loose(given=lab.source(), other='fixed')
lab.sink(loose.given)  #! found
lab.sink(loose.other)  #! clean
lab.sink(loose.__dict__['given'])  #! found
lab.sink(loose.__dict__['other'])  #! clean


class MadeAnew:
    def __new__(cls, content):
        made = super().__new__(cls)
        made.content = content
        made.label = 'fixed'
        return made


made_anew = MadeAnew(lab.source())
lab.sink(made_anew.content)  #! found
lab.sink(made_anew.label)  #! clean


@dataclass
class Collecting:
    pieces: list = field(default_factory=list)
    others: list = field(default_factory=list)


collecting = Collecting()
collecting.pieces.append(lab.source())
lab.sink(collecting.pieces[0])  #! found
lab.sink(collecting.others)  #! clean


class Minted:
    def __init__(self):
        self.mark = lab.source()

    def mint(self, mark):
        self.mark = mark

    def sometimes(self, mark):
        if lab.other():
            self.mark = mark


def minted():
    first = Minted()
    kept.append(first)
    first.mint('fixed')
    lab.sink(first.mark)  #! clean
    second = Minted()
    kept.append(second)
    second.sometimes('fixed')
    lab.sink(second.mark)  #! found
    third = Minted()
    kept.append(third)
    third.mint(lab.source())
    lab.sink(third.mark)  #! found


kept = []
