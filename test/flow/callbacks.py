import threading
import lab


class Button:
    def __init__(self):
        self.callbacks = []
        self.on_click = None

    def connect(self, callback):
        self.callbacks.append(callback)

    def press(self, value):
        for callback in self.callbacks:
            callback(value)

    def click(self, value):
        self.on_click(value)


def pressed(value):
    lab.sink(value)  #! found


def clicked(value):
    lab.sink(value)  #! found


button = Button()
button.connect(pressed)
button.press(lab.source())
button.on_click = clicked
button.click(lab.source())


def worker(value):
    lab.sink(value)  #! found


def worker_well(value):
    lab.sink(value)  #! clean


threading.Thread(target=worker, args=(lab.source(),)).start()
threading.Thread(target=worker_well, args=('fixed',)).start()


def visit(tree, callback=None):
    if callback:
        callback(tree)


visit(lab.source(), lambda each: lab.sink(each))  #! found
visit('fixed', lambda each: lab.sink(each))  #! todo clean


def key_of(value):
    lab.sink(value)  #! found
    return value


sorted([lab.source()], key=key_of)


class Visitor:
    def visit(self, node):
        method = getattr(self, 'visit_' + node)
        return method(node)


ACTIONS = [('a', lambda value: lab.sink(value)), ('b', print)]  #! found
for name, action in ACTIONS:
    action(lab.source())
