/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* tfcfacemesh: golden photos through the element, what it remembers and forgets, what changes while
 * it plays, and frames that nobody expects. */
#include <glib/gstdio.h>
#include <gst/check/gstharness.h>
#include <gst/video/video.h>
#include <json-glib/json-glib.h>
#include <malloc.h>
#include <math.h>
#include <string.h>
#include "tfcmeta.h"

#define FRAME (GST_SECOND / 30)
#define CONFIDENCE 0.9

static gchar *
shared_path (const gchar *name)
{
  const gchar *root = g_getenv ("TFC_SHARED");

  return g_build_filename (root ? root : "../shared", name, NULL);
}

static gboolean
have_models (void)
{
  g_autofree gchar *path = shared_path ("models/face/face_landmark.tflite");

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;
  g_test_skip ("the mirror of models is not there");
  return FALSE;
}

static GstElement *
mesh_new (const gchar *first_property, ...)
{
  g_autofree gchar *models = shared_path ("models");
  GstElement *element = gst_element_factory_make ("tfcfacemesh", NULL);
  va_list rest;

  g_assert_nonnull (element);
  g_object_set (element, "model-path", models, "threads", 1, NULL);
  va_start (rest, first_property);
  g_object_set_valist (G_OBJECT (element), first_property, rest);
  va_end (rest);
  return element;
}

static GstHarness *
mesh_play (GstElement *element, GstBus **bus)
{
  GstHarness *h;

  if (bus) {
    *bus = gst_bus_new ();
    gst_element_set_bus (element, *bus);
  }
  h = gst_harness_new_with_element (element, "sink", "src");
  gst_object_unref (element);
  return h;
}

static void
mesh_done (GstHarness *h, GstBus *bus)
{
  gst_element_set_bus (h->element, NULL);
  gst_harness_teardown (h);
  if (bus) {
    gst_bus_set_flushing (bus, TRUE);
    gst_object_unref (bus);
  }
}

/* A photo in format; the caller's. */
static GstSample *
photo (const gchar *name, const gchar *format, const gchar *more)
{
  g_autofree gchar *file = g_strdup_printf ("media/%s", name), *path = shared_path (file);
  g_autofree gchar *line =
      g_strdup_printf ("filesrc location=%s ! pngdec ! %s videoconvert ! video/x-raw,format=%s ! "
                       "fakesink name=out sync=false",
                       path, more, format);
  g_autoptr (GstElement) pipeline = gst_parse_launch (line, NULL);
  g_autoptr (GstElement) out = gst_bin_get_by_name (GST_BIN (pipeline), "out");
  g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);
  g_autoptr (GstMessage) message = NULL;
  GstSample *sample;

  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  message = gst_bus_timed_pop_filtered (bus, 30 * GST_SECOND, GST_MESSAGE_EOS | GST_MESSAGE_ERROR);
  g_assert_nonnull (message);
  g_assert_cmpint (GST_MESSAGE_TYPE (message), ==, GST_MESSAGE_EOS);
  g_object_get (out, "last-sample", &sample, NULL);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  return sample;
}

/* The frame-th buffer with sample's picture (caps with the first); what comes out. */
static GstBuffer *
show (GstHarness *h, GstSample *sample, guint frame)
{
  GstBuffer *buffer = gst_buffer_copy (gst_sample_get_buffer (sample));

  if (frame == 0)
    gst_harness_set_src_caps (h, gst_caps_ref (gst_sample_get_caps (sample)));
  GST_BUFFER_PTS (buffer) = frame * FRAME;
  GST_BUFFER_DURATION (buffer) = FRAME;
  GST_BUFFER_FLAG_UNSET (buffer, GST_BUFFER_FLAG_DISCONT);
  g_assert_cmpint (gst_harness_push (h, buffer), ==, GST_FLOW_OK);
  return gst_harness_pull (h);
}

typedef struct {
  gint n; /* -1: no meta */
  gboolean held;
  guint points;
  guint64 id[20];
} Seen;

static Seen
look (GstHarness *h, GstSample *sample, guint frame)
{
  GstBuffer *out = show (h, sample, frame);
  GstTfcFaceMeta *meta = gst_buffer_get_tfc_face_meta (out);
  Seen seen = {-1};

  if (meta) {
    seen = (Seen){meta->n_faces, meta->held, meta->n_faces ? meta->faces[0].n_points : 0};
    for (guint i = 0; i < meta->n_faces; i++)
      seen.id[i] = meta->faces[i].track_id;
  }
  gst_buffer_unref (out);
  return seen;
}

static gdouble
number (JsonArray *array, guint i)
{
  return json_array_get_double_element (array, i);
}

/* Mean distance from the reference's mesh in widths of it. */
static gdouble
mesh_error (const GstTfcFace *face, JsonArray *mesh, guint width, guint height)
{
  gdouble least = G_MAXDOUBLE, most = -G_MAXDOUBLE, sum = 0;

  for (guint i = 0; i < face->n_points; i++) {
    JsonArray *p = json_array_get_array_element (mesh, i);
    least = MIN (least, number (p, 0));
    most = MAX (most, number (p, 0));
    sum += hypot (face->points[i].x * width - number (p, 0),
                  face->points[i].y * height - number (p, 1));
  }
  return sum / face->n_points / (most - least);
}

static void
compare (const GstTfcFaceMeta *meta, JsonArray *golden, guint width, guint height,
         gdouble tolerance)
{
  guint sure = 0;

  for (guint i = 0; i < json_array_get_length (golden); i++) {
    JsonObject *face = json_array_get_object_element (golden, i);
    JsonArray *mesh = json_object_get_array_member (face, "scaledMesh");
    gdouble best = G_MAXDOUBLE;
    if (json_object_get_double_member (face, "faceInViewConfidence") < CONFIDENCE)
      continue;
    sure++;
    for (guint k = 0; k < meta->n_faces; k++) {
      g_assert_cmpuint (meta->faces[k].n_points, ==, 478);
      best = fmin (best, mesh_error (&meta->faces[k], mesh, width, height));
    }
    g_test_message ("face %u: %.2f %%", i, 100 * best);
    g_assert_cmpfloat (best, <, tolerance);
  }
  g_assert_cmpuint (meta->n_faces, ==, sure);
}

static void
compare_photo (GstHarness *h, const gchar *format, JsonObject *root)
{
  static const struct {
    const gchar *name;
    guint max;
  } runs[] = {{"maxFaces1", 1}, {"maxFaces10", 10}};
  const gchar *image = json_object_get_string_member (root, "image");
  g_autofree gchar *file = g_strdup_printf ("media/%s", image), *path = shared_path (file);
  const gdouble tolerance = strcmp (format, "RGB") != 0 ? 0.03 : 0.02;
  GstSample *sample;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return;
  sample = photo (image, format, "");
  for (guint i = 0; i < G_N_ELEMENTS (runs); i++) {
    JsonArray *golden = json_object_get_array_member (
        json_object_get_object_member (root, "results"), runs[i].name);
    GstBuffer *out;
    GstSegment segment;
    g_test_message ("%s in %s, %s", image, format, runs[i].name);
    g_object_set (h->element, "max-faces", runs[i].max, NULL);
    gst_segment_init (&segment, GST_FORMAT_TIME); /* forgets */
    gst_harness_set_src_caps (h, gst_caps_ref (gst_sample_get_caps (sample)));
    gst_harness_push_event (h, gst_event_new_segment (&segment));
    out = show (h, sample, 0);
    compare (gst_buffer_get_tfc_face_meta (out), golden, json_object_get_int_member (root, "width"),
             json_object_get_int_member (root, "height"), tolerance);
    gst_buffer_unref (out);
  }
  gst_sample_unref (sample);
}

/* Every photo that the reference has looked at. */
static void
test_golden (gconstpointer format)
{
  g_autofree gchar *folder = shared_path ("golden/faces/cpu");
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  GstHarness *h;
  guint n = 0;

  if (!dir || !have_models ()) {
    g_test_skip ("no golden results");
    return;
  }
  h = mesh_play (mesh_new (NULL), NULL);
  for (const gchar *name; (name = g_dir_read_name (dir)); n++) {
    g_autofree gchar *path = g_build_filename (folder, name, NULL);
    g_autoptr (JsonParser) parser = json_parser_new ();
    g_assert_true (json_parser_load_from_file (parser, path, NULL));
    compare_photo (h, format, json_node_get_object (json_parser_get_root (parser)));
  }
  g_assert_cmpuint (n, >, 0);
  mesh_done (h, NULL);
}

static void
test_defaults (void)
{
  GstElement *element = gst_object_ref_sink (gst_element_factory_make ("tfcfacemesh", NULL));
  guint n, value;
  g_autofree GParamSpec **specs = g_object_class_list_properties (G_OBJECT_GET_CLASS (element), &n);

  for (guint i = 0; i < n; i++) {
    GValue has = G_VALUE_INIT;
    if (!(specs[i]->flags & G_PARAM_READABLE) || specs[i]->owner_type == GST_TYPE_OBJECT ||
        g_str_equal (specs[i]->name, "stats"))
      continue;
    g_value_init (&has, specs[i]->value_type);
    g_object_get_property (G_OBJECT (element), specs[i]->name, &has);
    if (!g_param_value_defaults (specs[i], &has))
      g_error ("%s does not begin with its default", specs[i]->name);
    g_value_unset (&has);
  }
  gst_util_set_object_arg (G_OBJECT (element), "detector", "full-range-sparse");
  g_object_get (element, "detector", &value, NULL);
  g_assert_cmpuint (value, ==, 2);
  gst_util_set_object_arg (G_OBJECT (element), "mesh-model", "attention");
  g_object_get (element, "mesh-model", &value, NULL);
  g_assert_cmpuint (value, ==, 1);
  gst_object_unref (element);
}

/* The box in pixels, clipped, and its parameters. */
static void
test_regions (void)
{
  GstSample *sample;
  GstHarness *h;
  GstBuffer *out;
  GstTfcFaceMeta *meta;
  gpointer state = NULL;
  guint n = 0;

  if (!have_models ())
    return;
  h = mesh_play (mesh_new ("max-faces", 10, NULL), NULL);
  sample = photo ("montage6.png", "NV12", "");
  out = show (h, sample, 0);
  meta = gst_buffer_get_tfc_face_meta (out);
  g_assert_cmpuint (meta->n_faces, ==, 6);
  g_assert_cmpstr (meta->model, ==, "face/mesh");
  for (;; n++) {
    GstVideoRegionOfInterestMeta *roi =
        (GstVideoRegionOfInterestMeta *)gst_buffer_iterate_meta_filtered (
            out, &state, GST_VIDEO_REGION_OF_INTEREST_META_API_TYPE);
    gdouble score;
    if (!roi)
      break;
    g_assert_cmpstr (g_quark_to_string (roi->roi_type), ==, "face");
    g_assert_cmpint (roi->id, ==, (gint)meta->faces[n].track_id);
    g_assert_true (
        gst_structure_get (gst_video_region_of_interest_meta_get_param (roi, "detection"), "score",
                           G_TYPE_DOUBLE, &score, NULL));
    g_assert_cmpfloat_with_epsilon (score, meta->faces[n].score, 1e-6);
    g_assert_true (n == 0 || meta->faces[n].track_id > meta->faces[n - 1].track_id);
  }
  g_assert_cmpuint (n, ==, 6);
  gst_buffer_unref (out);
  gst_sample_unref (sample);
  mesh_done (h, NULL);
}

static void
forget_by_flush (GstHarness *h)
{
  GstSegment segment;

  gst_segment_init (&segment, GST_FORMAT_TIME);
  gst_harness_push_event (h, gst_event_new_flush_start ());
  gst_harness_push_event (h, gst_event_new_flush_stop (TRUE));
  gst_harness_push_event (h, gst_event_new_segment (&segment));
}

static void
forget_by_segment (GstHarness *h)
{
  GstSegment segment;

  gst_segment_init (&segment, GST_FORMAT_TIME);
  segment.base = 3 * GST_SECOND;
  gst_harness_push_event (h, gst_event_new_segment (&segment));
}

static void
forget_by_caps (GstHarness *h)
{
  gst_harness_set_src_caps (h, gst_caps_from_string ("video/x-raw,format=RGB,width=1,height=1,"
                                                     "framerate=30/1"));
}

static void
forget_by_state (GstHarness *h)
{
  gst_element_set_state (h->element, GST_STATE_READY);
  gst_element_set_state (h->element, GST_STATE_PLAYING);
  forget_by_segment (h);
}

/* Each of these is the end of who was followed: the same face has a new id, never an old one. */
static void
test_forgets (void)
{
  static void (*const ways[]) (GstHarness *) = {forget_by_flush, forget_by_segment, forget_by_caps,
                                                forget_by_state};
  GstSample *sample;
  GstHarness *h;
  guint64 last = 0;

  if (!have_models ())
    return;
  h = mesh_play (mesh_new (NULL), NULL);
  sample = photo ("tfjs_portrait.png", "NV12", "");
  for (guint i = 0; i <= G_N_ELEMENTS (ways); i++) {
    Seen seen = look (h, sample, 0);
    g_assert_cmpint (seen.n, ==, 1);
    g_assert_cmpuint (seen.id[0], >, last);
    last = seen.id[0];
    seen = look (h, sample, 1);
    g_assert_cmpint (seen.n, ==, 1);
    g_assert_cmpuint (seen.id[0], ==, last);
    if (i < G_N_ELEMENTS (ways))
      ways[i](h);
  }
  gst_sample_unref (sample);
  mesh_done (h, NULL);
}

/* With the flag: a jump in time, or none where frames follow each other, is another scene; a few
 * frames less, as a leaky queue leaves, is not. */
static void
test_discontinuity (void)
{
  static const struct {
    GstClockTime gap;
    gboolean anew;
  } cases[] = {{20 * GST_SECOND, TRUE}, {FRAME, TRUE}, {4 * FRAME, FALSE}, {GST_SECOND / 2, FALSE}};
  GstSample *sample;
  GstHarness *h;
  GstClockTime pts = 0;
  guint64 last;

  if (!have_models ())
    return;
  h = mesh_play (mesh_new (NULL), NULL);
  sample = photo ("tfjs_portrait.png", "NV12", "");
  last = look (h, sample, 0).id[0];
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    GstBuffer *buffer = gst_buffer_copy (gst_sample_get_buffer (sample));
    guint64 id;
    pts += cases[i].gap;
    GST_BUFFER_PTS (buffer) = pts;
    GST_BUFFER_DURATION (buffer) = FRAME;
    GST_BUFFER_FLAG_SET (buffer, GST_BUFFER_FLAG_DISCONT);
    g_assert_cmpint (gst_harness_push (h, buffer), ==, GST_FLOW_OK);
    buffer = gst_harness_pull (h);
    id = gst_buffer_get_tfc_face_meta (buffer)->faces[0].track_id;
    g_assert_cmpint (id != last, ==, cases[i].anew);
    last = id;
    gst_buffer_unref (buffer);
  }
  gst_sample_unref (sample);
  mesh_done (h, NULL);
}

static void
test_interval (void)
{
  GstSample *sample;
  GstHarness *h;

  if (!have_models ())
    return;
  h = mesh_play (mesh_new ("interval", 3, NULL), NULL);
  sample = photo ("tfjs_portrait.png", "NV12", "");
  for (guint i = 0; i < 8; i++) {
    Seen seen = look (h, sample, i);
    g_assert_cmpint (seen.n, ==, 1);
    g_assert_cmpuint (seen.id[0], ==, 1);
    g_assert_cmpint (seen.held, ==, i % 3 != 0);
  }
  gst_sample_unref (sample);
  mesh_done (h, NULL);
}

/* Numbers take effect on the next frame; the oldest faces stay. */
static void
test_settings_live (void)
{
  GstSample *sample;
  GstHarness *h;
  Seen all, seen;

  if (!have_models ())
    return;
  h = mesh_play (mesh_new ("max-faces", 20, NULL), NULL);
  sample = photo ("montage6.png", "NV12", "");
  all = look (h, sample, 0);
  g_assert_cmpint (all.n, ==, 6);
  g_assert_cmpuint (all.points, ==, 478);
  g_object_set (h->element, "max-faces", 2, "predict-irises", FALSE, NULL);
  seen = look (h, sample, 1);
  g_assert_cmpint (seen.n, ==, 2);
  g_assert_cmpuint (seen.points, ==, 468);
  g_assert_true (seen.id[0] == all.id[0] && seen.id[1] == all.id[1]);
  g_object_set (h->element, "detection-confidence", 1.0, "predict-irises", TRUE, NULL);
  seen = look (h, sample, 2); /* nobody is as sure as that, or all to the last bit */
  g_assert_cmpint (seen.n, <=, 2);
  g_object_set (h->element, "detection-confidence", 0.9, "max-faces", 20, "max-continuous-checks",
                0, NULL);
  for (guint i = 3; i < 6; i++)
    seen = look (h, sample, i);
  g_assert_cmpint (seen.n, ==, 6);
  g_object_set (h->element, "score-threshold", 1.0, "max-faces", 1, NULL);
  seen = look (h, sample, 6); /* who is followed needs no detector */
  g_assert_cmpint (seen.n, ==, 1);
  forget_by_segment (h);
  seen = look (h, sample, 7);
  g_assert_cmpint (seen.n, ==, 0);
  gst_sample_unref (sample);
  mesh_done (h, NULL);
}

static GstStructure *
wait_message (GstBus *bus, const gchar *name)
{
  for (;;) {
    g_autoptr (GstMessage) message =
        gst_bus_timed_pop_filtered (bus, 20 * GST_SECOND, GST_MESSAGE_ELEMENT);
    g_assert_nonnull (message);
    if (gst_message_has_name (message, name))
      return gst_structure_copy (gst_message_get_structure (message));
  }
}

/* Other networks while faces are followed: nobody is lost, ids stay. */
static void
test_swap (void)
{
  static const struct {
    const gchar *property, *value, *model;
    guint points;
  } swaps[] = {{"threads", "2", "face/mesh", 478},
               {"mesh-model", "attention", "face/mesh_attention", 478},
               {"detector", "full-range", "face/mesh_attention", 478},
               {"mesh-model", "plain", "face/mesh", 478},
               {"backend", "reference", "face/mesh", 478}};
  GstSample *sample;
  GstHarness *h;
  GstBus *bus;
  Seen first;
  guint frame = 1;

  if (!have_models ())
    return;
  h = mesh_play (mesh_new ("max-faces", 4, NULL), &bus);
  sample = photo ("coral_face.png", "NV12", "");
  gst_structure_free (wait_message (bus, "model-loaded"));
  first = look (h, sample, 0);
  g_assert_cmpint (first.n, ==, 2);
  for (guint i = 0; i < G_N_ELEMENTS (swaps); i++) {
    GstStructure *s;
    Seen seen = {0};
    gst_util_set_object_arg (G_OBJECT (h->element), swaps[i].property, swaps[i].value);
    look (h, sample, frame++); /* goes on meanwhile */
    s = wait_message (bus, "model-loaded");
    g_assert_nonnull (strstr (gst_structure_get_string (s, "network"), swaps[i].model));
    gst_structure_free (s);
    g_usleep (2000); /* the message comes just before the hand-over */
    for (guint k = 0; k < 3; k++) {
      seen = look (h, sample, frame++);
      g_assert_cmpint (seen.n, ==, 2);
      g_assert_true (seen.id[0] == first.id[0] && seen.id[1] == first.id[1]);
    }
    g_assert_cmpuint (seen.points, ==, swaps[i].points);
  }
  gst_sample_unref (sample);
  mesh_done (h, bus);
}

/* The iris network is loaded when it is wanted for the first time. */
static void
test_irises_later (void)
{
  GstSample *sample;
  GstHarness *h;
  GstBus *bus;
  GstStructure *s;
  Seen seen = {0};

  if (!have_models ())
    return;
  h = mesh_play (mesh_new ("predict-irises", FALSE, NULL), &bus);
  s = wait_message (bus, "model-loaded");
  g_assert_null (strstr (gst_structure_get_string (s, "network"), "iris"));
  gst_structure_free (s);
  sample = photo ("tfjs_portrait.png", "NV12", "");
  g_assert_cmpuint (look (h, sample, 0).points, ==, 468);
  g_object_set (h->element, "predict-irises", TRUE, NULL);
  gst_structure_free (wait_message (bus, "model-loaded"));
  for (guint i = 1; i < 500 && seen.points != 478; i++) {
    seen = look (h, sample, i);
    g_assert_cmpint (seen.n, ==, 1);
  }
  g_assert_cmpuint (seen.points, ==, 478);
  gst_sample_unref (sample);
  mesh_done (h, bus);
}

static void
test_messages (void)
{
  GstSample *sample;
  GstHarness *h;
  GstBus *bus;
  GstStructure *s;
  const GstStructure *one;
  const GValue *faces;
  guint64 id;
  guint n;

  if (!have_models ())
    return;
  h = mesh_play (mesh_new ("post-messages", 1, NULL), &bus);
  sample = photo ("tfjs_portrait.png", "NV12", "");
  look (h, sample, 0);
  s = wait_message (bus, "tfcfacemesh");
  faces = gst_structure_get_value (s, "faces");
  g_assert_cmpuint (gst_value_array_get_size (faces), ==, 1);
  one = gst_value_get_structure (gst_value_array_get_value (faces, 0));
  g_assert_true (
      gst_structure_get (one, "track_id", G_TYPE_UINT64, &id, "n_points", G_TYPE_UINT, &n, NULL));
  g_assert_cmpuint (id, ==, 1);
  g_assert_cmpuint (n, ==, 478);
  gst_structure_free (s);
  gst_sample_unref (sample);
  mesh_done (h, bus);
}

static void
assert_refused (GstElement *element, gint code, const gchar *word)
{
  GstBus *bus = gst_bus_new ();
  g_autoptr (GstMessage) message = NULL;
  g_autoptr (GError) error = NULL;

  gst_object_ref_sink (element);
  gst_element_set_bus (element, bus);
  g_assert_cmpint (gst_element_set_state (element, GST_STATE_PAUSED), ==, GST_STATE_CHANGE_FAILURE);
  message = gst_bus_timed_pop_filtered (bus, GST_SECOND, GST_MESSAGE_ERROR);
  g_assert_nonnull (message);
  gst_message_parse_error (message, &error, NULL);
  g_assert_error (error, GST_RESOURCE_ERROR, code);
  if (!strstr (error->message, word))
    g_error ("\"%s\" is missing in: %s", word, error->message);
  gst_element_set_bus (element, NULL);
  gst_element_set_state (element, GST_STATE_NULL);
  gst_object_unref (element);
  gst_object_unref (bus);
}

/* A folder in which one model of the store is not what it should be; remove_folder. */
static gchar *
bad_folder (const gchar *file)
{
  gchar *dir = g_dir_make_tmp ("tfc-test-XXXXXX", NULL);
  g_autofree gchar *sub = g_build_filename (dir, "face", NULL);
  g_autofree gchar *path = g_build_filename (sub, file, NULL);

  g_assert_cmpint (g_mkdir_with_parents (sub, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, "TFL3", 4, NULL));
  return dir;
}

static void
remove_folder (gchar *dir, const gchar *file)
{
  g_autofree gchar *sub = g_build_filename (dir, "face", NULL);
  g_autofree gchar *path = g_build_filename (sub, file, NULL);

  g_assert_cmpint (g_remove (path), ==, 0);
  g_assert_cmpint (g_rmdir (sub), ==, 0);
  g_assert_cmpint (g_rmdir (dir), ==, 0);
  g_free (dir);
}

/* Each of the networks that a choice needs is checked; those that it does not need are not. */
static void
test_bad_models (void)
{
  static const struct {
    const gchar *file, *property, *value, *fine_property, *fine_value;
  } cases[] = {
      {"face_detection_short_range.tflite", "detector", "short-range", "detector", "full-range"},
      {"face_detection_back.tflite", "detector", "back", "detector", "short-range"},
      {"face_landmark.tflite", "mesh-model", "plain", "mesh-model", "attention"},
      {"face_landmark_with_attention.tflite", "mesh-model", "attention", "mesh-model", "plain"},
      {"iris_landmark.tflite", "predict-irises", "true", "predict-irises", "false"}};

  if (!have_models ())
    return;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    gchar *dir = bad_folder (cases[i].file);
    GstElement *bad = mesh_new ("model-path", dir, NULL),
               *fine = mesh_new ("model-path", dir, NULL);
    gst_util_set_object_arg (G_OBJECT (bad), cases[i].property, cases[i].value);
    assert_refused (bad, GST_RESOURCE_ERROR_FAILED, cases[i].file);
    gst_object_ref_sink (fine);
    gst_util_set_object_arg (G_OBJECT (fine), cases[i].fine_property, cases[i].fine_value);
    g_assert_cmpint (gst_element_set_state (fine, GST_STATE_PAUSED), !=, GST_STATE_CHANGE_FAILURE);
    gst_element_set_state (fine, GST_STATE_NULL);
    gst_object_unref (fine);
    remove_folder (dir, cases[i].file);
  }
}

/* A model that cannot be had while playing: a warning, the old one goes on, the property tells. */
static void
test_failed_swap (void)
{
  static const gchar file[] = "face_landmark_with_attention.tflite";
  gchar *dir = bad_folder (file);
  GstSample *sample;
  GstHarness *h;
  GstBus *bus;
  guint value;

  if (have_models ()) {
    g_autoptr (GstMessage) warning = NULL;
    h = mesh_play (mesh_new ("model-path", dir, NULL), &bus);
    sample = photo ("tfjs_portrait.png", "NV12", "");
    g_assert_cmpint (look (h, sample, 0).n, ==, 1);
    g_object_set (h->element, "mesh-model", 1, NULL);
    gst_structure_free (wait_message (bus, "model-failed"));
    warning = gst_bus_timed_pop_filtered (bus, 10 * GST_SECOND, GST_MESSAGE_WARNING);
    g_assert_nonnull (warning);
    g_assert_cmpuint (look (h, sample, 1).id[0], ==, 1);
    g_object_get (h->element, "mesh-model", &value, NULL);
    g_assert_cmpuint (value, ==, 0);
    gst_sample_unref (sample);
    mesh_done (h, bus);
  }
  remove_folder (dir, file);
}

/* A face that the frame's edge cuts: whatever is reported is finite. */
static void
test_borders (void)
{
  static const gchar *const crops[] = {"right=420", "left=400", "top=200", "bottom=800",
                                       "right=500 bottom=900"};
  GstHarness *h;

  if (!have_models ())
    return;
  h = mesh_play (mesh_new ("score-threshold", 0.3, "detection-confidence", 0.1, NULL), NULL);
  for (guint i = 0; i < G_N_ELEMENTS (crops); i++) {
    g_autofree gchar *crop = g_strdup_printf ("videocrop %s !", crops[i]);
    GstSample *sample = photo ("tfjs_portrait.png", "NV12", crop);
    for (guint frame = 0; frame < 5; frame++) {
      GstBuffer *out = show (h, sample, frame);
      GstTfcFaceMeta *meta = gst_buffer_get_tfc_face_meta (out);
      for (guint k = 0; k < meta->n_faces; k++) {
        for (guint p = 0; p < meta->faces[k].n_points; p++)
          g_assert_true (isfinite (meta->faces[k].points[p].x + meta->faces[k].points[p].y +
                                   meta->faces[k].points[p].z));
      }
      if (frame == 0)
        g_test_message ("%s: %u", crops[i], meta->n_faces);
      gst_buffer_unref (out);
    }
    gst_sample_unref (sample);
  }
  mesh_done (h, NULL);
}

static GstSample *
blank (const gchar *format, guint width, guint height)
{
  g_autoptr (GstCaps) caps = gst_caps_new_simple (
      "video/x-raw", "format", G_TYPE_STRING, format, "width", G_TYPE_INT, width, "height",
      G_TYPE_INT, height, "framerate", GST_TYPE_FRACTION, 30, 1, NULL);
  GstBuffer *buffer;
  GstSample *sample;
  GstVideoInfo info;

  g_assert_true (gst_video_info_from_caps (&info, caps));
  buffer = gst_buffer_new_allocate (NULL, info.size, NULL);
  gst_buffer_memset (buffer, 0, 128, -1);
  sample = gst_sample_new (buffer, caps, NULL, NULL);
  gst_buffer_unref (buffer);
  return sample;
}

/* With a detector that takes anything for a face, so that all networks run. */
static void
test_sizes (void)
{
  static const gchar *const formats[] = {"NV12", "I420", "YUY2", "RGB", "BGRA", "GRAY8"};
  static const guint sizes[][2] = {{1, 1}, {640, 1}, {1, 480}, {2, 3}, {17, 31}};
  GstHarness *h;

  if (!have_models ())
    return;
  h = mesh_play (mesh_new ("score-threshold", 0.0, "detection-confidence", 0.0, "max-faces", 3,
                           "iou-threshold", 1.0, NULL),
                 NULL);
  for (guint f = 0; f < G_N_ELEMENTS (formats); f++) {
    for (guint s = 0; s < G_N_ELEMENTS (sizes); s++) {
      GstSample *sample = blank (formats[f], sizes[s][0], sizes[s][1]);
      for (guint frame = 0; frame < 2; frame++)
        g_assert_cmpint (look (h, sample, frame).n, >=, 0);
      gst_sample_unref (sample);
    }
  }
  mesh_done (h, NULL);
}

static guint64
stage_count (GstElement *element, const gchar *stage)
{
  g_autoptr (GstStructure) stats = NULL;
  g_autoptr (GstStructure) one = NULL;
  guint64 count;

  g_object_get (element, "stats", &stats, NULL);
  g_assert_true (gst_structure_get (stats, stage, GST_TYPE_STRUCTURE, &one, NULL));
  g_assert_true (gst_structure_get (one, "count", G_TYPE_UINT64, &count, NULL));
  return count;
}

/* An empty picture costs one run of the detector each and nothing grows. */
static void
test_empty (void)
{
  GstSample *sample = blank ("NV12", 64, 48);
  GstHarness *h;
  gsize before = 0;

  if (!have_models ()) {
    gst_sample_unref (sample);
    return;
  }
  h = mesh_play (mesh_new ("max-faces", 10, NULL), NULL);
  for (guint i = 0; i < 1000; i++) {
    g_assert_cmpint (look (h, sample, i).n, ==, 0);
    if (i == 100)
      before = mallinfo2 ().uordblks;
  }
  /* the tracer of leaks, where it is on, has a few words for every object that there was */
  g_assert_cmpuint (mallinfo2 ().uordblks, <, before + 200 * 900);
  g_assert_cmpuint (stage_count (h->element, "detector"), ==, 1000);
  g_assert_cmpuint (stage_count (h->element, "mesh"), ==, 0);
  g_assert_cmpuint (stage_count (h->element, "total"), ==, 1000);
  gst_sample_unref (sample);
  mesh_done (h, NULL);
}

/* One face that is followed: the detector rests. */
static void
test_tracked (void)
{
  GstSample *sample;
  GstHarness *h;

  if (!have_models ())
    return;
  h = mesh_play (mesh_new ("smoothing", TRUE, NULL), NULL);
  sample = photo ("tfjs_portrait.png", "NV12", "");
  for (guint i = 0; i < 20; i++)
    g_assert_cmpint (look (h, sample, i).n, ==, 1);
  g_assert_cmpuint (stage_count (h->element, "detector"), ==, 1);
  g_assert_cmpuint (stage_count (h->element, "mesh"), ==, 20);
  g_assert_cmpuint (stage_count (h->element, "iris"), ==, 20);
  gst_sample_unref (sample);
  mesh_done (h, NULL);
}

static gint churning;

static gpointer
churn (gpointer element)
{
  for (guint i = 0; g_atomic_int_get (&churning); i++) {
    GstStructure *stats;
    g_object_set (element, "max-faces", 1 + i % 20, "predict-irises", i % 3 != 0,
                  "detection-confidence", 0.1 * (i % 10), "score-threshold", 0.1 * (i % 10),
                  "iou-threshold", 0.1 * (i % 10), "max-continuous-checks", i % 7, "smoothing",
                  i % 2, "interval", 1 + i % 2, "post-messages", i % 3, "attach", i % 8, NULL);
    if (i % 32 == 0)
      g_object_set (element, "threads", 1 + i / 32 % 2, "mesh-model", i / 32 % 2, "detector",
                    i / 32 % 4, NULL);
    g_object_get (element, "stats", &stats, NULL);
    gst_structure_free (stats);
    g_usleep (1000);
  }
  return NULL;
}

/* Every live property changes while frames flow (run under the sanitizers). */
static void
test_churn (void)
{
  GstSample *sample;
  GstHarness *h;
  GstBus *bus;
  GThread *thread;

  if (!have_models ())
    return;
  h = mesh_play (mesh_new (NULL), &bus);
  sample = photo ("coral_face.png", "NV12", "");
  look (h, sample, 0);
  g_atomic_int_set (&churning, 1);
  thread = g_thread_new ("churn", churn, h->element);
  for (guint i = 1; i < 60; i++)
    look (h, sample, i);
  g_atomic_int_set (&churning, 0);
  g_thread_join (thread);
  gst_sample_unref (sample);
  mesh_done (h, bus);
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  g_log_set_always_fatal (G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_ERROR);
  g_test_add_func ("/facemesh/defaults", test_defaults);
  g_test_add_data_func ("/facemesh/golden/RGB", "RGB", test_golden);
  g_test_add_data_func ("/facemesh/golden/NV12", "NV12", test_golden);
  g_test_add_func ("/facemesh/regions", test_regions);
  g_test_add_func ("/facemesh/forgets", test_forgets);
  g_test_add_func ("/facemesh/discontinuity", test_discontinuity);
  g_test_add_func ("/facemesh/interval", test_interval);
  g_test_add_func ("/facemesh/settings-live", test_settings_live);
  g_test_add_func ("/facemesh/swap", test_swap);
  g_test_add_func ("/facemesh/irises-later", test_irises_later);
  g_test_add_func ("/facemesh/messages", test_messages);
  g_test_add_func ("/facemesh/bad-models", test_bad_models);
  g_test_add_func ("/facemesh/failed-swap", test_failed_swap);
  g_test_add_func ("/facemesh/borders", test_borders);
  g_test_add_func ("/facemesh/sizes", test_sizes);
  g_test_add_func ("/facemesh/empty", test_empty);
  g_test_add_func ("/facemesh/tracked", test_tracked);
  g_test_add_func ("/facemesh/churn", test_churn);
  return g_test_run ();
}
