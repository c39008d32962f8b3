import lab
import conf
from use import read


def change():
    conf.CHANGED = lab.source()


lab.sink(conf.CHANGED)  #! found
lab.sink(conf.KEPT)  #! clean
lab.sink(read())  #! found
