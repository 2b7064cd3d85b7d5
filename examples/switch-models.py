#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
# Copyright (C) 2026 the tfc authors
"""Plays a file or a camera (v4l2:///dev/video0) and changes tfcdetect's settings every second, one of them to what cannot be:
switch-models.py URI MODEL. Frames flow on meanwhile; what is refused is set back, with a warning."""
import signal
import sys

import gi
gi.require_version('Gst', '1.0')
from gi.repository import GLib, Gst

STEPS = [('classes', 'cat,dog'), ('backend', 'xnnpack'), ('classes', 'unicorn'), ('base-model', 'mobilenet-v2'),
         ('backend', 'auto'), ('classes', None)]


def show(element, spec):
    """From the thread that sets it: ours, or the one that loads models where it sets something back."""
    value = element.get_property(spec.name)
    print(f'{spec.name} is {getattr(value, "value_nick", value)}', flush=True)


def step(detect, steps, loop):
    name, value = next(steps, (None, None))
    if not name:
        loop.quit()
        return GLib.SOURCE_REMOVE
    print(f'set {name}={value}', flush=True)
    if isinstance(value, str):
        Gst.util_set_object_arg(detect, name, value)  # enums by their names, too
    else:
        detect.set_property(name, value)
    return GLib.SOURCE_CONTINUE


def tell(bus, message, loop, failed):
    structure = message.get_structure()
    if message.type == Gst.MessageType.ELEMENT and structure.get_name().startswith('tfc-model-'):
        print(structure.get_name(), structure.get_string('model'), flush=True)
    elif message.type == Gst.MessageType.WARNING:
        print('warning:', message.parse_warning()[0].message, flush=True)
    elif message.type == Gst.MessageType.ERROR:
        failed.append(message.parse_error()[0].message)
    if message.type in (Gst.MessageType.ERROR, Gst.MessageType.EOS):
        loop.quit()


signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # as in C: ends quietly if nobody reads its output any more
Gst.init(None)
if len(sys.argv) != 3:
    print('usage: switch-models.py URI MODEL', file=sys.stderr)
    sys.exit(2)
try:
    pipeline = Gst.parse_launch(f'uridecodebin name=source ! tfcdetect name=detect base-model={sys.argv[2]} ! fakesink sync=true')
except GLib.Error as error:
    sys.exit(error.message)
pipeline.get_by_name('source').set_property('uri', sys.argv[1])
detect, loop, failed = pipeline.get_by_name('detect'), GLib.MainLoop(), []
for name in ('base-model', 'backend', 'classes'):
    detect.connect(f'notify::{name}', show)
pipeline.get_bus().add_signal_watch()
pipeline.get_bus().connect('message', tell, loop, failed)
GLib.timeout_add_seconds(1, step, detect, iter(STEPS), loop)
pipeline.set_state(Gst.State.PLAYING)
try:
    loop.run()
except KeyboardInterrupt:
    pass
pipeline.set_state(Gst.State.NULL)
sys.exit(failed[0] if failed else 0)
