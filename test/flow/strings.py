from string import Template
import lab

x = lab.source()
lab.sink('a' + x)  #! found
lab.sink(x + 'a')  #! found
lab.sink('a %s' % x)  #! found
lab.sink('a %s %s' % ('b', x))  #! found
lab.sink('a %(x)s' % {'x': x})  #! found
lab.sink('a %(y)s' % {'x': x, 'y': 'fixed'})  #! clean
lab.sink('a %d' % int(lab.source()))  #! clean
lab.sink('a {}'.format(x))  #! found
lab.sink('a {b}'.format(b=x))  #! found
lab.sink('a {b}'.format(b='fixed', c=x))  #! clean
lab.sink('a {}'.format('fixed'))  #! clean
lab.sink(f'a {x}')  #! found
lab.sink(f'a {x!r:>10}')  #! found
lab.sink(f'a {"fixed"}')  #! clean
lab.sink(f'a {len(x)}')  #! clean
lab.sink(''.join(['a', x]))  #! found
lab.sink(''.join(['a', 'b']))  #! clean
lab.sink(x.join(['a', 'b']))  #! found
lab.sink(x * 2)  #! found
lab.sink(x.upper().strip())  #! found
lab.sink(x.replace('a', 'b'))  #! found
lab.sink('a'.replace('a', x))  #! found
lab.sink(x[1:3])  #! found
lab.sink(x[0])  #! found
lab.sink(x.split(',')[0])  #! found
lab.sink(x.encode())  #! found
lab.sink(x.encode().decode())  #! found
lab.sink(str(x))  #! found
lab.sink(repr(x))  #! found
lab.sink(bytes(x, 'utf-8'))  #! found
lab.sink(int(lab.source()))  #! clean
lab.sink(float(lab.source()))  #! clean
lab.sink(bool(x))  #! clean
lab.sink(len(x))  #! clean
lab.sink(x == 'a')  #! clean
lab.sink('a' in x)  #! clean
lab.sink(not x)  #! clean
lab.sink(x or 'fixed')  #! found
lab.sink(x and 'fixed')  #! clean
lab.sink('fixed' and x)  #! found
lab.sink(x and x.strip())  #! found
lab.sink('fixed' if x else 'other')  #! clean
lab.sink(x if True else 'other')  #! found
lab.sink(Template('a $b').substitute(b=x))  #! found
lab.sink('{0[a]}'.format({'a': x}))  #! found
lab.sink('a' 'b' + x)  #! found
parts = []
parts.append('a')
parts.append(x)
lab.sink(' '.join(parts))  #! found
lab.sink(', '.join(each for each in [x]))  #! found
lab.sink('-'.join(str(each) for each in [1, 2]))  #! clean
lab.sink('%s' % (x,))  #! found
lab.sink('a {0} {1}'.format('b', x))  #! found
lab.sink('a {0}'.format('b', x))  #! clean
lab.sink(x.partition('=')[2])  #! found
lab.sink(x.startswith('a'))  #! clean
lab.sink('a'.startswith(x))  #! clean
lab.sink(x.isdigit())  #! clean
lab.sink('a'.center(3, x))  #! found
lab.sink(format(x, '>10'))  #! found
lab.sink(f'{x:{"10"}}')  #! found


def undone(value):
    from base64 import b64decode, b64encode
    from html import escape, unescape
    lab.sink(b64decode(b64encode(lab.source().encode())))  #! found
    lab.sink(unescape(escape(lab.source())))  #! found
    lab.sink(b64decode(b64encode(b'fixed')))  #! clean


def lengths(value):
    x = lab.source()
    if len(value) >= 0:
        x = 'fixed'
    lab.sink(x)  #! clean
    y = lab.source()
    if len(value) > 0:
        y = 'fixed'
    lab.sink(y)  #! found
