/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* BlazePose's own mask: against the reference's, on a turned picture, over time, and squares of all
 * turns. */
#include "models/mask/mask_warp.h"

#include <math.h>
#include <string.h>

#include "tests/models/body/pose-golden.h"

#define SECOND G_GUINT64_CONSTANT (1000000000)

/* The mask at every pixel of a frame of that size. g_free. */
static guint8 *
spread (const TfcMask *mask, guint width, guint height)
{
  const gdouble step_x = mask->region.w * (gdouble)width / mask->width;
  const gdouble step_y = mask->region.h * (gdouble)height / mask->height;
  const TfcMaskGrid from = {mask->width, mask->height,
                            step_x,      mask->region.x * (gdouble)width - 0.5 + step_x / 2,
                            step_y,      mask->region.y * (gdouble)height - 0.5 + step_y / 2};
  const TfcMaskGrid to = {width, height, 1, 0, 1, 0};
  const gsize n = (gsize)mask->width * mask->height;
  gfloat *values = g_new (gfloat, n);
  guint8 *all = g_malloc ((gsize)width * height);

  for (gsize i = 0; i < n; i++)
    values[i] = mask->data[i] / 255.f;
  tfc_mask_resample (&from, values, &to, 0, all);
  g_free (values);
  return all;
}

/* Mean difference, 0..1, and intersection over union of what is above the middle. */
static void
compare (const guint8 *a, const guint8 *b, gsize n, gdouble *difference, gdouble *iou)
{
  gdouble sum = 0, both = 0, any = 0;

  for (gsize i = 0; i < n; i++) {
    sum += abs (a[i] - b[i]);
    both += a[i] > 127 && b[i] > 127;
    any += a[i] > 127 || b[i] > 127;
  }
  *difference = sum / 255 / (gdouble)n;
  *iou = both / any;
}

static guint8 *
mask_of (TfcPosePipeline *pipeline, const TfcFrame *frame)
{
  TfcPoseOptions options = TFC_POSE_DEFAULTS;
  TfcPose poses[TFC_MAX_POSES];

  options.mask = TRUE;
  tfc_pose_use_state (pipeline, NULL);
  g_assert_cmpint (tfc_pose_run (pipeline, frame, G_MAXUINT64, &options, poses, NULL, NULL), ==, 1);
  g_assert_nonnull (tfc_pose_mask (pipeline));
  return spread (tfc_pose_mask (pipeline), frame->width, frame->height);
}

static TfcPosePipeline *
open_lite (gboolean graph)
{
  TfcPosePipeline *p = graph ? pose_open (TFC_POSE_BLAZEPOSE, "pose/blazepose_lite_graphmodel",
                                          "pose/blazepose_detector_graphmodel", "auto")
                             : pose_open (TFC_POSE_BLAZEPOSE, "pose/blazepose_lite",
                                          "pose/blazepose_detector", "auto");
  g_assert_true (tfc_pose_has_mask (p));
  return p;
}

/* The package's answer; on a grid of twice the resolution it would be 0.001 and 0.998 near. And
 * with the .tflite files, whose mask has no sigmoid and whose detector, of another training, shows
 * the network another square. */
static void
test_golden (gconstpointer graph)
{
  TfcPicture rgb = {0}, want = {0};
  gdouble difference, iou;

  if (!pose_picture ("media/squat", &rgb) ||
      !pose_picture ("tensors/squat.blazepose_lite.segmentation", &want))
    return;
  const guint width = rgb.frame.width, height = rgb.frame.height;
  const gsize n = (gsize)width * height;
  TfcPosePipeline *pipeline = open_lite (graph != NULL);
  g_autofree guint8 *ours = mask_of (pipeline, &rgb.frame);
  g_autofree guint8 *golden = g_malloc (n);
  for (gsize i = 0; i < n; i++)
    golden[i] = want.frame.plane[0][i / width * (gsize)want.frame.stride[0] + i % width * 3];
  compare (ours, golden, n, &difference, &iou);
  g_test_message ("mean difference %.5f, intersection over union %.5f", difference, iou);
  g_assert_cmpfloat (difference, <=, graph ? 0.005 : 0.01);
  g_assert_cmpfloat (iou, >=, graph ? 0.985 : 0.95);
  tfc_pose_close (pipeline);
  tfc_picture_clear (&rgb);
  tfc_picture_clear (&want);
}

/* A picture on its side has the mask on its side. */
static void
test_turned (void)
{
  TfcPicture upright = {0}, turned = {0};
  gdouble difference, clockwise, back;

  if (!pose_picture ("media/tree_pose", &upright) ||
      !pose_picture ("media/tree_pose_rot90", &turned))
    return;
  const guint width = upright.frame.width, height = upright.frame.height;
  TfcPosePipeline *pipeline = open_lite (FALSE);
  g_autofree guint8 *a = mask_of (pipeline, &upright.frame);
  TfcPosePipeline *other = open_lite (FALSE);
  g_autofree guint8 *b = mask_of (other, &turned.frame);
  g_autofree guint8 *c = g_malloc ((gsize)width * height);
  g_autofree guint8 *d = g_malloc ((gsize)width * height);
  g_assert_cmpuint (turned.frame.width, ==, height);
  for (guint y = 0; y < height; y++)
    for (guint x = 0; x < width; x++) {
      c[y * width + x] = b[x * height + height - 1 - y];
      d[y * width + x] = b[(width - 1 - x) * height + y];
    }
  compare (a, c, (gsize)width * height, &difference, &clockwise);
  compare (a, d, (gsize)width * height, &difference, &back);
  g_test_message ("intersection over union %.4f or %.4f", clockwise, back);
  g_assert_cmpfloat (MAX (clockwise, back), >=, 0.9);
  tfc_pose_close (pipeline);
  tfc_pose_close (other);
  tfc_picture_clear (&upright);
  tfc_picture_clear (&turned);
}

/* Nobody: there is no mask, nor where it is not asked for, nor of other networks. */
static void
test_none (void)
{
  TfcPoseOptions options = TFC_POSE_DEFAULTS;
  TfcPose poses[TFC_MAX_POSES];
  TfcPicture nobody = {0}, squat = {0};

  if (!pose_picture ("media/no_person", &nobody) || !pose_picture ("media/squat", &squat))
    return;
  TfcPosePipeline *pipeline = open_lite (FALSE);
  tfc_pose_run (pipeline, &squat.frame, SECOND, &options, poses, NULL, NULL);
  g_assert_null (tfc_pose_mask (pipeline));
  options.mask = TRUE;
  tfc_pose_run (pipeline, &squat.frame, 2 * SECOND, &options, poses, NULL, NULL);
  g_assert_nonnull (tfc_pose_mask (pipeline));
  g_assert_cmpint (tfc_pose_run (pipeline, &nobody.frame, 3 * SECOND, &options, poses, NULL, NULL),
                   ==, 0);
  g_assert_null (tfc_pose_mask (pipeline));
  tfc_pose_close (pipeline);
  pipeline = pose_open (TFC_POSE_MOVENET, "pose/movenet_lightning", NULL, "auto");
  g_assert_false (tfc_pose_has_mask (pipeline));
  tfc_pose_close (pipeline);
  tfc_picture_clear (&nobody);
  tfc_picture_clear (&squat);
}

/* A person in the right half of the square, as the square sees it. */
static void
fill_half (gfloat *values)
{
  for (guint i = 0; i < TFC_WARPED_MASK * TFC_WARPED_MASK; i++)
    values[i] = i % TFC_WARPED_MASK >= TFC_WARPED_MASK / 2 ? 1 : 0;
}

/* Squares of all turns, partly outside: half of each is the person, on the right side, and the rim
 * is nobody's. */
static void
test_turns (void)
{
  const TfcFrame frame = tfc_frame_rgb (NULL, 400, 300);
  gfloat *values = g_new (gfloat, TFC_WARPED_MASK * TFC_WARPED_MASK);
  TfcMaskWarp warp = {0};
  TfcMask mask;

  fill_half (values);
  for (guint turn = 0; turn < 24; turn++) {
    const TfcRegion square = {150 - 10. * turn, 120, 160, turn * G_PI / 12};
    gdouble sum[2] = {0, 0};
    tfc_mask_warp (&warp, values, FALSE, &square, &frame, G_MAXUINT64, FALSE, &mask);
    const gdouble step_x = mask.region.w * 400. / mask.width,
                  step_y = mask.region.h * 300. / mask.height;
    for (guint i = 0; i < mask.width * mask.height; i++) {
      const guint column = i % mask.width, row = i / mask.width;
      const gdouble x = mask.region.x * 400. - 0.5 + (column + 0.5) * step_x - square.cx;
      const gdouble y = mask.region.y * 300. - 0.5 + (row + 0.5) * step_y - square.cy;
      sum[x * cos (square.angle) + y * sin (square.angle) > 0] += mask.data[i] / 255.;
      if (column == 0 || row == 0 || column + 1 == mask.width || row + 1 == mask.height)
        g_assert_cmpuint (mask.data[i], ==, 0);
    }
    g_assert_cmpfloat_with_epsilon (sum[1] * step_x * step_y, 160 * 160 / 2., 120);
    g_assert_cmpfloat (sum[0] * step_x * step_y, <, 120);
  }
  tfc_mask_warp_clear (&warp);
  g_free (values);
}

/* The middle value after a mask of `before` and one of `now`, whose squares lie apart by move
 * pixels and whose times by ns. */
static guint8
after (gfloat before, gfloat now, gdouble move, guint64 ns, gboolean smoothing, guint width)
{
  const guint n = TFC_WARPED_MASK * TFC_WARPED_MASK;
  const TfcFrame first = tfc_frame_rgb (NULL, 400, 300), second = tfc_frame_rgb (NULL, width, 300);
  TfcRegion square = {200, 150, 128, 0};
  gfloat *values = g_new (gfloat, n);
  TfcMaskWarp warp = {0};
  TfcMask mask;

  for (guint i = 0; i < n; i++)
    values[i] = before;
  tfc_mask_warp (&warp, values, FALSE, &square, &first, SECOND, smoothing, &mask);
  for (guint i = 0; i < n; i++)
    values[i] = now;
  square.cx += move;
  tfc_mask_warp (&warp, values, FALSE, &square, &second, SECOND + ns, smoothing, &mask);
  const guint8 value = mask.data[mask.width * (mask.height / 2) + mask.width / 2];
  tfc_mask_warp_clear (&warp);
  g_free (values);
  return value;
}

static void
test_smoothing (void)
{
  const guint64 frame = SECOND / 30;

  g_assert_cmpuint (after (1, 0.5f, 0, frame, TRUE, 400), ==, 217); /* 0.5 + 0.5 * 0.7 */
  g_assert_cmpuint (after (1, 0.5f, 30, frame, TRUE, 400), ==, 217);
  g_assert_cmpuint (after (1, 0.5f, 200, frame, TRUE, 400), ==, 38); /* nobody was there */
  g_assert_cmpuint (after (0, 1, 0, frame, TRUE, 400), ==, 255);
  g_assert_cmpuint (after (NAN, 0.5f, 0, frame, TRUE, 400), ==, 38);
  g_assert_cmpuint (after (1, 0.5f, 0, frame, FALSE, 400), ==, 128);
  g_assert_cmpuint (after (1, 0.5f, 0, 2 * SECOND, TRUE, 400), ==, 128);
  g_assert_cmpuint (after (1, 0.5f, 0, frame, TRUE, 500), ==, 128);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/pose-mask/golden/graphmodel", GUINT_TO_POINTER (1), test_golden);
  g_test_add_data_func ("/pose-mask/golden/tflite", NULL, test_golden);
  g_test_add_func ("/pose-mask/turned", test_turned);
  g_test_add_func ("/pose-mask/none", test_none);
  g_test_add_func ("/pose-mask/turns", test_turns);
  g_test_add_func ("/pose-mask/smoothing", test_smoothing);
  return g_test_run ();
}
