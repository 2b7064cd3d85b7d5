/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "gst/lib/gsttfcserialize-private.h"

#define N_EVENT_TYPES (GST_TFC_EVENT_COUNT + 1)
#define N_DIRECTIONS (GST_TFC_DIRECTION_B_TO_A + 1)

void
tfc_write_event (GByteArray *bytes, gconstpointer item)
{
  const GstTfcEvent *e = item;

  tfc_put (bytes, e->type, 1);
  tfc_put (bytes, e->direction, 1);
  tfc_put (bytes, e->track_id, 8);
  tfc_put (bytes, e->dwell, 8);
  tfc_put (bytes, e->count, 4);
  tfc_put_text (bytes, e->zone);
  tfc_put_text (bytes, e->line);
  tfc_put_text (bytes, e->label);
}

/* NULL for an empty one. */
static const gchar *
get_name (TfcReader *r)
{
  const gchar *text = tfc_get_text (r);

  return text && *text ? text : NULL;
}

guint8 *
tfc_read_event (TfcReader *r, gpointer item, guint8 *tail)
{
  GstTfcEvent *e = item;

  *e = (GstTfcEvent){.type = tfc_get_below (r, 1, N_EVENT_TYPES)};
  e->direction = tfc_get_below (r, 1, N_DIRECTIONS);
  e->track_id = tfc_get (r, 8);
  e->dwell = tfc_get (r, 8);
  e->count = tfc_get (r, 4);
  e->zone = get_name (r);
  e->line = get_name (r);
  e->label = get_name (r);
  return tail;
}

void
tfc_write_zone (GByteArray *bytes, gconstpointer item)
{
  const GstTfcZone *z = item;

  tfc_put (bytes, z->is_line != FALSE, 1);
  tfc_put (bytes, z->count, 4);
  tfc_put (bytes, z->count_a_b, 8);
  tfc_put (bytes, z->count_b_a, 8);
  tfc_put_text (bytes, z->name);
  tfc_put (bytes, z->n_points, 1);
  tfc_put_floats (bytes, (const gfloat *)z->points, 3 * (gsize)z->n_points);
}

guint8 *
tfc_read_zone (TfcReader *r, gpointer item, guint8 *tail)
{
  GstTfcZone *z = item;
  gfloat *values = (gpointer)tail;

  *z = (GstTfcZone){.is_line = (gboolean)tfc_get_below (r, 1, 2)};
  z->count = tfc_get (r, 4);
  z->count_a_b = tfc_get (r, 8);
  z->count_b_a = tfc_get (r, 8);
  z->name = tfc_get_text (r);
  z->n_points = tfc_get_below (r, 1, TFC_ZONE_MAX_POINTS + 1);

  z->points = (gpointer)tail;
  if (r->bad || z->n_points > r->left / sizeof *z->points) {
    r->bad = TRUE;
    return tail;
  }
  tfc_get_floats (r, values, 3 * (gsize)z->n_points);
  return tail + z->n_points * sizeof *z->points;
}
