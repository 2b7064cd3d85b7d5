/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tests/models/detection/custom-check.h"

#include <math.h>
#include <string.h>
#include "inference/error.h"

TfcSsd *
open_with (const gchar *path, const gchar *labels, const gchar *anchors, GError **error)
{
  const TfcModelOptions options = {"reference", NULL};
  const TfcSsdFiles files = {path, labels, anchors};

  return tfc_ssd_open_files (&files, &options, error);
}

TfcSsd *
open_good (const gchar *path)
{
  GError *error = NULL;
  TfcSsd *ssd = open_with (path, NULL, NULL, &error);

  g_assert_no_error (error);
  return ssd;
}

TfcDetection
see (TfcSsd *ssd, gfloat threshold)
{
  guint8 pixels[48] = {0};
  TfcFrame frame = tfc_frame_rgb (pixels, 4, 4);
  TfcSsdOptions options = TFC_SSD_DEFAULTS;
  TfcDetection out[12];
  GError *error = NULL;

  pixels[20] = 255;
  pixels[22] = 192;
  pixels[23] = 64;
  options.score_threshold = threshold;
  g_assert_cmpint (tfc_ssd_run (ssd, &frame, &options, out, 12, NULL, &error), ==, 1);
  g_assert_no_error (error);
  return out[0];
}
