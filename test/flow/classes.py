import abc
import lab


class Base:
    def get(self):
        return 'fixed'

    def run(self):
        lab.sink(self.get())  #! found

    def made(self):
        return self.make()

    def make(self):
        return 'fixed'


class Bad(Base):
    def get(self):
        return lab.source()


class Good(Base):
    def get(self):
        return 'other'


lab.sink(Bad().get())  #! found
lab.sink(Good().get())  #! clean
lab.sink(Base().get())  #! clean
lab.sink(Bad().made())  #! clean
Bad().run()


class Extended(Bad):
    def get(self):
        return super().get() + 'more'


class Replaced(Bad):
    def get(self):
        super().get()
        return 'fixed'


lab.sink(Extended().get())  #! found
lab.sink(Replaced().get())  #! clean


class Shape(abc.ABC):
    @abc.abstractmethod
    def name(self):
        ...


class Square(Shape):
    def name(self):
        return lab.source()


class Circle(Shape):
    def name(self):
        return 'fixed'


def show(shape: Shape):
    lab.sink(shape.name())  #! found


def show_circle(shape: Circle):
    lab.sink(shape.name())  #! clean


class Mixin:
    def describe(self):
        return self.content()


class Mixed(Mixin):
    def content(self):
        return lab.source()


class MixedWell(Mixin):
    def content(self):
        return 'fixed'


lab.sink(Mixed().describe())  #! found
lab.sink(MixedWell().describe())  #! clean


class Kept(Base):
    def __init__(self, value):
        super().__init__()
        self.value = value


class KeptDeeper(Kept):
    def __init__(self, value):
        super().__init__(value)


lab.sink(KeptDeeper(lab.source()).value)  #! found


class Tools:
    @staticmethod
    def static(value):
        return value

    @classmethod
    def create(cls, value):
        made = cls()
        made.value = value
        return made


lab.sink(Tools.static(lab.source()))  #! found
lab.sink(Tools.static('fixed'))  #! clean
lab.sink(Tools.create(lab.source()).value)  #! found


class Callable:
    def __call__(self, value):
        return value


class CallableWell:
    def __call__(self, value):
        return 'fixed'


lab.sink(Callable()(lab.source()))  #! found
lab.sink(CallableWell()(lab.source()))  #! clean


class Sequence:
    def __init__(self, values):
        self.values = values

    def __getitem__(self, index):
        return self.values[index]

    def __iter__(self):
        return iter(self.values)

    def __add__(self, other):
        return self.values[0] + other

    def __str__(self):
        return self.values[0]

    def __len__(self):
        return 1

    def __contains__(self, value):
        return value in self.values


lab.sink(Sequence([lab.source()])[0])  #! found
lab.sink(Sequence(['fixed'])[0])  #! clean
for each in Sequence([lab.source()]):
    lab.sink(each)  #! found
for each in Sequence(['fixed']):
    lab.sink(each)  #! clean
lab.sink(Sequence([lab.source()]) + 'a')  #! found
lab.sink(Sequence(['fixed']) + 'a')  #! clean
lab.sink(str(Sequence([lab.source()])))  #! found
lab.sink(f'{Sequence([lab.source()])}')  #! found
lab.sink(str(Sequence(['fixed'])))  #! clean
lab.sink(len(Sequence([lab.source()])))  #! clean


class Managed:
    def __init__(self, value):
        self.value = value

    def __enter__(self):
        return self.value

    def __exit__(self, *details):
        return False


with Managed(lab.source()) as content:
    lab.sink(content)  #! found
with Managed('fixed') as content:
    lab.sink(content)  #! clean


class Builder:
    def __init__(self):
        self.text = ''

    def add(self, more):
        self.text += more
        return self

    def build(self):
        return self.text


lab.sink(Builder().add('a').add(lab.source()).build())  #! found
lab.sink(Builder().add('a').add('b').build())  #! clean


class Meta(type):
    pass


class WithMeta(metaclass=Meta):
    value = lab.source()


lab.sink(WithMeta.value)  #! found


class Slots:
    __slots__ = ('a',)

    def __init__(self, a):
        self.a = a


lab.sink(Slots(lab.source()).a)  #! found


class Shared:
    registry = {}

    def put(self, value):
        self.registry['a'] = value

    def get(self):
        return self.registry['a']


Shared().put(lab.source())
lab.sink(Shared().get())  #! found


class Countdown:
    def __init__(self, text):
        self.text = text

    def __iter__(self):
        return self

    def __next__(self):
        return self.text


for each in Countdown(lab.source()):
    lab.sink(each)  #! found


class Missing:
    def __init__(self, text):
        self.text = text

    def __getattr__(self, name):
        return self.text


lab.sink(Missing(lab.source()).anything)  #! found


class Text:
    def __add__(self, other):
        return other

    def __mod__(self, other):
        return 'fixed'


lab.sink(Text() + lab.source())  #! found
lab.sink(Text() % lab.source())  #! clean
method = Tools.static
lab.sink(method(lab.source()))  #! found


def called_with(function, value):
    return function(value)


class Keeper:
    def keep(self, value):
        return value


lab.sink(called_with(Keeper().keep, lab.source()))  #! found
lab.sink(called_with(Keeper().keep, 'fixed'))  #! clean
