/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tests/models/detection/ssd-check.h"

#include "tests/models/photo.h"

TfcSsd *
open_detect (const gchar *backend, guint threads)
{
  gchar *path = golden_path (DETECT);
  TfcPool *pool = tfc_pool_new_uncut (threads);
  TfcModelOptions options = {backend, pool};
  GError *error = NULL;
  TfcSsd *ssd = NULL;

  if (path) {
    ssd = tfc_ssd_open (path, NULL, &options, &error);
    g_assert_no_error (error);
    g_assert_nonnull (ssd);
  }
  tfc_pool_unref (pool);
  g_free (path);
  return ssd;
}
