#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
# Copyright (C) 2026 the tfc authors
"""Prints what tfcclassify says about each frame of a file or a camera, the surest class first: classes.py URI"""
import signal
import sys

import gi
gi.require_version('Gst', '1.0')
gi.require_version('GstTfc', '1.0')
from gi.repository import GLib, Gst, GstTfc



def see(pad, info):
    meta = GstTfc.buffer_get_tfc_class_meta(info.get_buffer())
    for c in meta.get_classes() if meta else ():
        print(f'{meta.pts / Gst.SECOND:.2f} s  {c.rank + 1}. {c.label} {c.score:.1%}')
    return Gst.PadProbeReturn.OK


signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # as in C: ends quietly if nobody reads its output any more
Gst.init(None)
if len(sys.argv) != 2:
    print('usage: classes.py URI', file=sys.stderr)
    sys.exit(2)
try:
    pipeline = Gst.parse_launch('uridecodebin name=source ! tfcclassify name=classify ! fakesink')
except GLib.Error as error:
    sys.exit(error.message)
pipeline.get_by_name('source').set_property('uri', sys.argv[1])
pipeline.get_by_name('classify').get_static_pad('src').add_probe(Gst.PadProbeType.BUFFER, see)
pipeline.set_state(Gst.State.PLAYING)
message = pipeline.get_bus().timed_pop_filtered(Gst.CLOCK_TIME_NONE, Gst.MessageType.ERROR | Gst.MessageType.EOS)
pipeline.set_state(Gst.State.NULL)
if message.type == Gst.MessageType.ERROR:
    sys.exit(message.parse_error()[0].message)
