/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Bodies, hands and faces, on=objects: what is found in an object that was detected upstream is
 * what is found in a picture of it alone, at its place in the frame and tied to it. */
#include <math.h>
#include <string.h>
#include "tests/gst/common/detect.h"

typedef struct {
  guint x, y, width, height;
} Part;

typedef struct Subject Subject;

/* What is found. */
typedef struct {
  guint (*size) (GstBuffer *buffer); /* how many there are; asserts that there is a meta */
  void (*ids) (GstBuffer *buffer, guint i, guint64 *object, guint64 *track);
  /* The i-th of buffer is the k-th of alone, which shows the part. */
  void (*compare) (GstBuffer *buffer, guint i, GstBuffer *alone, guint k, const Subject *subject,
                   const Part *part);
} Kind;

/* An element with a model, a picture and two objects in it, in each of which there is something. */
struct Subject {
  const Kind *kind;
  const gchar *element, *property, *model, *file, *picture;
  guint width, height;
  Part parts[2];
  guint below; /* how far the objects go on below the parts, where nobody looks */
};

/* ---- bodies and hands ---- */

static guint
count_poses (GstBuffer *buffer)
{
  const GstTfcPoseMeta *meta = gst_buffer_get_tfc_pose_meta (buffer);

  g_assert_nonnull (meta);
  return meta->n_poses;
}

static void
ids_of_pose (GstBuffer *buffer, guint i, guint64 *object, guint64 *track)
{
  const GstTfcPose *pose = &gst_buffer_get_tfc_pose_meta (buffer)->poses[i];

  *object = pose->object_id;
  *track = pose->track_id;
}

static void
compare_poses (GstBuffer *buffer, guint index, GstBuffer *alone, guint k, const Subject *subject,
               const Part *p)
{
  const GstTfcPose *found = &gst_buffer_get_tfc_pose_meta (buffer)->poses[index],
                   *expected = &gst_buffer_get_tfc_pose_meta (alone)->poses[k];

  g_assert_cmpint (found->handedness, ==, expected->handedness);
  g_assert_cmpuint (found->n_points, ==, expected->n_points);
  g_assert_cmpfloat_with_epsilon (found->score, expected->score, 1e-5);
  g_assert_cmpfloat_with_epsilon (found->x * subject->width, p->x + expected->x * p->width, 1e-2);
  g_assert_cmpfloat_with_epsilon (found->h * subject->height, expected->h * p->height, 1e-2);
  for (guint i = 0; i < found->n_points; i++) {
    const GstTfcKeypoint *a = &found->points[i], *b = &expected->points[i];
    g_assert_cmpfloat_with_epsilon (a->x * subject->width, p->x + b->x * p->width, 1e-2);
    g_assert_cmpfloat_with_epsilon (a->y * subject->height, p->y + b->y * p->height, 1e-2);
    g_assert_cmpfloat_with_epsilon (a->z * subject->width, b->z * p->width, 1e-2);
    if (found->world)
      g_assert_cmpfloat_with_epsilon (found->world[i].x, expected->world[i].x, 1e-5);
  }
}

static const Kind poses = {count_poses, ids_of_pose, compare_poses};

/* ---- faces ---- */

static guint
count_faces (GstBuffer *buffer)
{
  const GstTfcFaceMeta *meta = gst_buffer_get_tfc_face_meta (buffer);

  g_assert_nonnull (meta);
  return meta->n_faces;
}

static void
ids_of_face (GstBuffer *buffer, guint i, guint64 *object, guint64 *track)
{
  const GstTfcFace *face = &gst_buffer_get_tfc_face_meta (buffer)->faces[i];

  *object = face->object_id;
  *track = face->track_id;
}

/* Of the frame's width in pixels, as the matrix of the part's. */
static void
compare_heads (const GstTfcHead *found, const GstTfcHead *expected, const Subject *subject,
               const Part *p)
{
  const gdouble shift[12] = {[3] = p->x, [7] = p->y};

  g_assert_true (found && expected);
  g_assert_cmpfloat_with_epsilon (found->yaw, expected->yaw, 1e-5);
  g_assert_cmpfloat_with_epsilon (found->gaze_x, expected->gaze_x, 1e-5);
  g_assert_cmpfloat_with_epsilon (found->mouth_openness, expected->mouth_openness, 1e-5);
  for (guint i = 0; i < 12; i++)
    g_assert_cmpfloat_with_epsilon (found->matrix[i] * subject->width,
                                    shift[i] + expected->matrix[i] * p->width, 1e-2);
}

static void
compare_faces (GstBuffer *buffer, guint index, GstBuffer *alone, guint k, const Subject *subject,
               const Part *p)
{
  const GstTfcFace *found = &gst_buffer_get_tfc_face_meta (buffer)->faces[index],
                   *expected = &gst_buffer_get_tfc_face_meta (alone)->faces[k];

  g_assert_cmpuint (found->n_points, ==, 478);
  g_assert_cmpuint (expected->n_points, ==, 478);
  g_assert_cmpfloat_with_epsilon (found->presence, expected->presence, 1e-5);
  g_assert_cmpfloat_with_epsilon (found->rotation, expected->rotation, 1e-5);
  g_assert_cmpfloat_with_epsilon (found->x * subject->width, p->x + expected->x * p->width, 1e-2);
  g_assert_cmpfloat_with_epsilon (found->h * subject->height, expected->h * p->height, 1e-2);
  for (guint i = 0; i < found->n_points; i++) {
    const GstTfcPoint *a = &found->points[i], *b = &expected->points[i];
    g_assert_cmpfloat_with_epsilon (a->x * subject->width, p->x + b->x * p->width, 1e-2);
    g_assert_cmpfloat_with_epsilon (a->y * subject->height, p->y + b->y * p->height, 1e-2);
    g_assert_cmpfloat_with_epsilon (a->z * subject->width, b->z * p->width, 1e-2);
  }
  compare_heads (found->head, expected->head, subject, p);
}

static const Kind faces = {count_faces, ids_of_face, compare_faces};

/* ---- subjects ---- */

// clang-format off
static const Subject subjects[] = {
    {&poses, "tfchands", "model", "lite", "hand/hand_landmark_lite.tflite",
     "golden/hand/pictures/raised_four.png", 438, 438, {{200, 0, 238, 438}, {0, 10, 220, 420}}},
    {&poses, "tfcpose", "model", "movenet-lightning", "pose/movenet_lightning/model.json",
     "golden/pose/media/three_people.png", 524, 430, {{100, 150, 240, 240}, {0, 20, 190, 190}}},
    {&poses, "tfcpose", "model", "blazepose-lite", "pose/blazepose/pose_detection.tflite",
     "golden/pose/media/three_people.png", 524, 430, {{170, 0, 180, 430}, {0, 20, 190, 410}}},
    {&faces, "tfcfacemesh", "detector", "short-range", "face/face_landmark.tflite",
     "media/human_group-2.png", 512, 571, {{80, 60, 130, 130}, {300, 60, 140, 140}}, 200},
};
// clang-format on

static GstElement *
element_new (const Subject *subject, gboolean objects)
{
  g_autofree gchar *models = shared_path ("models");
  GstElement *element =
      gst_element_factory_make_full (subject->element, "model-path", models, "threads", 1,
                                     "smoothing", FALSE, "on", objects, NULL);

  gst_util_set_object_arg (G_OBJECT (element), subject->property, subject->model);
  return element;
}

/* The part of a packed RGB picture, as a picture. */
static GstBuffer *
cut (GstBuffer *picture, guint width, const Part *p)
{
  const guint stride = GST_ROUND_UP_4 (3 * width), to = GST_ROUND_UP_4 (3 * p->width);
  GstBuffer *out = gst_buffer_new_allocate (NULL, (gsize)to * p->height, NULL);
  GstMapInfo from, map;

  g_assert_true (gst_buffer_map (picture, &from, GST_MAP_READ));
  g_assert_true (gst_buffer_map (out, &map, GST_MAP_WRITE));
  for (guint y = 0; y < p->height; y++)
    memcpy (map.data + (gsize)y * to, from.data + (gsize)(y + p->y) * stride + 3 * (gsize)p->x,
            3 * (gsize)p->width);
  gst_buffer_unmap (out, &map);
  gst_buffer_unmap (picture, &from);
  GST_BUFFER_PTS (out) = 0;
  return out;
}

/* What is in the part alone; what comes out. */
static GstBuffer *
alone (const Subject *subject, GstBuffer *picture, const Part *p)
{
  GstHarness *h = detect_play (element_new (subject, FALSE), NULL);
  GstBuffer *out;

  gst_harness_set_src_caps (h, caps_of ("RGB", p->width, p->height));
  out = through (h, cut (picture, subject->width, p));
  detect_done (h, NULL);
  return out;
}

/* The frame-th buffer with the picture and these objects; what comes out. */
static GstBuffer *
show (GstHarness *h, GstBuffer *picture, guint frame, const GstTfcDetection *objects, guint n)
{
  GstBuffer *in = gst_buffer_copy (picture);

  GST_BUFFER_PTS (in) = frame * GST_SECOND / 30;
  if (n)
    gst_buffer_add_tfc_detection_meta (in, "test", GST_BUFFER_PTS (in), FALSE, objects, n);
  return through (h, in);
}

/* What out has of each object is what is in a picture of it. */
static void
check_all (const Subject *subject, GstBuffer *picture, GstBuffer *out,
           const GstTfcDetection *objects)
{
  const Kind *kind = subject->kind;
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (subject->parts); i++) {
    GstBuffer *one = alone (subject, picture, &subject->parts[i]);
    const guint expected = kind->size (one);
    g_assert_cmpuint (expected, >, 0);
    for (guint k = 0; k < expected; k++, n++) {
      guint64 object, track;
      g_assert_cmpuint (n, <, kind->size (out));
      kind->ids (out, n, &object, &track);
      g_assert_cmpuint (object, ==, objects[i].track_id);
      g_assert_cmpuint (track, ==, 0);
      kind->compare (out, n, one, k, subject, &subject->parts[i]);
    }
    gst_buffer_unref (one);
  }
  g_assert_cmpuint (kind->size (out), ==, n);
}

/* All that out has is of this object. */
static void
check_one (const Kind *kind, GstBuffer *out, guint64 object)
{
  const guint n = kind->size (out);

  g_assert_cmpuint (n, >, 0);
  for (guint k = 0; k < n; k++) {
    guint64 of, track;
    kind->ids (out, k, &of, &track);
    g_assert_cmpuint (of, ==, object);
  }
}

/* FALSE: the test was skipped. */
static gboolean
have_file (const Subject *subject)
{
  g_autofree gchar *file = g_strdup_printf ("models/%s", subject->file);

  return have_shared (file);
}

static void
test_objects (gconstpointer data)
{
  const Subject *subject = data;
  GstTfcDetection objects[3] = {{.score = 0.9f, .label = "person", .track_id = 7},
                                {.score = 0.8f, .label = "person", .track_id = 9},
                                {.w = 1, .h = 1, .score = 0.95f, .label = "dog", .track_id = 8}};
  GstBuffer *picture, *out;
  GstHarness *h;
  GstCaps *caps;

  if (!have_file (subject))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (subject->parts); i++) {
    const Part *p = &subject->parts[i];
    objects[i].x = (gfloat)p->x / subject->width;
    objects[i].y = (gfloat)p->y / subject->height;
    objects[i].w = (gfloat)p->width / subject->width;
    objects[i].h = (gfloat)(p->height + subject->below) / subject->height;
  }
  picture = photo (subject->picture, "RGB", 0, 0, &caps);
  h = detect_play (element_new (subject, TRUE), NULL);
  set_properties (h->element, "classes", "person", NULL);
  gst_harness_set_src_caps (h, caps);
  out = show (h, picture, 0, objects, G_N_ELEMENTS (objects));
  check_all (subject, picture, out, objects);
  gst_buffer_unref (out);
  set_properties (h->element, "max-objects", 1, NULL);
  out = show (h, picture, 1, objects, G_N_ELEMENTS (objects));
  check_one (subject->kind, out, 7);
  gst_buffer_unref (out);
  out = show (h, picture, 2, NULL, 0);
  g_assert_cmpuint (subject->kind->size (out), ==, 0);
  gst_buffer_unref (out);
  gst_buffer_unref (picture);
  detect_done (h, NULL);
}

/* roi: what is in the first part is what is in a picture of it. */
static void
test_roi (gconstpointer data)
{
  const Subject *subject = data;
  const gdouble w = subject->width, h = subject->height;
  const Part *p = &subject->parts[0];
  g_autofree gchar *roi =
      g_strdup_printf ("%f,%f,%f,%f", p->x / w, p->y / h, p->width / w, p->height / h);
  GstCaps *caps;

  if (!have_file (subject))
    return;
  GstHarness *harness = detect_play (element_new (subject, FALSE), NULL);
  g_object_set (harness->element, "roi", roi, NULL);
  g_autoptr (GstBuffer) picture = photo (subject->picture, "RGB", 0, 0, &caps);
  gst_harness_set_src_caps (harness, caps);
  g_autoptr (GstBuffer) out = show (harness, picture, 0, NULL, 0),
                        one = alone (subject, picture, p);
  const guint n = subject->kind->size (out);
  g_assert_true (n > 0 && n == subject->kind->size (one));
  for (guint k = 0; k < n; k++)
    subject->kind->compare (out, k, one, k, subject, p);
  detect_done (harness, NULL);
}

/* Of a tall object MoveNet sees all, not the square in its middle, as it would of a frame. */
static void
test_whole (gconstpointer data)
{
  static const Part parts[] = {{238, 74, 81, 191}, {154, 62, 80, 200}};
  const Subject *subject = data;
  GstTfcDetection objects[G_N_ELEMENTS (parts)] = {{.score = 0.9f, .track_id = 1},
                                                   {.score = 0.8f, .track_id = 2}};
  const GstTfcPoseMeta *meta;
  GstBuffer *picture, *out;
  GstVideoInfo info;
  GstHarness *h;
  GstCaps *caps;

  if (!have_file (subject))
    return;
  picture = photo ("golden/pose/media/couple_snow.png", "RGB", 0, 0, &caps);
  g_assert_true (gst_video_info_from_caps (&info, caps));
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++) {
    objects[i].x = (gfloat)parts[i].x / info.width;
    objects[i].y = (gfloat)parts[i].y / info.height;
    objects[i].w = (gfloat)parts[i].width / info.width;
    objects[i].h = (gfloat)parts[i].height / info.height;
  }
  h = detect_play (element_new (subject, TRUE), NULL);
  gst_harness_set_src_caps (h, caps);
  out = show (h, picture, 0, objects, G_N_ELEMENTS (objects));
  meta = gst_buffer_get_tfc_pose_meta (out);
  g_assert_cmpuint (meta->n_poses, ==, G_N_ELEMENTS (objects));
  for (guint i = 0; i < meta->n_poses; i++) {
    g_assert_cmpfloat (meta->poses[i].h, >, 0.75f * objects[i].h);
    g_assert_cmpfloat (meta->poses[i].score, >, 0.6f);
  }
  gst_buffer_unref (out);
  gst_buffer_unref (picture);
  detect_done (h, NULL);
}

static const TestCase cases[] = {
    {"/objects/hands", NULL, test_objects, &subjects[0]},
    {"/objects/movenet", NULL, test_objects, &subjects[1]},
    {"/objects/movenet-whole", NULL, test_whole, &subjects[1]},
    {"/objects/blazepose", NULL, test_objects, &subjects[2]},
    {"/objects/faces", NULL, test_objects, &subjects[3]},
    {"/objects/roi-hands", NULL, test_roi, &subjects[0]},
    {"/objects/roi-movenet", NULL, test_roi, &subjects[1]},
    {"/objects/roi-faces", NULL, test_roi, &subjects[3]},
    {NULL},
};

int
main (int argc, char **argv)
{
  return run_cases (argc, argv, cases, NULL, NULL);
}
