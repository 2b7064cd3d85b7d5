/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* The lines of track-detect, read back. */
#include <stdio.h>

#include "models/tracking/motion_tracks.h"

typedef struct {
  guint64 pts;
  guint width, height, first, n; /* its boxes among all */
  TfcMotionCue scene;
} TrackFrame;

typedef struct {
  GArray *frames;    /* TrackFrame */
  GArray *found;     /* TfcDetection of all frames */
  GArray *cues;      /* TfcMotionCue of all frames */
  GPtrArray *labels; /* by class; NULL where unknown */
} TrackFile;

/* Without frames. */
TrackFile *track_file_new (void);
/* Ends the program where a line is wrong. */
TrackFile *track_file_read (FILE *file);
void track_file_free (TrackFile *file);
const gchar *track_file_label (const TrackFile *file, gint class_id);
