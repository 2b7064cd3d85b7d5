#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
# Copyright (C) 2026 the tfc authors
"""Prints what tfcdetect sees in a file: read-meta.py URI MODEL"""
import signal
import sys

import gi
gi.require_version('Gst', '1.0')
gi.require_version('GstTfc', '1.0')
from gi.repository import GLib, Gst, GstTfc


def see(pad, info):
    meta = GstTfc.buffer_get_tfc_detection_meta(info.get_buffer())
    for d in meta.get_detections() if meta else ():
        print(f'{meta.pts / Gst.SECOND:.2f} s  #{d.track_id} {d.label} {d.score:.0%}: x {d.x:.3f} y {d.y:.3f} w {d.w:.3f} h {d.h:.3f}')
    return Gst.PadProbeReturn.OK


signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # as in C: ends quietly if nobody reads its output any more
Gst.init(None)
if len(sys.argv) != 3:
    print('usage: read-meta.py URI MODEL', file=sys.stderr)
    sys.exit(2)
try:
    pipeline = Gst.parse_launch(f'uridecodebin name=source ! tfcdetect name=detect base-model={sys.argv[2]} '
                                'tracking=motion track-min-hits=1 ! fakesink')
except GLib.Error as error:
    sys.exit(error.message)
pipeline.get_by_name('source').set_property('uri', sys.argv[1])
pipeline.get_by_name('detect').get_static_pad('src').add_probe(Gst.PadProbeType.BUFFER, see)
pipeline.set_state(Gst.State.PLAYING)
message = pipeline.get_bus().timed_pop_filtered(Gst.CLOCK_TIME_NONE, Gst.MessageType.ERROR | Gst.MessageType.EOS)
pipeline.set_state(Gst.State.NULL)
if message.type == Gst.MessageType.ERROR:
    sys.exit(message.parse_error()[0].message)
