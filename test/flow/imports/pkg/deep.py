import lab

STATE = lab.source()
TABLE = {'good': 'fixed', 'bad': lab.source()}
FLAG = False


def helper(value):
    return value


def tainted():
    return lab.source()
