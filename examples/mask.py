#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
# Copyright (C) 2026 the tfc authors
"""Prints for each frame of a file or a camera (v4l2:///dev/video0) how much of it shows people: mask.py URI"""
import signal
import sys

import gi
gi.require_version('Gst', '1.0')
gi.require_version('GstTfc', '1.0')
from gi.repository import GLib, Gst, GstTfc



def see(pad, info):
    meta = GstTfc.buffer_get_tfc_mask_meta(info.get_buffer())
    if meta:
        mask = meta.get_mask()
        people = sum(value >= 128 for value in meta.dup_bytes().get_data())  # more likely than not
        print(f'{meta.pts / Gst.SECOND:.2f} s  mask {mask.width}x{mask.height}: '
              + (f'{people / (mask.width * mask.height):.1%} people' if people else 'nobody'))
    return Gst.PadProbeReturn.OK


signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # as in C: ends quietly if nobody reads its output any more
Gst.init(None)
if len(sys.argv) != 2:
    print('usage: mask.py URI', file=sys.stderr)
    sys.exit(2)
try:
    pipeline = Gst.parse_launch('uridecodebin name=source ! tfcsegment name=segment ! fakesink')
except GLib.Error as error:
    sys.exit(error.message)
pipeline.get_by_name('source').set_property('uri', sys.argv[1])
pipeline.get_by_name('segment').get_static_pad('src').add_probe(Gst.PadProbeType.BUFFER, see)
pipeline.set_state(Gst.State.PLAYING)
message = pipeline.get_bus().timed_pop_filtered(Gst.CLOCK_TIME_NONE, Gst.MessageType.ERROR | Gst.MessageType.EOS)
pipeline.set_state(Gst.State.NULL)
if message.type == Gst.MessageType.ERROR:
    sys.exit(message.parse_error()[0].message)
