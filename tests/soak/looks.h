/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* The pictures that soak's cameras see: a few photos, each in every look (format and size), made once at
 * the start so that the loop itself converts and allocates nothing. */
#include <gst/gst.h>

typedef struct {
  GstCaps *caps; /* without a rate */
  guint n_frames;
  GstBuffer **frames; /* one a photo, the same order in every look; never written to */
} Look;

typedef struct {
  guint n;
  Look *looks;
  gchar *sum; /* over all pixels */
} Looks;

/* photos: PNG files; n_photos 0 gives test patterns. Ends the process if a file cannot be read. */
Looks *looks_new (gchar **photos, guint n_photos);
/* Nobody wrote to a picture. */
gboolean looks_are_untouched (const Looks *looks);
/* A buffer of its own around the picture's memory, without times. (transfer full) */
GstBuffer *look_frame (const Look *look, guint photo);
void looks_free (Looks *looks);
