"""Runs the generated programs and prints, as JSON, what each let through.

    python3 run.py FOLDER < programs.json

Reads a list of {id, importRoot, entry, kinds, hints}. Their files lie in FOLDER,
beside each other.
"""
import http.server
import importlib
import io
import json
import os
import signal
import sys
import traceback
import urllib.request  # noqa: F401  imported before the stand-ins take its place
import asyncio
import collections, contextlib, dataclasses, enum, functools, itertools, logging, operator, re, shlex, string, typing  # noqa: E401,F401

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import judges  # noqa: E402
import standins  # noqa: E402
from standins import Trial  # noqa: E402

SECONDS = 5
OWN_MISTAKES = (NameError, SyntaxError, AttributeError, ImportError)


class OutOfBudget(BaseException):
    pass


def stop(*_):
    raise OutOfBudget()


def start(entry, module):
    """Runs the program once, as its framework would."""
    kind = entry['kind']
    if kind == 'views':
        for hook in Trial.hooks:
            hook()
        for view, parameters in list(Trial.views):
            view(**{name: Trial.text for name in parameters})
    elif kind == 'wsgi':
        environ = {'QUERY_STRING': 'q=' + urllib.parse.quote(Trial.text), 'PATH_INFO': '/', 'HTTP_X_NAME': Trial.text, 'REQUEST_METHOD': 'GET'}
        list(getattr(module, entry['name'])(environ, lambda *args: None) or ())
    elif kind == 'handler':
        made = object.__new__(getattr(module, entry['name']))
        made.path = '/page?q=' + urllib.parse.quote(Trial.text) if entry['isQuery'] else Trial.text
        made.headers, made.rfile, made.wfile = standins.Sent(), io.BytesIO(Trial.text.encode()), io.BytesIO()
        made.send_response = made.send_header = made.end_headers = made.send_error = lambda *args: None
        (getattr(made, 'do_GET', None) or made.do_POST)()
    elif kind == 'main':
        getattr(module, entry['name'])()
    else:
        raise ValueError(kind)


def run(program):
    Trial.hits, Trial.reached, Trial.views, Trial.hooks = set(), 0, [], []
    errors, trials = {}, 0
    broken = ''
    try:
        signal.alarm(SECONDS)
        module = importlib.import_module(program['entry']['module'])
        for text in judges.attacks(program['kinds'], program['hints']) + judges.BENIGN:
            Trial.text = text
            trials += 1
            try:
                start(program['entry'], module)
            except (Exception, SystemExit) as error:
                # A syntax error without a file is in text the program itself reads as Python.
                if isinstance(error, OWN_MISTAKES) and getattr(error, 'filename', '') != '<unknown>':
                    broken = broken or traceback.format_exc(limit=-3)
                errors[type(error).__name__] = errors.get(type(error).__name__, 0) + 1
    except (Exception, SystemExit, OutOfBudget):
        broken = traceback.format_exc(limit=-3)
    finally:
        signal.alarm(0)
    return {
        'id': program['id'], 'hits': sorted(map(list, Trial.hits)), 'reached': Trial.reached, 'trials': trials,
        'errors': errors, 'broken': broken,
    }


def forget(folder):
    for name, module in list(sys.modules.items()):
        if (getattr(module, '__file__', None) or '').startswith(folder):
            del sys.modules[name]


def main():
    folder = os.path.realpath(sys.argv[1])
    programs = json.load(sys.stdin)
    sys.dont_write_bytecode = True
    signal.signal(signal.SIGALRM, stop)
    out = sys.stdout
    sys.stdout = io.StringIO()
    logging.disable(logging.CRITICAL)
    standins.install()
    results = []
    Trial.folder = folder
    for program in programs:
        start_of_imports = os.path.join(folder, program['importRoot'])
        sys.path.insert(0, start_of_imports)
        importlib.invalidate_caches()
        results.append(run(program))
        sys.path.remove(start_of_imports)
        forget(folder)
        sys.path_importer_cache.clear()
    json.dump(results, out)


main()
