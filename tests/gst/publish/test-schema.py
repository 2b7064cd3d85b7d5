#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
# Copyright (C) 2026 the tfc authors
"""test-schema.py PRINT-LINES SCHEMA: lines of all kinds follow docs/tfc-line.schema.json, have their keys in its order, and all of
its keys occur in them (TAP)."""
import json
import subprocess
import sys

try:
    import jsonschema
except ImportError:
    print('1..0 # SKIP no python3-jsonschema')
    sys.exit()

n = 0


def check(name, wrong):
    global n
    n += 1
    print(f'{"not ok" if wrong else "ok"} {n} {name}')
    for one in wrong[:10]:
        print(f'# {one}')


def refuse(constant):
    raise ValueError(f'{constant} is no JSON')


def unique(pairs):
    if len({key for key, _ in pairs}) < len(pairs):
        raise ValueError(f'a key twice: {pairs}')
    return dict(pairs)


with open(sys.argv[2], encoding='utf-8') as f:
    SCHEMA = json.load(f)
printed = subprocess.run([sys.argv[1]], stdout=subprocess.PIPE, check=True).stdout
lines, wrong = [], []
for line in printed.decode('utf-8').splitlines():
    try:
        lines.append(json.loads(line, parse_constant=refuse, object_pairs_hook=unique))
    except ValueError as error:
        wrong.append(f'{error}: {line[:200]}')
check(f'{len(lines)} lines are JSON', wrong or [] if lines else ['there are none'])

validator = jsonschema.Draft202012Validator(SCHEMA)
jsonschema.Draft202012Validator.check_schema(SCHEMA)
check('they follow the schema', [f'{"/".join(map(str, e.absolute_path))}: {e.message[:200]}' for line in lines for e in validator.iter_errors(line)])

ORDER = list(SCHEMA['properties'])
check('keys are in its order', [f'{list(line)}' for line in lines if sorted(line, key=ORDER.index) != list(line)])

# A key that no line has would be one that nobody checks; "dropped" needs a reader that is late, "truncated" a long line.
seen = {key for line in lines for key in line}
check('every key of the schema occurs', [key for key in ORDER if key not in seen | {'dropped', 'truncated'}])
for name, place in (('object', 'objects'), ('face', 'faces'), ('event', 'events'), ('class', 'classes')):
    seen = {key for line in lines for one in line.get(place, ()) for key in one}
    check(f'every key of {place}', [key for key in SCHEMA['$defs'][name]['properties'] if key not in seen])
seen = {key for line in lines for one in line.get('poses', []) + line.get('hands', []) for key in one}
check('every key of poses and hands', [key for key in SCHEMA['$defs']['pose']['properties'] if key not in seen | {'id', 'age', 'seen', 'object_id'}])

# A validator that takes anything would pass all of the above.
bad = [dict(lines[0], v=2), dict(lines[0], units='metre'), dict(lines[0], unknown=1), dict(lines[0], seq=0),
       dict(lines[0], objects=[{'label': 'x', 'class_id': 1, 'box': [0, 0, 1]}]), {k: v for k, v in lines[0].items() if k != 'time'}]
check('lines that are bent do not', [str(one)[:200] for one in bad if validator.is_valid(one)])
print(f'1..{n}')
