"""Invoices are PDF files in one folder."""
import os

from flask import current_app


def folder():
    return current_app.config['INVOICES']


def read(name):
    path = os.path.join(folder(), name)
    with open(path, 'rb') as file:
        return file.read()


def read_by_number(number):
    path = os.path.join(folder(), '%08d.pdf' % number)
    with open(path, 'rb') as file:
        return file.read()
