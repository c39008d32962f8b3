import lab


class Failure(Exception):
    def __init__(self, detail, code):
        super().__init__('failed')
        self.detail = detail
        self.code = code


class Other(Exception):
    pass


def fail(value):
    raise Failure(value, 'fixed')


def deeper(value):
    fail(value)


def known_type():
    try:
        deeper(lab.source())
    except Failure as failure:
        lab.sink(failure.code)  #! clean
        lab.sink(failure.detail)  #! found


def any_type():
    try:
        fail(lab.source())
    except Exception as failure:
        lab.sink(failure.detail)  #! found


def other_handler():
    try:
        raise ValueError(lab.source())
    except KeyError as error:
        lab.sink(str(error))  #! clean
    except ValueError as error:
        lab.sink(str(error))  #! found


def by_base():
    try:
        raise KeyError(lab.source())
    except LookupError as error:
        lab.sink(error.args[0])  #! found


def before_the_try():
    value = ValueError(lab.source())
    print(value)
    try:
        raise Other('fixed')
    except Other as error:
        lab.sink(str(error))  #! clean


def raised_again():
    try:
        try:
            raise ValueError(lab.source())
        except ValueError as error:
            raise Other(str(error))
    except Other as error:
        lab.sink(str(error))  #! found
