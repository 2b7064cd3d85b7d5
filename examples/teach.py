#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
# Copyright (C) 2026 the tfc authors
"""Teaches classes while a file or a camera (v4l2:///dev/video0) plays: teach.py URI. Each line that is typed is the name of what is
shown just then. In the end mine.json has the examples, for tfcclassify examples-file=mine.json."""
import os
import signal
import sys

import gi
gi.require_version('Gst', '1.0')
gi.require_version('GstTfc', '1.0')
from gi.repository import GLib, Gst, GstTfc


def learn(fd, condition, classify, learnt):
    typed = os.read(fd, 4096)
    for label in filter(None, map(str.strip, typed.decode(errors='replace').split('\n'))):
        if classify.emit('learn', label):
            print('learnt', label, flush=True)
            learnt.append(label)
    return bool(typed)  # nothing: the terminal is closed


def see(pad, info, said, *taught):
    """Prints what is shown when that changes. What is typed counts from the first frame on."""
    meta = GstTfc.buffer_get_tfc_class_meta(info.get_buffer())
    label = next((c.label for c in meta.get_classes()), 'nothing') if meta else None
    if label and label not in said:
        print('this is', label, flush=True)
        if not said:
            GLib.io_add_watch(0, GLib.PRIORITY_DEFAULT, GLib.IOCondition.IN | GLib.IOCondition.HUP, learn, *taught)
        said[:] = [label]
    return Gst.PadProbeReturn.OK


def tell(bus, message, loop, failed):
    if message.type == Gst.MessageType.WARNING:
        print(message.parse_warning()[0].message, file=sys.stderr)
    elif message.type == Gst.MessageType.ERROR:
        failed.append(message.parse_error()[0].message)
    if message.type in (Gst.MessageType.ERROR, Gst.MessageType.EOS):
        loop.quit()


signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # as in C: ends quietly if nobody reads its output any more
Gst.init(None)
if len(sys.argv) != 2:
    print('usage: teach.py URI', file=sys.stderr)
    sys.exit(2)
try:
    pipeline = Gst.parse_launch('uridecodebin name=source ! tfcclassify name=classify ! fakesink sync=true')
except GLib.Error as error:
    sys.exit(error.message)
pipeline.get_by_name('source').set_property('uri', sys.argv[1])
classify, loop, failed, learnt = pipeline.get_by_name('classify'), GLib.MainLoop(), [], []
classify.get_static_pad('src').add_probe(Gst.PadProbeType.BUFFER, see, [], classify, learnt)
pipeline.get_bus().add_signal_watch()
pipeline.get_bus().connect('message', tell, loop, failed)
pipeline.set_state(Gst.State.PLAYING)
try:
    loop.run()
except KeyboardInterrupt:
    pass
if learnt and not classify.emit('save', 'mine.json'):
    failed.append('mine.json cannot be written')
pipeline.set_state(Gst.State.NULL)
sys.exit(failed[0] if failed else 0)
