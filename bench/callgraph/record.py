"""Records which functions of a program call which others while a Python program runs.

    python record.py OUTPUT FOLDER -m MODULE ARGUMENT...
    python record.py OUTPUT FOLDER SCRIPT ARGUMENT...

Needs Python 3.12 or newer (`sys.monitoring`). Writes to OUTPUT one JSON object a line
for each distinct call: where it stands, of which instruction, how the callee was
reached and which function ran. Only code below FOLDER is recorded:

- `direct`: what the instruction called is the function that ran.
- `construct`: a class was called and its constructor ran.
- `object`: an instance was called and its method ran.
- `native NAME`: a function written in C was called and ran it.
- `implicit`: the instruction is no call (an attribute, an operator, `with`, `for`).
- `library NAME`: code outside FOLDER, entered by a call of NAME, called it.
- `entry`: nothing below FOLDER stood above it on the stack.
- `resumed`: a generator or coroutine began to run that code outside FOLDER made.

A generator or coroutine counts as called where it is made, not where it is resumed;
one that a protocol makes (`__iter__`), where it is first resumed. Module and class
bodies and comprehensions are no functions.
"""

import dis
import json
import os
import runpy
import sys
import types

GENERATORS = 0x20 | 0x80 | 0x200
FUNCTION = 0x1 | 0x2
MONITOR = sys.monitoring
TOOL = MONITOR.PROFILER_ID


class Recorder:
    def __init__(self, folder):
        self.folder = os.path.realpath(folder) + os.sep
        self.paths = {}
        self.called = {}
        self.made = {}
        self.edges = {}

    def path_of(self, code):
        """The path below the folder, or None."""
        name = code.co_filename
        if name not in self.paths:
            path = os.path.realpath(name)
            inside = path.startswith(self.folder) and path.endswith('.py') and os.path.isfile(path)
            inside = inside and f'{os.sep}site-packages{os.sep}' not in path
            self.paths[name] = path[len(self.folder):] if inside else None
        return self.paths[name]

    def on_call(self, code, offset, callee, _first):
        if self.path_of(code) is None:
            return MONITOR.DISABLE
        target = code_of(callee)
        self.called[code, offset] = target or callee_kind(callee)
        if target is not None and target.co_flags & GENERATORS and self.path_of(target):
            self.made[target] = self.made.get(target, 0) + 1
            self.add(code, offset, target, 'direct')
        return None

    def on_start(self, code, _offset):
        if self.path_of(code) is None or not is_function(code):
            return MONITOR.DISABLE
        if code.co_flags & GENERATORS and self.made.get(code, 0) > 0:
            self.made[code] -= 1
            return None
        above = sys._getframe(1).f_back
        caller = above
        while caller is not None and self.path_of(caller.f_code) is None:
            caller = caller.f_back
        if caller is None:
            self.add(None, 0, code, 'entry')
        elif code.co_flags & GENERATORS and not code.co_name.startswith('__'):
            self.add(None, 0, code, 'resumed')
        else:
            offset = start_of(caller.f_code, caller.f_lasti)
            self.add(caller.f_code, offset, code, self.how(caller.f_code, offset, code, caller is above))
        return None

    def how(self, caller, offset, code, is_direct):
        name = instruction(caller, offset)
        # The interpreter reports no event for a plain function that is called with spread arguments.
        called = self.called.get((caller, offset), code if is_direct and name == 'CALL_FUNCTION_EX' else None)
        if not name.startswith('CALL'):
            return 'implicit' if is_direct else 'library implicit'
        if isinstance(called, types.CodeType):
            if called is code:
                return 'direct'
            name = called.co_qualname
            return f'{"native" if is_direct else "library"} {name}'
        if not is_direct:
            return f'library {(called or "?").split(" ", 1)[-1]}'
        return called if called in ('construct', 'object') else (called or 'native ?').replace('construct', 'native', 1)

    def add(self, caller, offset, callee, how):
        key = (caller, offset, callee, how)
        self.edges[key] = self.edges.get(key, 0) + 1

    def write(self, output):
        with open(output, 'w', encoding='utf-8') as stream:
            for (caller, offset, callee, how), count in self.edges.items():
                edge = {'how': how, 'count': count, 'callee': self.function(callee)}
                if caller is not None:
                    edge['site'] = self.site(caller, offset)
                stream.write(json.dumps(edge) + '\n')

    def function(self, code):
        # The innermost place in its first line tells lambdas of one line apart.
        columns = [at[2] for at in code.co_positions() if at[0] == code.co_firstlineno and at[2] and at[3]]
        return {
            'path': self.path_of(code), 'name': code.co_name, 'line': code.co_firstlineno,
            'column': max(columns, default=0) if code.co_name == '<lambda>' else 0,
        }

    def site(self, code, offset):
        positions = list(code.co_positions()) or [(None, None, None, None)]
        line, end_line, column, end_column = positions[min(offset // 2, len(positions) - 1)]
        return {
            'path': self.path_of(code), 'in': code.co_qualname, 'instruction': instruction(code, offset),
            'line': line, 'endLine': end_line, 'column': column, 'endColumn': end_column,
        }


def is_function(code):
    return code.co_flags & FUNCTION == FUNCTION and (code.co_name == '<lambda>' or not code.co_name.startswith('<'))


def code_of(callee):
    callee = getattr(callee, '__func__', callee) if isinstance(callee, types.MethodType) else callee
    return callee.__code__ if isinstance(callee, types.FunctionType) else None


def callee_kind(callee):
    if isinstance(callee, type):
        return 'construct' if callee.__flags__ & (1 << 9) else f'construct {callee.__qualname__}'
    if isinstance(callee, (types.BuiltinFunctionType, types.MethodDescriptorType, types.WrapperDescriptorType)):
        return f'native {callee.__qualname__}'
    return 'object'


INSTRUCTIONS = {}


def instructions(code):
    if code not in INSTRUCTIONS:
        INSTRUCTIONS[code] = {each.offset: each.opname for each in dis.get_instructions(code)}
    return INSTRUCTIONS[code]


def start_of(code, offset):
    """While a call runs, the caller stands on one of the cache entries behind the instruction."""
    known = instructions(code)
    while offset > 0 and offset not in known:
        offset -= 2
    return offset


def instruction(code, offset):
    return instructions(code).get(offset, '?')


def run(arguments):
    sys.path.insert(0, os.getcwd())
    if arguments[0] == '-m':
        sys.argv = arguments[1:]
        runpy.run_module(arguments[1], run_name='__main__', alter_sys=True)
    else:
        sys.argv = arguments
        runpy.run_path(arguments[0], run_name='__main__')


def main(output, folder, *arguments):
    recorder = Recorder(folder)
    MONITOR.use_tool_id(TOOL, 'record')
    MONITOR.register_callback(TOOL, MONITOR.events.CALL, recorder.on_call)
    MONITOR.register_callback(TOOL, MONITOR.events.PY_START, recorder.on_start)
    MONITOR.set_events(TOOL, MONITOR.events.CALL | MONITOR.events.PY_START)
    try:
        run(list(arguments))
    finally:
        MONITOR.set_events(TOOL, 0)
        recorder.write(output)


if __name__ == '__main__':
    main(*sys.argv[1:])
