"""Files that sellers send."""
import os
import subprocess

from flask import current_app
from werkzeug.utils import secure_filename


def folder():
    return current_app.config['UPLOADS']


def store(sent):
    path = os.path.join(folder(), secure_filename(sent.filename))
    sent.save(path)
    os.chmod(path, 0o666)
    return path


def store_private(sent):
    path = os.path.join(folder(), 'private', secure_filename(sent.filename))
    sent.save(path)
    os.chmod(path, 0o640)
    return path


def thumbnail(path, size):
    subprocess.run(f'convert {path} -resize {size} {path}.thumb.png', shell=True, check=True)


def preview(path, size):
    subprocess.run(['convert', path, '-resize', size, path + '.preview.png'], check=True)
