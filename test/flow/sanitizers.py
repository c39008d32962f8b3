import lab

x = lab.source()
lab.sink(lab.clean(x))  #! clean
lab.sink(lab.clean_other(x))  #! found
lab.clean(x)
lab.sink(x)  #! found
y = lab.clean(lab.source())
y += lab.source()
lab.sink(y)  #! found
z = lab.source()
z = lab.clean(z)
lab.sink(z)  #! clean
lab.sink(lab.clean(x) + lab.clean(x))  #! clean
lab.sink(lab.clean(x) + x)  #! found
lab.sink('a' + lab.clean('b' + x))  #! clean


def clean_all(values):
    return [lab.clean(each) for each in values]


def clean_some(values, flag):
    return lab.clean(values) if flag else values


lab.sink(clean_all([x])[0])  #! clean
lab.sink(clean_some(x, True))  #! clean
lab.sink(clean_some(x, False))  #! found
lab.sink(clean_some(x, lab.other()))  #! found
lab.sink(' '.join(map(lab.clean, [x])))  #! clean


def wash(value):
    value = value.strip()
    return lab.clean(value)


lab.sink(wash(x))  #! clean


def wash_in_place(data):
    data['a'] = lab.clean(data['a'])


data = {'a': lab.source(), 'b': lab.source()}
data['a'] = lab.clean(data['a'])
lab.sink(data['a'])  #! clean
lab.sink(data['b'])  #! found
