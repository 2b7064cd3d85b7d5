/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* tfcfacemesh: golden photos through the element, frames that nobody expects. */
#include <cJSON.h>
#include <math.h>
#include <string.h>
#include "tests/emulated.h"
#include "tests/gst/common/facemesh.h"

#define CONFIDENCE 0.9

static gdouble
number (const cJSON *array, guint i)
{
  return cJSON_GetNumberValue (cJSON_GetArrayItem (array, (gint)i));
}

static gdouble
member (const cJSON *object, const gchar *name)
{
  return cJSON_GetNumberValue (cJSON_GetObjectItem (object, name));
}

/* Mean distance from the reference's mesh in widths of it. */
static gdouble
mesh_error (const GstTfcFace *face, const cJSON *mesh, guint width, guint height)
{
  gdouble least = G_MAXDOUBLE, most = -G_MAXDOUBLE, sum = 0;

  for (guint i = 0; i < face->n_points; i++) {
    const cJSON *p = cJSON_GetArrayItem (mesh, i);
    least = MIN (least, number (p, 0));
    most = MAX (most, number (p, 0));
    sum += hypot (face->points[i].x * width - number (p, 0),
                  face->points[i].y * height - number (p, 1));
  }
  return sum / face->n_points / (most - least);
}

static void
compare (const GstTfcFaceMeta *meta, const cJSON *golden, guint width, guint height,
         gdouble tolerance)
{
  const cJSON *face;
  guint sure = 0;

  cJSON_ArrayForEach (face, golden) {
    const cJSON *mesh = cJSON_GetObjectItem (face, "scaledMesh");
    gdouble best = G_MAXDOUBLE;
    if (member (face, "faceInViewConfidence") < CONFIDENCE)
      continue;
    sure++;
    for (guint k = 0; k < meta->n_faces; k++) {
      g_assert_cmpuint (meta->faces[k].n_points, ==, 478);
      best = fmin (best, mesh_error (&meta->faces[k], mesh, width, height));
    }
    g_test_message ("face %u: %.2f %%", sure, 100 * best);
    g_assert_cmpfloat (best, <, tolerance);
  }
  g_assert_cmpuint (meta->n_faces, ==, sure);
}

static void
compare_sample_of (GstHarness *h, const gchar *format, const cJSON *root)
{
  static const struct {
    const gchar *name;
    guint max;
  } runs[] = {{"maxFaces1", 1}, {"maxFaces10", 10}};
  const gchar *image = cJSON_GetStringValue (cJSON_GetObjectItem (root, "image"));
  g_autofree gchar *file = g_strdup_printf ("media/%s", image), *path = shared_path (file);
  const gdouble tolerance = strcmp (format, "RGB") != 0 ? 0.03 : 0.02;
  GstSample *sample;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return;
  sample = sample_of (image, format, "");
  for (guint i = 0; i < G_N_ELEMENTS (runs); i++) {
    const cJSON *golden = cJSON_GetObjectItem (cJSON_GetObjectItem (root, "results"), runs[i].name);
    GstBuffer *out;
    GstSegment segment;
    g_test_message ("%s in %s, %s", image, format, runs[i].name);
    g_object_set (h->element, "max-faces", runs[i].max, NULL);
    gst_segment_init (&segment, GST_FORMAT_TIME); /* forgets */
    gst_harness_set_src_caps (h, gst_caps_ref (gst_sample_get_caps (sample)));
    gst_harness_push_event (h, gst_event_new_segment (&segment));
    out = show (h, sample, 0);
    compare (gst_buffer_get_tfc_face_meta (out), golden, member (root, "width"),
             member (root, "height"), tolerance);
    gst_buffer_unref (out);
  }
  gst_sample_unref (sample);
}

/* Every photo that the reference has looked at; where all is slow, each fourth. */
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
  h = detect_play (mesh_new (NULL), NULL);
  for (const gchar *name; (name = g_dir_read_name (dir)); n++) {
    g_autofree gchar *path = g_build_filename (folder, name, NULL);
    g_autofree gchar *text = NULL;
    cJSON *root;
    if (emulated () && n % 4 != 3)
      continue;
    g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
    root = cJSON_Parse (text);
    compare_sample_of (h, format, root);
    cJSON_Delete (root);
  }
  g_assert_cmpuint (n, >, 0);
  detect_done (h, NULL);
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
  h = detect_play (mesh_new ("max-faces", 10, NULL), NULL);
  sample = sample_of ("montage6.png", "NV12", "");
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
  detect_done (h, NULL);
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
  h = detect_play (mesh_new ("score-threshold", 0.3, "detection-confidence", 0.1, NULL), NULL);
  for (guint i = 0; i < G_N_ELEMENTS (crops); i++) {
    g_autofree gchar *crop = g_strdup_printf ("videocrop %s !", crops[i]);
    GstSample *sample = sample_of ("tfjs_portrait.png", "NV12", crop);
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
  detect_done (h, NULL);
}

/* With a detector that takes anything for a face, so that all networks run; where all is slow, from
 * each third format. */
static void
test_sizes (void)
{
  static const gchar *const formats[] = {"NV12",  "I420", "YUY2",      "RGB", "BGRA",
                                         "GRAY8", "Y42B", "P010_10LE", "GBR"};
  static const guint sizes[][2] = {{1, 1}, {640, 1}, {1, 480}, {2, 3}, {17, 31}};
  GstHarness *h;

  if (!have_models ())
    return;
  h = detect_play (mesh_new ("score-threshold", 0.0, "detection-confidence", 0.0, "max-faces", 3,
                             "iou-threshold", 1.0, NULL),
                   NULL);
  for (guint f = 0; f < G_N_ELEMENTS (formats); f += emulated () ? 3 : 1) {
    for (guint s = 0; s < G_N_ELEMENTS (sizes); s++) {
      GstSample *sample = blank (formats[f], sizes[s][0], sizes[s][1]);
      for (guint frame = 0; frame < 2; frame++)
        g_assert_cmpint (look (h, sample, frame).n, >=, 0);
      gst_sample_unref (sample);
    }
  }
  detect_done (h, NULL);
}

static const TestCase cases[] = {
    {"/facemesh/golden/RGB", NULL, test_golden, "RGB"},
    {"/facemesh/golden/NV12", NULL, test_golden, "NV12"},
    {"/facemesh/golden/P010_10LE", NULL, test_golden, "P010_10LE"},
    {"/facemesh/golden/GBR", NULL, test_golden, "GBR"},
    {"/facemesh/regions", test_regions},
    {"/facemesh/borders", test_borders},
    {"/facemesh/sizes", test_sizes},
    {NULL},
};

int
main (int argc, char **argv)
{
  return run_cases (argc, argv, cases, NULL, NULL);
}
