/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Zones and lines with their counters: edges, an arrow from side a of a line to side b, a caption.
 */
#include "overlay/strokes.h"
#include <math.h>

#define EMPTY 0xffffc400
#define OCCUPIED 0xff2ecc40
#define LINE 0xff00b8ff
#define PAPER 0xb0000000
#define INK 0xffffffff
#define ARROW 14 /* pixels of a picture whose shorter side has 480 */

static void
place (const TfcLayout *layout, const TfcPoint *p, gdouble at[2])
{
  at[0] = (layout->style.mirror ? 1.0 - p->x : p->x) * layout->width;
  at[1] = (gdouble)p->y * layout->height;
}

static void
lay_edges (TfcLayout *layout, const TfcDrawnZone *zone, guint32 color, gdouble width)
{
  const guint n = zone->is_line ? 1 : zone->n_points;
  gdouble from[2], to[2];

  for (guint i = 0; i < n; i++) {
    place (layout, &zone->points[i], from);
    place (layout, &zone->points[(i + 1) % zone->n_points], to);
    tfc_lay_line (layout, color, from, to, width);
  }
}

/* From the middle of the line to the right of one who goes along it, which is the left in a mirror.
 */
static void
lay_arrow (TfcLayout *layout, const TfcDrawnZone *line, gdouble width)
{
  const gdouble length = ARROW * layout->scale, head = length / 3;
  gdouble from[2], to[2], middle[2], tip[2];

  place (layout, &line->points[0], from);
  place (layout, &line->points[1], to);
  const gdouble dx = to[0] - from[0], dy = to[1] - from[1], whole = hypot (dx, dy);
  if (!(whole > 0))
    return;
  const gdouble turn = (layout->style.mirror ? -1 : 1) / whole, nx = -dy * turn, ny = dx * turn;
  for (guint i = 0; i < 2; i++) {
    middle[i] = (from[i] + to[i]) / 2;
    tip[i] = middle[i] + length * (i ? ny : nx);
  }
  tfc_lay_line (layout, LINE, middle, tip, width);
  for (gint side = -1; side <= 1; side += 2) {
    const gdouble back[2] = {tip[0] - head * nx + side * head * dx / whole,
                             tip[1] - head * ny + side * head * dy / whole};
    tfc_lay_line (layout, LINE, tip, back, width);
  }
}

/* Numbers first: they are put together from characters, and the name is kept whole. */
static gsize
caption (TfcLayout *layout, const TfcDrawnZone *zone)
{
  const gsize at = layout->texts->len;

  if (zone->is_line)
    g_string_append_printf (layout->texts,
                            "a>b %" G_GUINT64_FORMAT "  b>a %" G_GUINT64_FORMAT " " TFC_TEXT_JOIN,
                            zone->count_a_b, zone->count_b_a);
  else
    g_string_append_printf (layout->texts, "%u " TFC_TEXT_JOIN, zone->count);
  tfc_stroke_text (layout, zone->name ? zone->name : "");
  return at;
}

/* At the first point, inside the picture. */
static void
lay_caption (TfcLayout *layout, const TfcDrawnZone *zone)
{
  TfcFont *font = &layout->overlay->small_font;
  const gint margin = (gint)rint (4 * layout->scale),
             height = font->ascent + font->descent + margin;
  const gsize text = caption (layout, zone);
  const gint width = tfc_font_measure (font, layout->texts->str + text).width + 2 * margin;
  gdouble at[2];
  TfcStroke *stroke;

  place (layout, &zone->points[0], at);
  const gdouble x = rint (CLAMP (at[0], 0, MAX ((gdouble)layout->width - width, 0)));
  const gdouble y = rint (CLAMP (at[1], 0, MAX ((gdouble)layout->height - height, 0)));
  tfc_stroke_add (layout, TFC_STROKE_FILL, PAPER, x, y, x + width, y + height);
  stroke = tfc_stroke_add (layout, TFC_STROKE_CAPTION, INK, x, y, x + width, y + height);
  if (!stroke)
    return;
  stroke->text = text;
  stroke->x = (gint)x + margin;
  stroke->y = (gint)y + margin / 2 + font->ascent;
}

static gboolean
is_drawable (const TfcDrawnZone *zone)
{
  if (zone->n_points < (zone->is_line ? 2 : 3))
    return FALSE;
  for (guint i = 0; i < zone->n_points; i++) {
    if (!(fabsf (zone->points[i].x) < 100) || !(fabsf (zone->points[i].y) < 100))
      return FALSE;
  }
  return TRUE;
}

void
tfc_lay_zones (TfcLayout *layout, const TfcAnnotations *annotations)
{
  const gdouble width = MAX (layout->style.box_width * layout->scale * 2 / 3, 1);

  for (guint i = 0; layout->style.draw_zones && i < annotations->n_zones; i++) {
    const TfcDrawnZone *zone = &annotations->zones[i];
    if (!is_drawable (zone))
      continue;
    lay_caption (layout, zone);
    lay_edges (layout, zone, zone->is_line ? LINE : zone->count ? OCCUPIED : EMPTY, width);
    if (zone->is_line)
      lay_arrow (layout, zone, width);
  }
}
