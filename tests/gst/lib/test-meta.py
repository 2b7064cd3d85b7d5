# SPDX-License-Identifier: LGPL-2.1-or-later
# Copyright (C) 2026 the tfc authors
# The metadata as a Python application reads it, with the installed overrides (argument "overrides") and without (TAP).
# It runs with G_DEBUG=fatal-criticals.
import sys

try:
    import gi
    gi.require_version('Gst', '1.0')
    gi.require_version('GstTfc', '1.0')
    from gi.repository import GObject, Gst, GstTfc
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
d.age, d.seen, d.speed_x, d.speed_y = 1 << 41, True, 0.5, -0.25
results = GstTfc.Results.new_detections('some-model', 123, [d])
GstTfc.buffer_add_tfc_results(buffer, results, True)
meta = GstTfc.buffer_get_tfc_detection_meta(buffer)
check('head', meta.model == 'some-model' and meta.pts == 123 and meta.held and meta.n_detections == 1)
got = meta.get_detection(0)
check('detection', near((got.x, got.y, got.w, got.h, got.score), (0.1, 0.2, 0.3, 0.4, 0.875))
      and got.class_id == 17 and got.track_id == 1 << 40)
check('its track', got.age == 1 << 41 and got.seen and (got.speed_x, got.speed_y) == (0.5, -0.25))
check('past the end', meta.get_detection(1) is None)
copy = buffer.copy()
del buffer, meta
check('it outlives its buffer', near((got.x,), (0.1,)))
check('a copied buffer has it', GstTfc.buffer_get_tfc_detection_meta(copy).get_detection(0).class_id == 17)

f = GstTfc.Face()
f.x, f.presence, f.track_id, f.n_points, f.object_id = 0.5, 0.99, 3, 0, 1 << 40
f.age, f.speed_x = 7, 0.5
GstTfc.buffer_add_tfc_face_meta(copy, 'mesh', 5, False, [f])
meta = GstTfc.buffer_get_tfc_face_meta(copy)
face = meta.get_face(0)
check('face', meta.n_faces == 1 and face.track_id == 3 and face.object_id == 1 << 40 and face.age == 7 and not face.seen and face.speed_x == 0.5 and near((face.x, face.presence), (0.5, 0.99)))
check('no point past the end', face.get_point(0) is None and list(face.get_coordinates() or []) == [])


# Every field and every method of every type: reading it neither fails nor logs, and no list is empty that should not be.
WITH = sys.argv[1:] == ['overrides']
buffer = Gst.Buffer.new_allocate(None, 16, None)
two = []
for i in range(2):
    d = GstTfc.Detection()
    d.x, d.score, d.class_id, d.track_id, d.label = 0.25 * i, 0.5, i, (1 << 40) + i, 'cat'
    two.append(d)
GstTfc.buffer_add_tfc_detection_meta(buffer, 'm', 7, False, two)
faces = []
for i in range(2):
    f = GstTfc.Face()
    f.x, f.y, f.w, f.h, f.score, f.presence, f.track_id, f.rotation = 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 1 + i, 0.7
    faces.append(f)
GstTfc.buffer_add_tfc_face_meta(buffer, 'mesh', 7, False, faces)
detections, meshes = GstTfc.buffer_get_tfc_detection_meta(buffer), GstTfc.buffer_get_tfc_face_meta(buffer)
samples = {'DetectionMeta': detections, 'FaceMeta': meshes, 'Detection': detections.get_detection(0),
           'Face': meshes.get_face(0), 'Point': GstTfc.Point(), 'Head': GstTfc.Head(), 'Results': GstTfc.Results.new_detections('m', 7, two)}
pose, sort = GstTfc.Pose(), GstTfc.Class()
pose.score, pose.layout, pose.handedness = 0.5, GstTfc.PointLayout.HAND_21, GstTfc.Handedness.LEFT
sort.label, sort.rank, sort.object_id = 'cup', 1, 5
event, zone = GstTfc.Event(), GstTfc.Zone()
event.type, event.zone, event.dwell, event.direction = GstTfc.EventType.LEAVE, 'porch', 7 * Gst.SECOND, GstTfc.Direction.NONE
zone.name, zone.count, zone.count_a_b = 'gate', 2, 1 << 40
samples.update(PoseMeta=GstTfc.buffer_add_tfc_pose_meta(buffer, 'p', 7, False, [pose]), Pose=pose, Keypoint=GstTfc.Keypoint(),
               MaskMeta=GstTfc.buffer_add_tfc_mask_meta(buffer, 's', 7, False, GstTfc.Mask()), Mask=GstTfc.Mask(),
               ClassMeta=GstTfc.buffer_add_tfc_class_meta(buffer, 'c', 7, False, [sort]), Class=sort,
               EventMeta=GstTfc.buffer_add_tfc_event_meta(buffer, 'z', 7, False, [event]), Event=event,
               ZoneMeta=GstTfc.buffer_add_tfc_zone_meta(buffer, 'z', 7, False, [zone]), Zone=zone)
types = {n for n in dir(GstTfc) if isinstance(getattr(GstTfc, n), type) and not n.startswith('_')
         and not issubclass(getattr(GstTfc, n), (GObject.GEnum, GObject.GFlags))}
check('a sample of every type', types == set(samples))
CALLS = {'get_detection': (0,), 'get_face': (0,), 'get_pose': (0,), 'get_class': (0,), 'get_event': (0,), 'get_zone': (0,), 'get_label': (0,), 'get_point': (0,), 'get_region': ('oval',), 'get_region_name': (0,)}
for name, sample in sorted(samples.items()):
    for field in sorted(n for n in dir(type(sample)) if not n.startswith('_') and not n.startswith('new')):
        value = getattr(sample, field)
        if callable(value):
            value = value(*CALLS.get(field, ()))
        check(f'{name}.{field}', not field.startswith('get_detections') or len(value) == 2)
check('all detections', [(near((d.x,), (0.25 * i,)), d.track_id, d.label) for i, d in enumerate(detections.get_detections())]
      == [(True, (1 << 40) + i, 'cat') for i in range(2)])
check('all faces', [f.track_id for f in meshes.get_faces()] == [1, 2])
check('results', [d.class_id for d in samples['Results'].get_detections()] == [0, 1]
      and samples['Results'].get_faces() == [])
hand, cup = samples['PoseMeta'].get_pose(0), samples['ClassMeta'].get_class(0)
check('pose', hand.handedness == GstTfc.Handedness.LEFT and hand.layout == GstTfc.PointLayout.HAND_21 and hand.get_points() == [])
check('class', (cup.label, cup.rank, cup.object_id) == ('cup', 1, 5))
left, gate = samples['EventMeta'].get_event(0), samples['ZoneMeta'].get_zone(0)
check('event', (left.type, left.zone, left.line, left.dwell) == (GstTfc.EventType.LEAVE, 'porch', None, 7 * Gst.SECOND))
check('zone', (gate.name, gate.count, gate.count_a_b, gate.get_points()) == ('gate', 2, 1 << 40, []))
check('mask', samples['MaskMeta'].n_masks == 1 and samples['MaskMeta'].dup_bytes().get_size() == 0
      and samples['MaskMeta'].get_mask().width == 0)
kept = detections.get_detections(), meshes.get_faces()
del buffer, detections, meshes, samples, sample
check('lists outlive the buffer', [d.class_id for d in kept[0]] == [0, 1] and near((kept[1][1].h,), (0.4,)))

# Arrays as attributes: with the overrides the list, without them an error that names the attribute.
buffer = Gst.Buffer.new_allocate(None, 16, None)
meta = GstTfc.buffer_add_tfc_detection_meta(buffer, 'm', 7, False, two)
mesh = GstTfc.buffer_add_tfc_face_meta(buffer, 'mesh', 7, False, faces)
for what, owner, n in (('detections', meta, 2), ('faces', mesh, 2), ('points', mesh.get_face(0), 0),
                       ('detections', meta.get_results(), 2), ('faces', mesh.get_results(), 2), ('faces', meta.get_results(), 0)):
    try:
        got = getattr(owner, what)
        check(f'attribute {what}', WITH and len(got) == n)
    except AttributeError as e:
        check(f'no attribute {what} without overrides', not WITH and what in str(e))
if WITH:
    check('iteration', [d.class_id for d in meta] == [0, 1] and len(meta) == 2 and [f.track_id for f in mesh] == [1, 2])
    kept = GstTfc.buffer_add_tfc_detection_meta(Gst.Buffer.new_allocate(None, 1, None), 'm', 7, False, two).results
    check('results outlive the buffer', [d.class_id for d in kept.detections] == [0, 1] and kept.get_model() == 'm')
    check('iteration of the others', [p.layout for p in GstTfc.buffer_add_tfc_pose_meta(buffer, 'p', 7, False, [pose])] == [GstTfc.PointLayout.HAND_21]
          and [c.label for c in GstTfc.buffer_add_tfc_class_meta(buffer, 'c', 7, False, [sort]).classes] == ['cup'])
    check('events and zones', [e.zone for e in GstTfc.buffer_add_tfc_event_meta(buffer, 'z', 7, False, [event])] == ['porch']
          and [z.points for z in GstTfc.buffer_add_tfc_zone_meta(buffer, 'z', 7, False, [zone]).results.zones] == [[]])
    mask = GstTfc.buffer_add_tfc_mask_meta(buffer, 's', 7, False, GstTfc.Mask())
    check('mask', mask.mask.data == b'' and mask.mask.labels == [] and mask.results.mask.width == 0 and pose.world == [])
    check('repr tells', 'cat' in repr(meta.detections[0]) and 'track_id=1' in repr(mesh.faces[0]))
    check('an empty one is still there', bool(GstTfc.buffer_add_tfc_face_meta(Gst.Buffer.new_allocate(None, 1, None), '', 0, False, [])))

# A face whose points were never set has none, whatever its number says.
f = GstTfc.Face()
f.n_points = 468
holder = Gst.Buffer.new_allocate(None, 1, None)
lone = GstTfc.buffer_add_tfc_face_meta(holder, 'm', 0, False, [f]).get_face(0)
for face in (f, f.copy(), lone):
    check('points that are not there', face.get_point(0) is None and face.get_points() == []
          and list(face.get_coordinates() or []) == [])
check('nor are they counted in copies', f.copy().n_points == 0 and lone.n_points == 0)
if WITH:  # a meta keeps its buffer
    meta = GstTfc.buffer_add_tfc_detection_meta(Gst.Buffer.new_allocate(None, 16, None), 'kept', 7, False, two)
    again = GstTfc.buffer_get_tfc_detection_meta(meta._buffer)
    del meta
    others = [GstTfc.buffer_add_tfc_detection_meta(Gst.Buffer.new_allocate(None, 16, None), 'other', 0, False, [])
              for _ in range(200)]
    check('a meta keeps its buffer', again.model == 'kept' and [d.class_id for d in again.detections] == [0, 1])

names = []
while GstTfc.Face.get_region_name(len(names)):
    names.append(GstTfc.Face.get_region_name(len(names)))
check('regions', len(names) >= 9 and len(GstTfc.Face.get_region(names[0])) > 20)
hand = GstTfc.PointLayout.HAND_21
check('points of a hand', GstTfc.PointLayout.get_n_points(hand) == 21 and GstTfc.PointLayout.get_point_name(hand, 4) == 'thumb_tip'
      and GstTfc.PointLayout.get_point_name(hand, 21) is None and len(GstTfc.PointLayout.get_edges(hand)) == 2 * 21)
check('triangles', len(GstTfc.Face.get_triangles()) == 3 * 880)
print(f'1..{done}')
