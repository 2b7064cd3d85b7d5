# SPDX-License-Identifier: LGPL-2.1-or-later
# The metadata as a Python application reads it (TAP).
import sys

try:
    import gi
    gi.require_version('Gst', '1.0')
    gi.require_version('GstTfc', '1.0')
    from gi.repository import Gst, GstTfc
except (ImportError, ValueError) as e:
    if 'GstTfc' in str(e):  # ours is missing: that is a failure, the rest is not
        print(f'1..1\nnot ok 1 - {e}')
        sys.exit(1)
    print(f'1..0 # SKIP {e}')
    sys.exit(0)
Gst.init(None)
done = 0


def check(name, good):
    global done
    done += 1
    print(f"{'ok' if good else 'not ok'} {done} - {name}")


def near(a, b):
    return all(abs(x - y) < 1e-6 for x, y in zip(a, b))


buffer = Gst.Buffer.new_allocate(None, 16, None)
check('a buffer without results', GstTfc.buffer_get_tfc_detection_meta(buffer) is None)

d = GstTfc.Detection()
d.x, d.y, d.w, d.h, d.score, d.class_id, d.track_id = 0.1, 0.2, 0.3, 0.4, 0.875, 17, 1 << 40
results = GstTfc.Results.new_detections('some-model', 123, [d])
GstTfc.buffer_add_tfc_results(buffer, results, True)
meta = GstTfc.buffer_get_tfc_detection_meta(buffer)
check('head', meta.model == 'some-model' and meta.pts == 123 and meta.held and meta.n_detections == 1)
got = meta.get_detection(0)
check('detection', near((got.x, got.y, got.w, got.h, got.score), (0.1, 0.2, 0.3, 0.4, 0.875))
      and got.class_id == 17 and got.track_id == 1 << 40)
check('past the end', meta.get_detection(1) is None)
copy = buffer.copy()
del buffer, meta
check('it outlives its buffer', near((got.x,), (0.1,)))
check('a copied buffer has it', GstTfc.buffer_get_tfc_detection_meta(copy).get_detection(0).class_id == 17)

f = GstTfc.Face()
f.x, f.presence, f.track_id, f.n_points = 0.5, 0.99, 3, 0
GstTfc.buffer_add_tfc_face_meta(copy, 'mesh', 5, False, [f])
meta = GstTfc.buffer_get_tfc_face_meta(copy)
face = meta.get_face(0)
check('face', meta.n_faces == 1 and face.track_id == 3 and near((face.x, face.presence), (0.5, 0.99)))
check('no point past the end', face.get_point(0) is None and list(face.get_coordinates() or []) == [])

names = []
while GstTfc.Face.get_region_name(len(names)):
    names.append(GstTfc.Face.get_region_name(len(names)))
check('regions', len(names) >= 9 and len(GstTfc.Face.get_region(names[0])) > 20)
check('triangles', len(GstTfc.Face.get_triangles()) == 3 * 880)
print(f'1..{done}')
