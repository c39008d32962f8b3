import os
import sys
import lab

ALLOWED = ('a', 'b')


def either_way(flag):
    x = lab.source()
    if flag:
        if x not in ALLOWED:
            return
    else:
        if x != 'c':
            raise ValueError(x)
    lab.sink(x)  #! clean


def one_way_only(flag):
    x = lab.source()
    if flag:
        if x not in ALLOWED:
            return
    lab.sink(x)  #! found


def elif_chain():
    x = lab.source()
    if x == 'a':
        pass
    elif x in ('b', 'c'):
        print('known')
    elif x.isdigit():
        print('number')
    else:
        return
    lab.sink(x)  #! clean


def elif_chain_with_hole():
    x = lab.source()
    if x == 'a':
        pass
    elif x.startswith('b'):
        pass
    else:
        return
    lab.sink(x)  #! found


def both():
    x = lab.source()
    if lab.other() and x in ALLOWED:
        lab.sink(x)  #! clean
    else:
        lab.sink(x)  #! found
    if x not in ALLOWED or lab.other():
        return
    lab.sink(x)  #! clean


def not_both():
    x = lab.source()
    if x not in ALLOWED and lab.other():
        return
    lab.sink(x)  #! found


def either():
    x = lab.source()
    if x in ALLOWED or x.isdigit() or x == 'fixed':
        lab.sink(x)  #! clean
    if not (x in ALLOWED or x.isdigit()):
        return
    lab.sink(x)  #! clean


def de_morgan():
    x = lab.source()
    if x not in ALLOWED and not x.isdigit():
        lab.sink(x)  #! found
    elif lab.other():
        lab.sink(x)  #! clean


def assigned():
    x = lab.source()
    ok = x in ALLOWED
    if ok:
        lab.sink(x)  #! clean
    else:
        lab.sink(x)  #! found
    if not ok:
        return
    lab.sink(x)  #! clean


def assigned_both():
    x = lab.source()
    ok = x in ALLOWED and lab.other()
    if ok:
        lab.sink(x)  #! clean
    bad = x not in ALLOWED or lab.other()
    if not bad:
        lab.sink(x)  #! clean
    maybe = x in ALLOWED or lab.other()
    if maybe:
        lab.sink(x)  #! found


def flag_set():
    x = lab.source()
    ok = False
    if x in ALLOWED:
        ok = True
    if ok:
        lab.sink(x)  #! clean
    else:
        lab.sink(x)  #! found


def flag_cleared():
    x = lab.source()
    ok = True
    if x not in ALLOWED:
        ok = False
    if ok:
        lab.sink(x)  #! clean
    if not ok:
        lab.sink(x)  #! found


def flag_set_twice():
    x = lab.source()
    ok = False
    if x in ALLOWED:
        ok = True
    elif lab.other():
        ok = True
    if ok:
        lab.sink(x)  #! found


def flag_of_an_earlier_round(values):
    ok = False
    for each in [lab.source(), 'b']:
        if each in ALLOWED:
            ok = True
        if ok:
            lab.sink(each)  #! found


def early_continue():
    for each in [lab.source()]:
        if each not in ALLOWED:
            continue
        lab.sink(each)  #! clean
    for each in [lab.source()]:
        if each in ALLOWED:
            continue
        lab.sink(each)  #! found


def nested_loops():
    x = lab.source()
    for one in range(3):
        if x not in ALLOWED:
            break
        for other in range(3):
            lab.sink(x)  #! clean
    lab.sink(x)  #! found


def while_checked():
    x = lab.source()
    while x not in ALLOWED:
        x = lab.source()
    lab.sink(x)  #! clean
    while x in ALLOWED:
        lab.sink(x)  #! clean
        x = lab.source()
    lab.sink(x)  #! found


def while_with_break():
    x = lab.source()
    while x not in ALLOWED:
        if lab.other():
            break
        x = lab.source()
    lab.sink(x)  #! found


def conditional_expression():
    x = lab.source()
    lab.sink(x if x in ALLOWED else 'a')  #! clean
    lab.sink(x if x not in ALLOWED else 'a')  #! found
    lab.sink('a' if x not in ALLOWED else x)  #! clean


def short_circuit():
    x = lab.source()
    lab.sink(x in ALLOWED and x)  #! clean
    lab.sink(x not in ALLOWED and x)  #! found
    x in ALLOWED or sys.exit(1)
    lab.sink(x)  #! clean


def comprehension():
    names = [lab.source()]
    lab.sink([each for each in names if each in ALLOWED])  #! clean
    lab.sink([each for each in names if each not in ALLOWED])  #! found


def walrus():
    if (x := lab.source()) in ALLOWED:
        lab.sink(x)  #! clean
    else:
        lab.sink(x)  #! found


def try_returns():
    x = lab.source()
    try:
        if x not in ALLOWED:
            raise ValueError(x)
    except ValueError:
        return
    lab.sink(x)  #! clean


def try_passes():
    x = lab.source()
    try:
        if x not in ALLOWED:
            raise ValueError(x)
    except ValueError:
        print('strange')
    lab.sink(x)  #! found


def try_else():
    x = lab.source()
    try:
        number = int(x)
    except ValueError:
        lab.sink(x)  #! found
    else:
        lab.sink(x)  #! clean
    finally:
        lab.sink(x)  #! found


def try_overwrites():
    x = lab.source()
    try:
        int(x)
    except ValueError:
        x = '0'
    lab.sink(x)  #! clean


def leaves():
    x = lab.source()
    if x not in ALLOWED:
        sys.exit(1)
    lab.sink(x)  #! clean


def leaves_in_try():
    x = lab.source()
    try:
        if x not in ALLOWED:
            os._exit(1)
    except KeyError:
        return
    lab.sink(x)  #! clean


def logs_only():
    x = lab.source()
    if x not in ALLOWED:
        print('strange')
    lab.sink(x)  #! found


def fail(message):
    print(message)
    raise SystemExit(message)


def fail_later(message):
    fail(message + '!')


def complain(message):
    if message:
        raise ValueError(message)


def leaves_by_helper():
    x = lab.source()
    if x not in ALLOWED:
        fail('no')
    lab.sink(x)  #! clean
    y = lab.source()
    if y not in ALLOWED:
        fail_later('no')
    lab.sink(y)  #! clean
    z = lab.source()
    if z not in ALLOWED:
        complain('')
    lab.sink(z)  #! found


def with_block():
    x = lab.source()
    with open('log') as log:
        if x not in ALLOWED:
            return
        log.write('fine')
    lab.sink(x)  #! clean


def part_of_it():
    x = lab.source()
    if x[0] in ALLOWED:
        lab.sink(x[0])  #! clean
        lab.sink(x)  #! found
    if x.name in ALLOWED:
        lab.sink(x.name)  #! clean
        lab.sink(x.title)  #! found


def used_before_in_text():
    x = lab.source()
    if x not in ALLOWED:
        return
    y = 'value ' + x
    lab.sink(y)  #! clean
