import lab
import pkg
import pkg.deep as deep
from pkg import helper, CONSTANT
from pkg.deep import tainted as renamed, TABLE
from pkg import *
from pkg.cycle_a import start

lab.sink(helper(lab.source()))  #! found
lab.sink(helper('fixed'))  #! clean
lab.sink(CONSTANT)  #! clean
lab.sink(pkg.CONSTANT)  #! clean
lab.sink(renamed())  #! found
lab.sink(deep.tainted())  #! found
lab.sink(pkg.deep.tainted())  #! found
lab.sink(deep.STATE)  #! found
lab.sink(TABLE['good'])  #! clean
lab.sink(TABLE['bad'])  #! found
lab.sink(starred())  #! found
lab.sink(start(lab.source()))  #! found
lab.sink(start('fixed'))  #! clean


def lazily():
    from pkg import late
    lab.sink(late.value())  #! found
    lab.sink(late.fine())  #! clean


from pkg.late import KEPT as KEPT_HERE, KEPT_CLEAN as KEPT_CLEAN_HERE


def put_into_imported():
    KEPT_HERE.append(lab.source())
    KEPT_CLEAN_HERE.append('fixed')


def take_from_imported():
    lab.sink(KEPT_HERE[0])  #! found
    lab.sink(KEPT_CLEAN_HERE[0])  #! clean


def by_name():
    from importlib import import_module
    lab.sink(import_module('pkg.late').value())  #! found
    lab.sink(import_module('pkg.late').fine())  #! clean
    lab.sink(import_module('pkg.deep').helper('fixed'))  #! clean


try:
    from pkg.fast import quick
except ImportError:
    from pkg.slow import quick

lab.sink(quick())  #! found

if deep.FLAG:
    lab.sink(lab.source())  #! clean
