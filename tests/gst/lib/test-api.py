# SPDX-License-Identifier: LGPL-2.1-or-later
# Copyright (C) 2026 the tfc authors
"""test-api.py GIR LIBRARY: the library as a language binding finds it. Everything public has documentation and a version; each function
is called with valid arguments, and with NULL for each pointer: it must be refused with a message of this library unless the GIR says
nullable or optional; structures can grow; the types of the elements' properties are there (TAP)."""
import ctypes
import itertools
import sys
import xml.etree.ElementTree as ET

GIR, LIBRARY = sys.argv[1:3]
CORE, C = '{http://www.gtk.org/introspection/core/1.0}', '{http://www.gtk.org/introspection/c/1.0}'
CALLABLES = ('function', 'method', 'constructor')
FIXED_SIZE = {'Point', 'Keypoint'}  # so many floats for good, their documentation says so
OF_FIELDS = {'ResultsKind', 'PointLayout', 'Handedness', 'MaskKind', 'EventType', 'Direction'}  # enumerations that no property has
done, failed = 0, 0


def check(name, wrong):
    global done, failed
    done += 1
    failed += bool(wrong)
    print(f'{"not ok" if wrong else "ok"} {done} - {name}', flush=True)
    for line in wrong:
        print(f'# {line}')


root = ET.parse(GIR).getroot().find(CORE + 'namespace')


def each(*tags, of=root):
    return [e for tag in tags for e in of.iter(CORE + tag)]


def name_of(element):
    return element.get(C + 'identifier') or element.get(C + 'type') or element.get('name')


def documented(element):
    return element.find(CORE + 'doc') is not None and element.find(CORE + 'doc').text.strip()


# Documentation

def undocumented():
    for top in each(*CALLABLES, 'record', 'enumeration', 'bitfield', 'constant', 'function-macro', 'alias', 'callback'):
        if not documented(top):
            yield name_of(top)
        if not top.get('version') and top.tag[len(CORE):] not in ('function-macro',):
            yield f'{name_of(top)}: no Since'
    for record in each('record'):
        yield from (f'{name_of(record)}.{f.get("name")}' for f in each('field', of=record)
                    if not documented(f) and f.get('private') != '1')
    for member in each('member'):
        if not documented(member):
            yield name_of(member)
    for function in each(*CALLABLES):
        result = function.find(CORE + 'return-value')
        if result.find(CORE + 'type') is None or result.find(CORE + 'type').get('name') != 'none':
            if not documented(result):
                yield f'{name_of(function)}: what it returns'
        yield from (f'{name_of(function)}: {p.get("name")}' for p in each('parameter', 'instance-parameter', of=function)
                    if not documented(p))


check('everything public has documentation and a version', sorted(set(undocumented())))
check('the names of values are C names',
      [name_of(m) for m in each('member') if not m.get(C + 'identifier').startswith('GST_TFC_')])


# Structures

def rigid():
    for record in each('record'):
        fields = each('field', of=record)
        if fields and record.get('name') not in FIXED_SIZE and not any(f.get('name') == '_gst_reserved' for f in fields):
            yield name_of(record)


check('structures are opaque or have reserved space', list(rigid()))

# Calls as from C

lib = ctypes.CDLL(LIBRARY)
gst = ctypes.CDLL('libgstreamer-1.0.so.0')
glib = ctypes.CDLL('libglib-2.0.so.0')
gst.gst_init(None, None)
refusals = []
HANDLER = ctypes.CFUNCTYPE(None, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_void_p)
handler = HANDLER(lambda domain, level, message, data: refusals.append(((domain or b'').decode(), (message or b'').decode())))
PLAIN = {'guint': ctypes.c_uint, 'gint': ctypes.c_int, 'gboolean': ctypes.c_int, 'Gst.ClockTime': ctypes.c_uint64,
         'GType': ctypes.c_size_t, 'utf8': ctypes.c_char_p}
gst.gst_buffer_new.restype = ctypes.c_void_p


def c_type(element):
    kind = element.find(CORE + 'type')
    if kind is not None and kind.get('name') in OF_FIELDS:
        return ctypes.c_uint
    if element.get('direction') == 'out' or kind is None:
        return ctypes.c_void_p
    return PLAIN.get(kind.get('name'), None if kind.get('name') == 'none' else ctypes.c_void_p)


functions = {}
for f in each(*CALLABLES):
    parameters = each('instance-parameter', of=f) + each('parameter', of=f)
    call = getattr(lib, f.get(C + 'identifier'))
    call.argtypes, call.restype = [c_type(p) for p in parameters], c_type(f.find(CORE + 'return-value'))
    functions[f.get(C + 'identifier')] = (call, parameters)


def copied(name):
    return lambda: getattr(lib, f'gst_tfc_{name}_copy')(ctypes.create_string_buffer(256))


def meta(kind):
    return lambda: getattr(lib, f'gst_buffer_add_tfc_{kind}_meta')(gst.gst_buffer_new(), b'model', 0, 0, None, 0)


def mask_meta():
    return lib.gst_buffer_add_tfc_mask_meta(gst.gst_buffer_new(), b'model', 0, 0, copied('mask')())


SAMPLES = {
    'utf8': lambda: b'oval', 'Gst.Buffer': gst.gst_buffer_new,
    **{kind.capitalize(): copied(kind) for kind in ('detection', 'face', 'head', 'point', 'pose', 'keypoint', 'mask', 'class', 'event', 'zone')},
    **{kind.capitalize() + 'Meta': meta(kind) for kind in ('detection', 'face', 'pose', 'class', 'event', 'zone')}, 'MaskMeta': mask_meta, 'Gst.Meta': meta('face'),
    'Results': lambda: lib.gst_tfc_results_new_detections(b'model', 0, None, 0)}


def valid(parameter):
    """A good value: of structures a new one each time, since some functions free theirs; arrays have one entry."""
    if parameter.get('direction') == 'out':
        return ctypes.pointer(ctypes.c_uint(99))
    if parameter.find(CORE + 'type') is None:
        return ctypes.create_string_buffer(256)
    kind = parameter.find(CORE + 'type').get('name')
    if kind not in SAMPLES and kind not in PLAIN and kind not in OF_FIELDS:
        raise SystemExit(f'Bail out! no sample of {kind}')
    return SAMPLES[kind]() if kind in SAMPLES else 1


def told(call, values):
    refusals.clear()
    call(*(ctypes.cast(v, ctypes.c_void_p) if isinstance(v, ctypes._Pointer) else v for v in values))
    return list(refusals)


def misbehaves(call, parameters, null):
    """With NULL for one parameter: what is wrong with what it does."""
    values = [valid(p) for p in parameters]
    values[null] = None
    may = parameters[null].get('nullable') == '1' or parameters[null].get('optional') == '1'
    array = parameters[null].find(CORE + 'array')
    if array is not None and may:
        if not told(call, values):
            return 'a NULL array with entries is not refused'
        first = len(parameters) - len([p for p in parameters if p.tag == CORE + 'parameter'])
        values = [valid(p) for p in parameters]
        values[null], values[first + int(array.get('length'))] = None, 0
    messages = told(call, values)
    if may:
        return messages and f'it is allowed, but: {messages}'
    if not messages or any(domain != 'GstTfc' for domain, _ in messages):
        return f'not refused by this library: {messages}'
    left = [p.get('name') for p, v in zip(parameters, values)
            if p.get('direction') == 'out' and v is not None and v.contents.value != 0]
    return left and f'left as they were: {left}'


glib.g_log_set_default_handler(handler, None)
for name, (call, parameters) in sorted(functions.items()):
    wrong = [f'refuses valid arguments: {m}' for m in told(call, [valid(p) for p in parameters])]
    for i, p in enumerate(parameters):
        if call.argtypes[i] in (ctypes.c_void_p, ctypes.c_char_p):
            what = misbehaves(call, parameters, i)
            wrong += [f'NULL for {p.get("name")}: {what}'] if what else []
    check(f'{name}: arguments', wrong)
check('functions were called', [] if len(functions) >= 40 else [f'only {len(functions)}'])

# A buffer that others hold too is not written; gst_buffer_add_meta() says so itself.
held = gst.gst_buffer_new()
gst.gst_mini_object_ref(ctypes.c_void_p(held))
for name in [n for n in functions if n.startswith('gst_buffer_add_tfc_')]:
    call, parameters = functions[name]
    messages = told(call, [held, *(valid(p) for p in parameters[1:])])
    check(f'{name}: a shared buffer', [] if messages and messages[0][0] in ('GstTfc', 'GStreamer') else [f'not refused: {messages}'])

# Calls as from Python

try:
    import gi
    gi.require_version('Gst', '1.0')
    gi.require_version('GstTfc', '1.0')
    from gi.repository import GObject, Gst, GstTfc
except (ImportError, ValueError) as e:
    print(f'1..{done}')
    print(f'# without Python\'s bindings: {e}')
    sys.exit(1 if failed else 0)
Gst.init(None)


def buffer():
    return Gst.Buffer.new_allocate(None, 1, None)


NONE = {('gst_buffer_add_tfc_mask_meta', 'model'): lambda: GstTfc.buffer_add_tfc_mask_meta(buffer(), None, 0, False, GstTfc.Mask()),
        ('gst_tfc_results_new_mask', 'model'): lambda: GstTfc.Results.new_mask(None, 0, GstTfc.Mask())}
for kind, kinds in (('detection', 'detections'), ('face', 'faces'), ('pose', 'poses'), ('class', 'classes'), ('event', 'events'), ('zone', 'zones')):
    add, new = getattr(GstTfc, f'buffer_add_tfc_{kind}_meta'), getattr(GstTfc.Results, f'new_{kinds}')
    NONE[f'gst_buffer_add_tfc_{kind}_meta', 'model'] = lambda add=add: add(buffer(), None, 0, False, [])
    NONE[f'gst_buffer_add_tfc_{kind}_meta', kinds] = lambda add=add: add(buffer(), '', 0, False, None)
    NONE[f'gst_tfc_results_new_{kinds}', 'model'] = lambda new=new: new(None, 0, [])
    NONE[f'gst_tfc_results_new_{kinds}', kinds] = lambda new=new: new('', 0, None)
nullable = {(f.get(C + 'identifier'), p.get('name')) for f in each(*CALLABLES) if f.get('introspectable') != '0'
            for p in each('parameter', of=f) if p.get('nullable') == '1'}
check('every nullable parameter is tried', [str(n) for n in sorted(nullable ^ set(NONE))])
for (function, parameter), call in NONE.items():
    refusals.clear()
    check(f'{function}: None for {parameter}', [] if call() is not None and not refusals else [f'refused: {refusals}'])

# The types of properties

elements = [f.create(None) for f in Gst.Registry.get().get_feature_list_by_plugin('tfc')]
used = set()
for element, spec in itertools.chain(*([(e, p) for p in e.list_properties()] for e in elements)):
    if not spec.value_type.name.startswith('GstTfc') or not spec.value_type.is_a(GObject.TYPE_ENUM) | spec.value_type.is_a(GObject.TYPE_FLAGS):
        continue
    kind = spec.value_type.name[len('GstTfc'):]
    used.add(kind)
    known = getattr(GstTfc, kind, None)
    wrong = [] if known is not None and known.__gtype__ == spec.value_type else ['not in the namespace']
    if not wrong and spec.flags & GObject.ParamFlags.WRITABLE:
        values = [getattr(known, v.upper()) for v in (m.get('name') for e in each('enumeration', 'bitfield') if e.get('name') == kind
                                                      for m in each('member', of=e))]
        for value in values:
            element.set_property(spec.name, value)
            if element.get_property(spec.name) != value:
                wrong.append(f'{value} reads back as {element.get_property(spec.name)}')
    check(f'{element.get_factory().get_name()} {spec.name}: {spec.value_type.name}', wrong)
check('each type is a property\'s or a field\'s', sorted({e.get('name') for e in each('enumeration', 'bitfield')} ^ (used | OF_FIELDS)))
print(f'1..{done}')
sys.exit(1 if failed else 0)
