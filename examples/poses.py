#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
# Copyright (C) 2026 the tfc authors
"""Prints the bodies in a file or of a camera (v4l2:///dev/video0), frame by frame: poses.py URI"""
import signal
import sys

import gi
gi.require_version('Gst', '1.0')
gi.require_version('GstTfc', '1.0')
from gi.repository import GLib, Gst, GstTfc



def see(pad, info):
    meta = GstTfc.buffer_get_tfc_pose_meta(info.get_buffer())
    for pose in meta.get_poses() if meta else ():
        points = [(GstTfc.PointLayout.get_point_name(pose.layout, i), p) for i, p in enumerate(pose.get_points()) if p.score >= 0.3]
        print(f'{meta.pts / Gst.SECOND:.2f} s  pose {pose.score:.0%}: x {pose.x:.3f} y {pose.y:.3f} w {pose.w:.3f} h {pose.h:.3f}',
              *(f'{name} {p.x:.3f} {p.y:.3f}' for name, p in points), sep=', ')
    return Gst.PadProbeReturn.OK


signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # as in C: ends quietly if nobody reads its output any more
Gst.init(None)
if len(sys.argv) != 2:
    print('usage: poses.py URI', file=sys.stderr)
    sys.exit(2)
try:
    pipeline = Gst.parse_launch('uridecodebin name=source ! tfcpose name=pose ! fakesink')
except GLib.Error as error:
    sys.exit(error.message)
pipeline.get_by_name('source').set_property('uri', sys.argv[1])
pipeline.get_by_name('pose').get_static_pad('src').add_probe(Gst.PadProbeType.BUFFER, see)
pipeline.set_state(Gst.State.PLAYING)
message = pipeline.get_bus().timed_pop_filtered(Gst.CLOCK_TIME_NONE, Gst.MessageType.ERROR | Gst.MessageType.EOS)
pipeline.set_state(Gst.State.NULL)
if message.type == Gst.MessageType.ERROR:
    sys.exit(message.parse_error()[0].message)
