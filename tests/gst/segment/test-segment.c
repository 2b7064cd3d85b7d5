/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* tfcsegment: masks of pictures through the element are the pipeline's, properties while frames
 * flow, what is refused. */
#include <string.h>
#include "models/segmentation/segmentation_pipeline.h"
#include "tests/gst/common/facemesh.h"

static gboolean
have_segment_models (void)
{
  return have_shared ("models/selfie/selfie_segmentation.tflite");
}

static GstElement *segment_new (const gchar *first_property, ...) G_GNUC_NULL_TERMINATED;

static GstElement *
segment_new (const gchar *first_property, ...)
{
  g_autofree gchar *models = shared_path ("models");
  GstElement *element = gst_element_factory_make ("tfcsegment", NULL);
  va_list rest;

  g_assert_nonnull (element);
  g_object_set (element, "model-path", models, "threads", 1, NULL);
  va_start (rest, first_property);
  set_properties_valist (element, first_property, rest);
  va_end (rest);
  return element;
}

static void
test_defaults (void)
{
  GstElement *element = gst_object_ref_sink (gst_element_factory_make ("tfcsegment", NULL));

  assert_defaults (element);
  gst_object_unref (element);
}

static const struct {
  const gchar *model, *file, *output, *format;
  TfcMaskKind kind;
  guint n_indices;
} cases[] = {
    {"selfie", "models/selfie/selfie_segmentation.tflite", "person", "RGB", TFC_MASK_PERSON, 0},
    {"selfie", "models/selfie/selfie_segmentation.tflite", "person", "NV12", TFC_MASK_PERSON, 0},
    {"selfie-landscape", "models/selfie/selfie_segmentation_landscape.tflite", "person", "NV12",
     TFC_MASK_PERSON, 0},
    {"body-pix-050", "models/body-pix/mobilenet_050/model-stride16.json", "person", "NV12",
     TFC_MASK_PERSON, 0},
    {"body-pix-050", "models/body-pix/mobilenet_050/model-stride16.json", "parts", "RGB",
     TFC_MASK_PARTS, 24},
    {"body-pix-050", "models/body-pix/mobilenet_050/model-stride16.json", "people", "RGB",
     TFC_MASK_PEOPLE, 3},
};

/* What the pipeline gives for sample's picture. */
static TfcMask
expected (TfcSegmentPipeline *p, GstSample *sample, TfcMaskKind kind)
{
  TfcSegmentOptions options = TFC_SEGMENT_DEFAULTS;
  TfcFrame view = {0};
  GstVideoFrame frame;
  GstVideoInfo info;
  TfcMask mask;

  options.output = kind;
  g_assert_true (gst_video_info_from_caps (&info, gst_sample_get_caps (sample)));
  g_assert_true (gst_video_frame_map (&frame, &info, gst_sample_get_buffer (sample), GST_MAP_READ));
  view = (TfcFrame){.width = (guint)info.width,
                    .height = (guint)info.height,
                    .format = tfc_format_find (info.finfo->name)};
  for (guint i = 0; i < view.format->n_planes; i++) {
    view.plane[i] = GST_VIDEO_FRAME_PLANE_DATA (&frame, i);
    view.stride[i] = GST_VIDEO_FRAME_PLANE_STRIDE (&frame, i);
  }
  view.matrix =
      info.colorimetry.matrix == GST_VIDEO_COLOR_MATRIX_BT709 ? TFC_MATRIX_BT709 : TFC_MATRIX_BT601;
  g_assert_true (tfc_segment_run (p, NULL, &view, 0, &options, &mask, NULL, NULL));
  gst_video_frame_unmap (&frame);
  return mask;
}

static void
test_masks (gconstpointer data)
{
  const guint i = GPOINTER_TO_UINT (data);
  const TfcModelOptions options = {0};

  if (!have_segment_models ())
    return;
  g_autofree gchar *path = shared_path (cases[i].file);
  TfcSegmentPipeline *p = tfc_segment_open (path, &options, NULL);
  GstElement *element = segment_new ("interval", 1, NULL);
  gst_util_set_object_arg (G_OBJECT (element), "model", cases[i].model);
  gst_util_set_object_arg (G_OBJECT (element), "output", cases[i].output);
  GstHarness *h = detect_play (element, NULL);
  GstSample *sample = sample_of ("coral_face.png", cases[i].format, "");
  GstBuffer *out = show (h, sample, 0);
  const GstTfcMaskMeta *meta = gst_buffer_get_tfc_mask_meta (out);
  g_assert_nonnull (meta);
  const GstTfcMask *got = meta->mask;
  const TfcMask want = expected (p, sample, cases[i].kind);
  g_assert_cmpuint (got->kind, ==, cases[i].kind);
  g_assert_cmpuint (got->n_indices, ==, cases[i].n_indices);
  g_assert_cmpuint (got->n_indices, ==, want.n_indices);
  g_assert_cmpmem (got->data, (gsize)got->width * got->height, want.data,
                   (gsize)want.width * want.height);
  g_assert_cmpfloat (got->x, ==, want.region.x);
  g_assert_cmpfloat (got->h, ==, want.region.h);
  if (cases[i].kind == TFC_MASK_PARTS)
    g_assert_cmpstr (gst_tfc_mask_get_label (got, 12), ==, "torso_front");
  gst_buffer_unref (out);
  gst_sample_unref (sample);
  tfc_segment_close (p);
  detect_done (h, NULL);
}

/* The sum of a mask's values. */
static guint64
sum_of (GstBuffer *out)
{
  const GstTfcMaskMeta *meta = gst_buffer_get_tfc_mask_meta (out);
  guint64 sum = 0;

  g_assert_nonnull (meta);
  for (gsize i = 0; i < (gsize)meta->mask->width * meta->mask->height; i++)
    sum += meta->mask->data[i];
  gst_buffer_unref (out);
  return sum;
}

/* A person who vanishes stays for a while, unless smoothing is off or the stream begins anew. */
static void
test_smoothing (void)
{
  if (!have_segment_models ())
    return;
  GstHarness *h = detect_play (segment_new ("interval", 1, NULL), NULL);
  g_autoptr (GstSample) person = sample_of ("coral_face.png", "NV12", "");
  g_autoptr (GstSample) other =
      sample_of ("coral_cat.png", "NV12", "videoscale ! video/x-raw,width=512,height=355 !");
  const guint64 alone = sum_of (show (h, other, 0));

  forget_by_segment (h);
  sum_of (show (h, person, 0));
  GstBuffer *out = show (h, other, 1);
  gst_buffer_unref (out);
  g_object_set (h->element, "smoothing", FALSE, NULL);
  g_assert_cmpuint (sum_of (show (h, other, 2)), ==, alone);
  g_object_set (h->element, "smoothing", TRUE, NULL);
  forget_by_segment (h);
  g_assert_cmpuint (sum_of (show (h, other, 0)), ==, alone);
  detect_done (h, NULL);
}

/* Numbers and switches take effect on the next frame. */
static void
test_live (void)
{
  if (!have_segment_models ())
    return;
  GstHarness *h = detect_play (segment_new ("smoothing", FALSE, NULL), NULL);
  g_autoptr (GstSample) person = sample_of ("coral_face.png", "NV12", "");
  const guint64 soft = sum_of (show (h, person, 0));

  g_object_set (h->element, "threshold", 0.5, NULL);
  GstBuffer *out = show (h, person, 1);
  const GstTfcMaskMeta *meta = gst_buffer_get_tfc_mask_meta (out);
  for (gsize i = 0; i < (gsize)meta->mask->width * meta->mask->height; i++)
    g_assert_true (meta->mask->data[i] == 0 || meta->mask->data[i] == 255);
  gst_buffer_unref (out);
  g_object_set (h->element, "threshold", 0.0, "refine", TRUE, NULL);
  g_assert_cmpuint (sum_of (show (h, person, 2)), !=, soft);
  g_object_set (h->element, "refine", FALSE, NULL);
  g_assert_cmpuint (sum_of (show (h, person, 3)), ==, soft);
  detect_done (h, NULL);
}

/* Another model while frames flow, and one that cannot do what is asked for: the old one goes on.
 */
static void
test_swap (void)
{
  GstBus *bus;

  if (!have_segment_models ())
    return;
  GstHarness *h = detect_play (segment_new ("interval", 1, NULL), &bus);
  g_autoptr (GstSample) person = sample_of ("coral_face.png", "NV12", "");
  guint frame = 0, value;
  gst_structure_free (wait_message (bus, "tfc-model-loaded"));
  sum_of (show (h, person, frame++));
  gst_util_set_object_arg (G_OBJECT (h->element), "output", "parts");
  assert_message (bus, GST_MESSAGE_WARNING, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_SETTINGS,
                  "BodyPix");
  g_object_get (h->element, "output", &value, NULL);
  g_assert_cmpuint (value, ==, TFC_MASK_PERSON);
  sum_of (show (h, person, frame++));
  gst_util_set_object_arg (G_OBJECT (h->element), "model", "body-pix-050");
  gst_structure_free (wait_message (bus, "tfc-model-loaded"));
  gst_util_set_object_arg (G_OBJECT (h->element), "output", "people");
  gst_structure_free (wait_message (bus, "tfc-model-loaded"));
  for (guint tries = 0; tries < 2000; tries++) {
    GstBuffer *out = show (h, person, frame++);
    const guint kind = gst_buffer_get_tfc_mask_meta (out)->mask->kind;
    gst_buffer_unref (out);
    if (kind == TFC_MASK_PEOPLE)
      break;
    g_assert_cmpuint (tries, <, 1999);
  }
  detect_done (h, bus);
}

/* BodyPix gets another shape with each size of frame, and the same mask for the same picture. */
static void
test_sizes (void)
{
  if (!have_segment_models ())
    return;
  GstHarness *h =
      detect_play (segment_new ("model", "body-pix-050", "smoothing", FALSE, NULL), NULL);
  g_autoptr (GstSample) large = sample_of ("coral_face.png", "NV12", "");
  g_autoptr (GstSample) small =
      sample_of ("coral_face.png", "NV12", "videoscale ! video/x-raw,width=100,height=31 !");
  g_autoptr (GstSample) tiny =
      sample_of ("coral_face.png", "NV12", "videoscale ! video/x-raw,width=1,height=1 !");
  const guint64 first = sum_of (show (h, large, 0));

  for (guint i = 0; i < 3; i++) {
    sum_of (show (h, small, 0));
    gst_util_set_object_arg (G_OBJECT (h->element), "internal-resolution", i ? "full" : "low");
    sum_of (show (h, tiny, 0));
    gst_util_set_object_arg (G_OBJECT (h->element), "internal-resolution", "medium");
    g_assert_cmpuint (sum_of (show (h, large, 0)), ==, first);
  }
  detect_done (h, NULL);
}

static void
test_refused (void)
{
  if (!have_segment_models ())
    return;
  g_autofree gchar *face = shared_path ("models/face/face_landmark.tflite");
  GstElement *element = segment_new ("output", "parts", NULL);

  assert_refused (element, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_SETTINGS, "BodyPix");
  element = segment_new ("model-file", face, NULL);
  assert_refused (element, GST_STREAM_ERROR, GST_STREAM_ERROR_WRONG_TYPE, "segmentation");
}

int
main (int argc, char **argv)
{
  static const TestCase table[] = {
      {"/segment/defaults", test_defaults},
      {"/segment/masks/selfie-rgb", NULL, test_masks, GUINT_TO_POINTER (0)},
      {"/segment/masks/selfie-nv12", NULL, test_masks, GUINT_TO_POINTER (1)},
      {"/segment/masks/landscape", NULL, test_masks, GUINT_TO_POINTER (2)},
      {"/segment/masks/body-pix", NULL, test_masks, GUINT_TO_POINTER (3)},
      {"/segment/masks/parts", NULL, test_masks, GUINT_TO_POINTER (4)},
      {"/segment/masks/people", NULL, test_masks, GUINT_TO_POINTER (5)},
      {"/segment/smoothing", test_smoothing},
      {"/segment/live", test_live},
      {"/segment/swap", test_swap},
      {"/segment/sizes", test_sizes},
      {"/segment/refused", test_refused},
      {NULL},
  };

  return run_cases (argc, argv, table, NULL, NULL);
}
