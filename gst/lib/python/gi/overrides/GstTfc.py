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


for _name in ('buffer_get_tfc_detection_meta', 'buffer_get_tfc_face_meta',
              'buffer_add_tfc_detection_meta', 'buffer_add_tfc_face_meta'):
    globals()[_name] = _keeping(getattr(GstTfc, _name))
    __all__.append(_name)

GstTfc.DetectionMeta.detections = property(lambda self: self.get_detections(), doc='Detections, best first (copies)')
GstTfc.FaceMeta.faces = property(lambda self: self.get_faces(), doc='Faces, those followed longest first (copies)')
for _meta in (GstTfc.DetectionMeta, GstTfc.FaceMeta):
    _meta.results = property(lambda self: self.get_results(), doc='Results that can be kept longer than the buffer')
GstTfc.Results.detections = property(lambda self: self.get_detections(), doc='Detections, best first (copies)')
GstTfc.Results.faces = property(lambda self: self.get_faces(), doc='Faces, those followed longest first (copies)')
GstTfc.Face.points = property(lambda self: self.get_points(), doc='The mesh: a Point each, 468 or 478 (copies)')

for _meta, _list in ((GstTfc.DetectionMeta, 'detections'), (GstTfc.FaceMeta, 'faces')):
    _meta.__iter__ = lambda self, _list=_list: iter(getattr(self, _list))
    _meta.__len__ = lambda self, _list=_list: getattr(self, 'n_' + _list)
    _meta.__bool__ = lambda self: True  # a meta without entries is still there


def _shown(name, *fields):
    return lambda self: f'<GstTfc.{name} ' + ' '.join(f'{f}={getattr(self, f)!r}' for f in fields) + '>'


GstTfc.Detection.__repr__ = _shown('Detection', 'label', 'score', 'class_id', 'track_id', 'x', 'y', 'w', 'h')
GstTfc.Face.__repr__ = _shown('Face', 'track_id', 'score', 'presence', 'rotation', 'n_points', 'x', 'y', 'w', 'h')
GstTfc.Point.__repr__ = _shown('Point', 'x', 'y', 'z')
