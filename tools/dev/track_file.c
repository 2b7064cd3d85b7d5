/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include <string.h>

#include "tools/dev/track_file.h"

#define CLASSES 10000

static TfcMotionCue
parse_cue (const gchar *text)
{
  TfcMotionCue cue = {.known = strlen (text) == 2 * sizeof cue.bin};
  for (guint i = 0; cue.known && i < sizeof cue.bin; i++)
    cue.bin[i] =
        (guint8)(g_ascii_xdigit_value (text[2 * i]) << 4 | g_ascii_xdigit_value (text[2 * i + 1]));
  return cue;
}

static void
keep_label (TrackFile *f, gint class_id, const gchar *label)
{
  if (class_id < 0 || class_id >= CLASSES)
    return;
  if (f->labels->len <= (guint)class_id)
    g_ptr_array_set_size (f->labels, class_id + 1);
  if (!f->labels->pdata[class_id])
    f->labels->pdata[class_id] = g_strdup (label);
}

static gboolean
parse_line (TrackFile *f, const gchar *line)
{
  static gchar cue[1000], label[200];
  TrackFrame frame = {.first = f->found->len};
  TfcDetection d = {0};
  if (sscanf (line, "frame %" G_GUINT64_FORMAT " %u %u %999s", &frame.pts, &frame.width,
              &frame.height, cue) == 4) {
    frame.scene = parse_cue (cue);
    g_array_append_val (f->frames, frame);
    return TRUE;
  }
  if (!f->frames->len || sscanf (line, "box %d %f %f %f %f %f %999s %199[^\n]", &d.class_id,
                                 &d.score, &d.box.x, &d.box.y, &d.box.w, &d.box.h, cue, label) != 8)
    return FALSE;
  TrackFrame *last = &g_array_index (f->frames, TrackFrame, f->frames->len - 1);
  TfcMotionCue look = parse_cue (cue);
  look.known &= last->n++ < TFC_MOTION_CUES; /* as in tfcdetect */
  g_array_append_val (f->found, d);
  g_array_append_val (f->cues, look);
  keep_label (f, d.class_id, label);
  return TRUE;
}

TrackFile *
track_file_new (void)
{
  TrackFile *f = g_new0 (TrackFile, 1);
  f->frames = g_array_new (FALSE, FALSE, sizeof (TrackFrame));
  f->found = g_array_new (FALSE, FALSE, sizeof (TfcDetection));
  f->cues = g_array_new (FALSE, FALSE, sizeof (TfcMotionCue));
  f->labels = g_ptr_array_new_with_free_func (g_free);
  return f;
}

TrackFile *
track_file_read (FILE *file)
{
  TrackFile *f = track_file_new ();
  gchar line[2000];
  guint number = 0;
  while (fgets (line, sizeof line, file)) {
    number++;
    if (!parse_line (f, line))
      g_error ("line %u is none of track-detect's", number);
  }
  return f;
}

void
track_file_free (TrackFile *f)
{
  g_array_unref (f->frames);
  g_array_unref (f->found);
  g_array_unref (f->cues);
  g_ptr_array_unref (f->labels);
  g_free (f);
}

const gchar *
track_file_label (const TrackFile *f, gint class_id)
{
  const gchar *label =
      class_id >= 0 && (guint)class_id < f->labels->len ? f->labels->pdata[class_id] : NULL;
  return label ? label : "?";
}
