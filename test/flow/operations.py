"""What assignments and operators hand to the methods that a class declares for them."""
import lab


class Setter:
    @property
    def command(self):
        return 'fixed'

    @command.setter
    def command(self, value):
        lab.sink(value)  #! found


class OtherSetter:
    @property
    def command(self):
        return 'fixed'

    @command.setter
    def command(self, value):
        lab.sink(value)  #! clean


def assign(one: Setter, other: OtherSetter):
    one.command = lab.source()
    other.command = 'fixed'
    other.unrelated = lab.source()


class Table:
    def __setitem__(self, key, value):
        lab.sink(key)  #! clean
        lab.sink(value)  #! found

    def __getitem__(self, key):
        lab.sink(key)  #! found

    def __contains__(self, key):
        lab.sink(key)  #! found

    def __delitem__(self, key):
        lab.sink(key)  #! clean


table = Table()
table['a'] = lab.source()
table[lab.source()]
lab.source() in table
del table['a']


class Amount:
    def __add__(self, other):
        lab.sink(other)  #! found

    def __mul__(self, other):
        lab.sink(other)  #! clean


Amount() + lab.source()
Amount() * 3
'' + lab.source()


class Open:
    def __setattr__(self, name, value):
        lab.sink(name)  #! clean
        lab.sink(value)  #! found


Open().any = lab.source()


class Field:
    def __set__(self, instance, value):
        lab.sink(value)  #! found


class PlainField:
    def __set__(self, instance, value):
        lab.sink(value)  #! clean


class Form:
    name = Field()
    plain = PlainField()


form = Form()
form.name = lab.source()
form.plain = 'fixed'
