import lab

a = lab.source()
b = a
lab.sink(b)  #! found
b = 'fixed'
lab.sink(b)  #! clean

c = d = lab.source()
lab.sink(c)  #! found
lab.sink(d)  #! found

e, f = lab.source(), 'fixed'
lab.sink(e)  #! found
lab.sink(f)  #! clean

(g, (h, i)) = ('fixed', (lab.source(), 'fixed'))
lab.sink(g)  #! clean
lab.sink(h)  #! found
lab.sink(i)  #! clean

[j, *k] = ['fixed', lab.source(), 'fixed']
lab.sink(j)  #! clean
lab.sink(k[0])  #! found

e, f = f, e
lab.sink(e)  #! clean
lab.sink(f)  #! found

if (m := lab.source()):
    lab.sink(m)  #! found
if (n := 'fixed'):
    lab.sink(n)  #! clean

o = 'fixed '
o += lab.source()
lab.sink(o)  #! found
p = lab.source()
p = 'fixed' + 'er'
p += ' text'
lab.sink(p)  #! clean

q: str = lab.source()
lab.sink(q)  #! found
r: str = 'fixed'
lab.sink(r)  #! clean

for s in [lab.source(), 'fixed']:
    lab.sink(s)  #! found
for t in ['fixed', 'other']:
    lab.sink(t)  #! clean
for u, v in [(lab.source(), 'fixed')]:
    lab.sink(u)  #! found
    lab.sink(v)  #! clean
for number, w in enumerate([lab.source()]):
    lab.sink(w)  #! found
    lab.sink(number)  #! clean
for x, y in zip([lab.source()], ['fixed']):
    lab.sink(x)  #! found
    lab.sink(y)  #! clean
with open('data') as z:
    lab.sink('fixed')  #! clean
del a
a = 'fixed'
lab.sink(a)  #! clean
