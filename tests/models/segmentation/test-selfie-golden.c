/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Selfie segmentation against both references: MediaPipe's masks of pictures for the .tflite files,
 * body-segmentation's on TensorFlow.js for the GraphModel and, with its sampling, for the .tflite
 * files. */
#include "inference/backend.h"
#include "models/mask/mask_smooth.h"
#include "models/segmentation/selfie.h"
#include "tests/emulated.h"
#include "tests/models/segmentation/segment-golden.h"

static const struct {
  const gchar *name, *file;
  guint width, height;
} networks[] = {{"general", "selfie/selfie_segmentation.tflite", 256, 256},
                {"landscape", "selfie/selfie_segmentation_landscape.tflite", 256, 144},
                {"tfjs", "selfie/graphmodel/selfie.json", 256, 256}};

static TfcSelfie *
open_selfie (guint network, const gchar *backend)
{
  const TfcModelOptions options = {.backend = backend};
  gchar *relative = g_build_filename ("models", networks[network].file, NULL),
        *path = golden_path (relative);
  GError *error = NULL;
  TfcModel *model = path ? tfc_model_open (path, &options, &error) : NULL;
  TfcSelfie *selfie = model ? tfc_selfie_new (model, path, TFC_SELFIE_CORNERS, &error) : NULL;

  g_assert_no_error (error);
  g_free (relative);
  g_free (path);
  return selfie;
}

/* The network's values as bytes. */
static guint8 *
selfie_bytes (TfcSelfie *selfie, const TfcFrame *frame, gfloat *values)
{
  const TfcMaskGrid *grid = tfc_selfie_grid (selfie);
  guint8 *bytes = g_malloc ((gsize)grid->width * grid->height);
  TfcSegmentTimes times = {0};

  g_assert_true (tfc_selfie_run (selfie, frame, values, &times, NULL));
  tfc_mask_resample (grid, values, grid, 0, bytes);
  return bytes;
}

/* TensorFlow.js's sampling into the network, and for one network back to the picture. */
static void
check_corners (TfcSelfie *selfie, guint network, const gchar *picture, const cJSON *want,
               const gchar *format)
{
  const gsize n = (gsize)networks[network].width * networks[network].height;
  gfloat *values = g_new (gfloat, n);
  TfcPicture shown;

  segment_picture (picture, format, &shown);
  guint8 *got = selfie_bytes (selfie, &shown.frame, values);
  guint8 *mask = segment_mask ("selfie", golden_text (want, "mask"), n);
  g_test_message ("%s: worst %u of 255, mean %.4f %%, IoU %.4f", picture,
                  segment_worst (got, mask, n), 100 * segment_difference (got, mask, n),
                  segment_iou (got, mask, n));
  if (!format)
    g_assert_cmpuint (segment_worst (got, mask, n), <=, 2);
  g_assert_cmpfloat (segment_difference (got, mask, n), <=, format ? 0.02 : 0.01);
  g_assert_cmpfloat (segment_iou (got, mask, n), >=, format ? 0.96 : 0.98);
  if (!format && golden_text (want, "picture")) {
    const gsize pixels = (gsize)shown.frame.width * shown.frame.height;
    const TfcMaskGrid to = tfc_mask_grid_of_frame (&shown.frame);
    guint8 *large = g_malloc (pixels),
           *golden = segment_mask ("selfie", golden_text (want, "picture"), pixels);
    tfc_mask_resample (tfc_selfie_grid (selfie), values, &to, 0, large);
    g_assert_cmpuint (segment_worst (large, golden, pixels), <=, 2);
    g_free (large);
    g_free (golden);
  }
  g_free (got);
  g_free (mask);
  g_free (values);
  tfc_picture_clear (&shown);
}

/* The pipeline's own sampling: MediaPipe's for .tflite files. */
static void
check_pipeline (TfcSegmentPipeline *p, const gchar *picture, const cJSON *want, const gchar *format)
{
  const TfcSegmentOptions options = TFC_SEGMENT_DEFAULTS;
  TfcPicture shown;
  TfcMask mask;

  segment_picture (picture, format, &shown);
  const gsize n = (gsize)shown.frame.width * shown.frame.height;
  guint8 *got = g_malloc (n);
  g_assert_true (tfc_segment_run (p, NULL, &shown.frame, G_MAXUINT64, &options, &mask, NULL, NULL));
  tfc_segment_enlarge (p, &shown.frame, &options, got);
  if (golden_text (want, "mediapipe")) {
    guint8 *golden = segment_mask ("selfie", golden_text (want, "mediapipe"), n);
    const gdouble iou = segment_iou (got, golden, n);
    g_test_message ("%s: against MediaPipe mean %.4f %%, IoU %.4f", picture,
                    100 * segment_difference (got, golden, n), iou);
    g_assert_cmpfloat (segment_difference (got, golden, n), <=, format ? 0.02 : 0.01);
    g_assert_cmpfloat (iou, >=, format ? 0.98 : 0.998);
    g_free (golden);
  } else if (!format) { /* how many pixels the reference has above one half */
    gdouble over = 0;
    for (gsize i = 0; i < n; i++)
      over += got[i] > 127;
    g_assert_cmpfloat_with_epsilon (over, golden_member (want, "over_half_picture"), 3 + 1e-3 * n);
  }
  g_free (got);
  tfc_picture_clear (&shown);
}

typedef struct {
  guint network;
  const gchar *backend, *format;
} Case;

static void
test_pictures (gconstpointer data)
{
  const Case *c = data;
  const gboolean all = g_test_slow () || !strcmp (c->backend, "auto");
  cJSON *golden = golden_json (SEGMENT_GOLDEN "selfie/golden.json");
  TfcSelfie *selfie = golden ? open_selfie (c->network, c->backend) : NULL;
  TfcSegmentPipeline *p = selfie ? segment_open (networks[c->network].file, c->backend) : NULL;
  const cJSON *pictures = p ? cJSON_GetObjectItem (golden, "pictures") : NULL, *picture;

  cJSON_ArrayForEach (picture, pictures) {
    const cJSON *want = cJSON_GetObjectItem (picture, networks[c->network].name);
    check_corners (selfie, c->network, picture->string, want, c->format);
    check_pipeline (p, picture->string, want, c->format);
    if (!all)
      break;
  }
  tfc_selfie_close (selfie);
  tfc_segment_close (p);
  cJSON_Delete (golden);
}

/* Thirty frames of a clip, smoothed. */
static void
test_sequence (gconstpointer data)
{
  const gchar *backend = data;
  const guint frames = strcmp (backend, "auto") || few_will_do () ? 4 : 30;
  const gsize n = (gsize)256 * 256;
  TfcSelfie *selfie = open_selfie (0, backend);
  gfloat *values = g_new (gfloat, n);
  TfcMaskSmooth smooth = {0};

  for (guint i = 1; selfie && i <= frames; i++) {
    gchar *name = g_strdup_printf ("frame_%02u.png", i);
    gchar *path = g_build_filename (g_getenv ("TFC_SHARED"), SEGMENT_GOLDEN "sequence", name, NULL);
    const TfcMaskGrid *grid = tfc_selfie_grid (selfie);
    TfcPicture shown;
    g_assert_true (tfc_picture_load (path, &shown, NULL));
    guint8 *got = selfie_bytes (selfie, &shown.frame, values);
    guint8 *mask = segment_mask ("sequence/masks", name, n),
           *smoothed = segment_mask ("sequence/smoothed", name, n);
    g_test_message ("%s: worst %u, mean %.4f %%, IoU %.4f", name, segment_worst (got, mask, n),
                    100 * segment_difference (got, mask, n), segment_iou (got, mask, n));
    g_assert_cmpuint (segment_worst (got, mask, n), <=, 2);
    tfc_mask_smooth (&smooth, values, 256, 256, i * G_GUINT64_CONSTANT (200000000));
    tfc_mask_resample (grid, values, grid, 0, got);
    g_assert_cmpuint (segment_worst (got, smoothed, n), <=, 2);
    g_free (got), g_free (mask), g_free (smoothed), g_free (name), g_free (path);
    tfc_picture_clear (&shown);
  }
  tfc_mask_smooth_clear (&smooth);
  g_free (values);
  tfc_selfie_close (selfie);
}

int
main (int argc, char **argv)
{
  static const gchar *const formats[] = {NULL, "NV12"};

  g_test_init (&argc, &argv, NULL);
  for (guint b = 0; tfc_backend_nth (b); b++) {
    const gchar *backend = tfc_backend_nth (b)->name;
    for (guint i = 0; i < G_N_ELEMENTS (networks); i++) {
      for (guint f = 0; f < G_N_ELEMENTS (formats); f++) {
        Case *c = g_new (Case, 1);
        gchar *path = g_strdup_printf ("/selfie/%s/%s/%s", networks[i].name,
                                       formats[f] ? formats[f] : "RGB", backend);
        *c = (Case){i, backend, formats[f]};
        g_test_add_data_func_full (path, c, test_pictures, g_free);
        g_free (path);
      }
    }
    gchar *path = g_strdup_printf ("/selfie/sequence/%s", backend);
    g_test_add_data_func (path, backend, test_sequence);
    g_free (path);
  }
  return g_test_run ();
}
