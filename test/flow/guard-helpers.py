import lab

ALLOWED = ('a', 'b')


class Strange(Exception):
    pass


def passes_through(value):
    return require_one(value)


def require_one(value):
    if value in ALLOWED:
        return
    raise Strange(value)


def require_outer(value, other):
    print(other)
    require_one(value)


def require_sometimes(value, strict):
    if strict:
        require_one(value)


def require_other(value, other):
    require_one(other)


def raising():
    x = lab.source()
    require_one(x)
    lab.sink(x)  #! clean
    y = lab.source()
    require_outer(y, 1)
    lab.sink(y)  #! clean
    z = lab.source()
    require_sometimes(z, lab.other())
    lab.sink(z)  #! found
    w = lab.source()
    require_other(w, 'a')
    lab.sink(w)  #! found
    v = lab.source()
    passes_through(v)
    lab.sink(v)  #! clean


def raising_by_name():
    x = lab.source()
    require_outer(other=1, value=x)
    lab.sink(x)  #! clean
    y = lab.source()
    require_outer(other=y, value='a')
    lab.sink(y)  #! found


def raising_caught():
    x = lab.source()
    try:
        require_one(x)
    except Strange:
        lab.sink(x)  #! found
        return
    lab.sink(x)  #! clean


def raising_swallowed():
    x = lab.source()
    try:
        require_one(x)
    except Strange:
        pass
    lab.sink(x)  #! found


def is_known(value):
    if not value:
        return False
    if value in ALLOWED:
        return True
    return value.isdigit()


def is_known_or_long(value):
    if len(value) > 10:
        return True
    return value in ALLOWED


def is_number(value):
    try:
        int(value)
        return True
    except ValueError:
        return False


def is_number_badly(value):
    try:
        int(value)
    except ValueError:
        return True
    return True


def has_trouble(value):
    return not is_known(value)


def trouble(value):
    if value not in ALLOWED:
        return 'not allowed'
    return None


def trouble_often(value):
    if value not in ALLOWED:
        return 'not allowed'


def match(value):
    for each in ALLOWED:
        if each == value:
            return each
    return None


def booleans():
    x = lab.source()
    if is_known(x):
        lab.sink(x)  #! clean
    else:
        lab.sink(x)  #! found
    if is_known_or_long(x):
        lab.sink(x)  #! found
    if is_number(x):
        lab.sink(x)  #! clean
    if not is_number(x):
        lab.sink(x)  #! found
    if is_number_badly(x):
        lab.sink(x)  #! found
    if has_trouble(x):
        lab.sink(x)  #! found
    if not has_trouble(x):
        lab.sink(x)  #! clean
    if is_known(x) is True:
        lab.sink(x)  #! clean
    if is_known(x) == False:
        lab.sink(x)  #! found


def messages():
    x = lab.source()
    if trouble(x) is None:
        lab.sink(x)  #! clean
    else:
        lab.sink(x)  #! found
    problem = trouble_often(x)
    if problem:
        return
    lab.sink(x)  #! clean


def matches():
    x = lab.source()
    found = match(x)
    if found is None:
        lab.sink(x)  #! found
        return
    lab.sink(x)  #! clean
    lab.sink(found)  #! clean


def matches_loosely():
    x = lab.source()
    if match(x):
        lab.sink(x)  #! clean


class Checker:
    allowed = ('a', 'b')

    def __init__(self, extra):
        self.extra = extra

    def check(self, value):
        if value not in self.allowed:
            raise Strange(value)

    def allows(self, value):
        return value in self.allowed

    def allows_more(self, value):
        return value in self.extra

    @staticmethod
    def fine(value):
        return value in ALLOWED

    @classmethod
    def good(cls, value):
        return value in cls.allowed


def methods():
    checker = Checker([lab.source()])
    x = lab.source()
    if checker.allows(x):
        lab.sink(x)  #! clean
    if checker.allows_more(x):
        lab.sink(x)  #! found
    if Checker.fine(x):
        lab.sink(x)  #! clean
    if Checker.good(x):
        lab.sink(x)  #! clean
    if not Checker.good(x):
        lab.sink(x)  #! found
    checker.check(x)
    lab.sink(x)  #! clean


class Form:
    def __init__(self, value, other):
        self.value = value
        self.other = other

    def is_valid(self):
        return self.value in ALLOWED

    def validate(self):
        if self.value not in ALLOWED:
            raise Strange(self.value)

    def show(self):
        if not self.is_valid():
            lab.sink(self.value)  #! found
            return
        lab.sink(self.value)  #! clean
        lab.sink(self.other)  #! found

    def save(self):
        self.validate()
        lab.sink(self.value)  #! clean
        lab.sink(self.other)  #! found


def forms():
    form = Form(lab.source(), lab.source())
    form.show()
    form.save()
    if form.is_valid():
        lab.sink(form.value)  #! clean
        lab.sink(form.other)  #! found
    form.validate()
    lab.sink(form.value)  #! clean


def recursive(value, depth):
    if depth == 0:
        return value in ALLOWED
    return recursive(value, depth - 1)


def forever(value):
    return forever(value)


def recursion():
    x = lab.source()
    if forever(x):
        lab.sink(x)  #! found


async def require_async(value):
    if value not in ALLOWED:
        raise Strange(value)


async def is_fine_async(value):
    return value in ALLOWED


async def awaited():
    x = lab.source()
    require_async(x)
    lab.sink(x)  #! found
    y = lab.source()
    await require_async(y)
    lab.sink(y)  #! clean
    z = lab.source()
    if await is_fine_async(z):
        lab.sink(z)  #! clean


def only_letters(function):
    def wrapper(value, *rest):
        if not value.isalpha():
            raise Strange(value)
        return function(value, *rest)
    return wrapper


def only_letters_of_any(function):
    def wrapper(*args, **kwargs):
        if not args[0].isalpha():
            raise Strange(args[0])
        return function(*args, **kwargs)
    return wrapper


def only_allowed(allowed):
    def decorate(function):
        def wrapper(value):
            if value not in ('a', 'b'):
                return None
            return function(value)
        return wrapper
    return decorate


@only_letters
def letters(value):
    lab.sink(value)  #! clean


@only_letters_of_any
def letters_of_any(value):
    lab.sink(value)  #! clean


@only_allowed(1)
def allowed(value):
    lab.sink(value)  #! clean


letters(lab.source())
letters_of_any(lab.source())
allowed(lab.source())
