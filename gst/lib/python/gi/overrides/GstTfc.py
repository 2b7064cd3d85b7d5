# SPDX-License-Identifier: LGPL-2.1-or-later
# Copyright (C) 2026 the tfc authors
"""Arrays of structures as attributes, and readable objects, for `from gi.repository import GstTfc`.

PyGObject loads this file by itself with the namespace. Each list holds copies, so it stays valid when the buffer is
gone; reading it costs as much as its length, so in a loop read it once. A meta is a part of its buffer and keeps it:
let go of it to give the buffer back."""
from gi.module import get_introspection_module

GstTfc = get_introspection_module('GstTfc')
__all__ = []


def _keeping(function):
    """The same function, whose meta holds the buffer that it lies in."""
    def keeping(buffer, *args):
        meta = function(buffer, *args)
        if meta is not None:
            meta._buffer = buffer
        return meta
    keeping.__name__, keeping.__doc__ = function.__name__, function.__doc__
    return keeping


for _kind in ('detection', 'face', 'pose', 'mask', 'class', 'event', 'zone'):
    for _name in (f'buffer_get_tfc_{_kind}_meta', f'buffer_add_tfc_{_kind}_meta'):
        globals()[_name] = _keeping(getattr(GstTfc, _name))
        __all__.append(_name)

# (meta, attribute of it and of Results, what it is)
_lists = ((GstTfc.DetectionMeta, 'detections', 'Detections, best first (copies)'),
          (GstTfc.FaceMeta, 'faces', 'Faces, those followed longest first (copies)'),
          (GstTfc.PoseMeta, 'poses', 'Poses (copies)'),
          (GstTfc.ClassMeta, 'classes', 'Classes, the surest first (copies)'),
          (GstTfc.EventMeta, 'events', 'Events in the order in which they happened (copies)'),
          (GstTfc.ZoneMeta, 'zones', 'Zones and lines with their counters (copies)'))
for _meta, _list, _doc in _lists:
    _got = property(lambda self, _list=_list: getattr(self, 'get_' + _list)(), doc=_doc)
    setattr(_meta, _list, _got)
    setattr(GstTfc.Results, _list, _got)
    _meta.__iter__ = lambda self, _list=_list: iter(getattr(self, _list))
    _meta.__len__ = lambda self, _list=_list: getattr(self, 'n_' + _list)
    _meta.__bool__ = lambda self: True  # a meta without entries is still there
for _owner in (GstTfc.MaskMeta, GstTfc.Results):
    _owner.mask = property(lambda self: self.get_mask(), doc='The mask (a copy)')
for _meta in (*(row[0] for row in _lists), GstTfc.MaskMeta):
    _meta.results = property(lambda self: self.get_results(), doc='Results that can be kept longer than the buffer')
GstTfc.Face.points = property(lambda self: self.get_points(), doc='The mesh: a Point each, 468 or 478 (copies)')
GstTfc.Face.head = property(lambda self: self.get_head(), doc='Head pose, eyes, mouth and gaze, or None (a copy)')
GstTfc.Pose.points = property(lambda self: self.get_points(), doc='A Keypoint each, as many as the layout has (copies)')
GstTfc.Pose.world = property(lambda self: self.get_world(), doc='The points in metres, or an empty list (copies)')
GstTfc.Zone.points = property(lambda self: self.get_points(), doc='The corners, a Point each (copies)')
GstTfc.Mask.data = property(lambda self: bytes(self.get_data() or b''), doc='The values, rows from the top')
GstTfc.Mask.labels = property(lambda self: [self.get_label(i) for i in range(self.n_indices)],
                              doc='Names: that of value v at v - 1, None where there is none')


def _shown(name, *fields):
    return lambda self: f'<GstTfc.{name} ' + ' '.join(f'{f}={getattr(self, f)!r}' for f in fields) + '>'


GstTfc.Detection.__repr__ = _shown('Detection', 'label', 'score', 'class_id', 'track_id', 'age', 'seen', 'x', 'y', 'w', 'h')
GstTfc.Face.__repr__ = _shown('Face', 'track_id', 'age', 'seen', 'object_id', 'score', 'presence', 'rotation', 'n_points',
                               'x', 'y', 'w', 'h')
GstTfc.Head.__repr__ = _shown('Head', 'yaw', 'pitch', 'roll', 'left_eye_openness', 'right_eye_openness', 'mouth_openness', 'blinks')
GstTfc.Point.__repr__ = _shown('Point', 'x', 'y', 'z')
GstTfc.Keypoint.__repr__ = _shown('Keypoint', 'x', 'y', 'z', 'score')
GstTfc.Pose.__repr__ = _shown('Pose', 'layout', 'track_id', 'age', 'seen', 'score', 'handedness', 'n_points', 'x', 'y', 'w', 'h')
GstTfc.Mask.__repr__ = _shown('Mask', 'kind', 'width', 'height', 'n_indices', 'x', 'y', 'w', 'h')
GstTfc.Class.__repr__ = _shown('Class', 'label', 'score', 'class_id', 'rank', 'object_id')
GstTfc.Event.__repr__ = _shown('Event', 'type', 'zone', 'line', 'direction', 'track_id', 'label', 'dwell', 'count')
GstTfc.Zone.__repr__ = _shown('Zone', 'name', 'is_line', 'n_points', 'count', 'count_a_b', 'count_b_a')
