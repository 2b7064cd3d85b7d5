#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
# Copyright (C) 2026 the tfc authors
"""Prints the faces in a file or of a camera (v4l2:///dev/video0), frame by frame: faces.py URI"""
import signal
import sys

import gi
gi.require_version('Gst', '1.0')
gi.require_version('GstTfc', '1.0')
from gi.repository import GLib, Gst, GstTfc

# By their numbers; those from 468 on are there unless predict-irises=false.
POINTS = {'nose': 1, 'left iris': 468, 'right iris': 473}


def see(pad, info):
    meta = GstTfc.buffer_get_tfc_face_meta(info.get_buffer())
    for face in meta.get_faces() if meta else ():
        points = [(name, face.get_point(n)) for name, n in POINTS.items() if n < face.n_points]
        print(f'{meta.pts / Gst.SECOND:.2f} s  face {face.track_id} {face.score:.0%}: '
              f'x {face.x:.3f} y {face.y:.3f} w {face.w:.3f} h {face.h:.3f}',
              *(f'{name} {p.x:.3f} {p.y:.3f}' for name, p in points), sep=', ')
    return Gst.PadProbeReturn.OK


signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # as in C: ends quietly if nobody reads its output any more
Gst.init(None)
if len(sys.argv) != 2:
    print('usage: faces.py URI', file=sys.stderr)
    sys.exit(2)
try:
    pipeline = Gst.parse_launch('uridecodebin name=source ! tfcfacemesh name=mesh max-faces=4 ! fakesink')
except GLib.Error as error:
    sys.exit(error.message)
pipeline.get_by_name('source').set_property('uri', sys.argv[1])
pipeline.get_by_name('mesh').get_static_pad('src').add_probe(Gst.PadProbeType.BUFFER, see)
pipeline.set_state(Gst.State.PLAYING)
message = pipeline.get_bus().timed_pop_filtered(Gst.CLOCK_TIME_NONE, Gst.MessageType.ERROR | Gst.MessageType.EOS)
pipeline.set_state(Gst.State.NULL)
if message.type == Gst.MessageType.ERROR:
    sys.exit(message.parse_error()[0].message)
