/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/detection/regions_private.h"

#include <string.h>

/* Sides of a crop, in sides of the network's input. */
static const gfloat sides[] = {0.5f, 0.7f, 1, 1.4f, 2, 3, 4};
#define N_SIDES G_N_ELEMENTS (sides)
#define PLACES 5      /* along each axis, of a crop around an interest */
#define MARGIN 0.3f   /* of its size that an object has around it in a crop */
#define ROUNDS 2      /* in which each crop is chosen again, now that the others are known */
#define WORTH 0.05f   /* that a crop must add to what is seen of an interest */
#define BETTER 1.001f /* more than rounding */

/* A crop, but for its place. */
typedef struct {
  gfloat w, h;
  const TfcBox *area;
} Shape;

/* While crops are chosen. */
typedef struct {
  guint n, n_shapes;
  const TfcInterest *interests;
  Shape shape[TFC_MAX_AREAS * N_SIDES];
  TfcBox box[TFC_MAX_AREAS][TFC_MAX_INTERESTS]; /* with margins, as far as the area goes */
  gfloat sight[TFC_MAX_AREAS * N_SIDES][TFC_MAX_INTERESTS]; /* of each interest in each shape */
  gfloat seen[TFC_MAX_INTERESTS];    /* by the crops that are chosen, or by the whole frame */
  gfloat unaided[TFC_MAX_INTERESTS]; /* by the whole frame */
  guint chosen[TFC_MAX_REGIONS];     /* shapes of the crops that are chosen */
} Choice;

/* Of people, by tools/dev/score-regions --crops: the share of those so large that was found. */
static const struct {
  gfloat pixels, sight;
} known[] = {{6, 0},      {11, 0.3f},  {15, 0.47f}, {18, 0.62f}, {25, 0.69f},
             {34, 0.78f}, {45, 0.93f}, {70, 1},     {200, 1},    {300, 0}};

gfloat
tfc_region_sight (gfloat pixels)
{
  guint i = 0;

  if (!(pixels > known[0].pixels))
    return 0;
  while (i < G_N_ELEMENTS (known) && pixels > known[i].pixels)
    i++;
  if (i == G_N_ELEMENTS (known))
    return 0;
  return known[i - 1].sight + (known[i].sight - known[i - 1].sight) *
                                  (pixels - known[i - 1].pixels) /
                                  (known[i].pixels - known[i - 1].pixels);
}

gboolean
tfc_crop_covers (const TfcBox *crop, const TfcBox *box)
{
  return box->x >= crop->x && box->y >= crop->y && box->x + box->w <= crop->x + crop->w &&
         box->y + box->h <= crop->y + crop->h;
}

/* box with some room around, as far as area goes. */
static TfcBox
with_margin (const TfcBox *box, const TfcBox *area)
{
  const gfloat x = MAX (box->x - MARGIN * box->w, area->x),
               y = MAX (box->y - MARGIN * box->h, area->y);

  return (TfcBox){x, y, MIN (box->x + (1 + MARGIN) * box->w, area->x + area->w) - x,
                  MIN (box->y + (1 + MARGIN) * box->h, area->y + area->h) - y};
}

/* Of the frame's pixels how many of the network's become. A view that is squeezed shows less than
 * its narrower axis says. */
static gfloat
pixels_in (const TfcRegionFrame *f, gfloat pixels, const TfcBox *view)
{
  const gfloat x = (gfloat)f->input_width / (view->w * (gfloat)f->width),
               y = (gfloat)f->input_height / (view->h * (gfloat)f->height), least = MIN (x, y);

  return pixels * least * least / MAX (x, y);
}

void
tfc_region_scale (const TfcRegionFrame *f, TfcCrop *crop)
{
  crop->width = pixels_in (f, (gfloat)f->width, &crop->box);
  crop->height = pixels_in (f, (gfloat)f->height, &crop->box);
}

/* ---- what there is to choose from ---- */

static void
add_shapes (Choice *c, const TfcRegionFrame *f, guint a)
{
  for (guint i = 0; i < N_SIDES; i++) {
    const TfcBox *area = &f->areas[a];
    const gfloat w = sides[i] * (gfloat)f->input_width / (gfloat)f->width,
                 h = sides[i] * (gfloat)f->input_height / (gfloat)f->height;
    if (w >= area->w && h >= area->h)
      break;
    c->shape[c->n_shapes++] = (Shape){MIN (w, area->w), MIN (h, area->h), area};
  }
}

static void
look_at_interests (Choice *c, const TfcRegionFrame *f)
{
  for (guint i = 0; i < c->n; i++) {
    c->unaided[i] = 0;
    for (guint a = 0; a < f->n_areas; a++) {
      const gfloat pixels = pixels_in (f, c->interests[i].pixels, &f->areas[a]);
      c->box[a][i] = with_margin (&c->interests[i].box, &f->areas[a]);
      if (f->whole && tfc_crop_covers (&f->areas[a], &c->box[a][i]))
        c->unaided[i] = MAX (c->unaided[i], tfc_region_sight (pixels));
    }
    for (guint s = 0; s < c->n_shapes; s++) {
      const TfcBox view = {0, 0, c->shape[s].w, c->shape[s].h};
      c->sight[s][i] = tfc_region_sight (pixels_in (f, c->interests[i].pixels, &view));
    }
  }
}

/* ---- choosing ---- */

/* What a crop of shape s adds to what is seen. boxes: of the shape's area. */
static gfloat
gain (const Choice *c, guint s, const TfcBox *boxes, const TfcBox *crop)
{
  gfloat sum = 0;

  for (guint i = 0; i < c->n; i++)
    if (c->sight[s][i] > c->seen[i] + WORTH && tfc_crop_covers (crop, &boxes[i]))
      sum += c->interests[i].weight * (c->sight[s][i] - c->seen[i]);
  return sum;
}

/* Of the crops of shape s that have box at an edge, or in their middle, the one that adds more than
 * *value. */
static void
try_around (const Choice *c, guint s, const TfcBox *boxes, const TfcBox *box, TfcBox *best,
            gfloat *value)
{
  const Shape *shape = &c->shape[s];
  const TfcBox *area = shape->area;
  const gfloat room_x = shape->w - box->w, room_y = shape->h - box->h;

  if (room_x < 0 || room_y < 0)
    return;
  for (guint p = 0; p < PLACES * PLACES; p++) {
    const gfloat x = box->x - room_x * (gfloat)(p % PLACES) / (PLACES - 1),
                 y = box->y - room_y * (gfloat)(p / PLACES) / (PLACES - 1);
    const TfcBox crop = {MAX (MIN (x, area->x + area->w - shape->w), area->x),
                         MAX (MIN (y, area->y + area->h - shape->h), area->y), shape->w, shape->h};
    const gfloat v = gain (c, s, boxes, &crop);
    if (v > *value * BETTER) {
      *value = v;
      *best = crop;
    }
  }
}

/* FALSE: none adds anything. */
static gboolean
choose_one (Choice *c, const TfcRegionFrame *f, TfcCrop *crop, guint *shape)
{
  gfloat value = 0;

  for (guint s = 0; s < c->n_shapes; s++) {
    const guint a = (guint)(c->shape[s].area - f->areas);
    for (guint i = 0; i < c->n; i++) {
      const gfloat before = value;
      if (c->sight[s][i] > c->seen[i] + WORTH && c->box[a][i].w > 0 && c->box[a][i].h > 0)
        try_around (c, s, c->box[a], &c->box[a][i], &crop->box, &value);
      if (value > before) {
        crop->area = *c->shape[s].area;
        *shape = s;
      }
    }
  }
  return value > 0;
}

/* What is seen with the crops but one; without: n for all. */
static void
see (Choice *c, const TfcRegionFrame *f, const TfcCrop *crops, guint n, guint without)
{
  memcpy (c->seen, c->unaided, c->n * sizeof *c->seen);
  for (guint k = 0; k < n; k++) {
    const TfcBox *boxes = c->box[c->shape[c->chosen[k]].area - f->areas];
    for (guint i = 0; k != without && i < c->n; i++)
      if (tfc_crop_covers (&crops[k].box, &boxes[i]))
        c->seen[i] = MAX (c->seen[i], c->sight[c->chosen[k]][i]);
  }
}

guint
tfc_regions_choose (const TfcRegionFrame *f, const TfcInterest *interests, guint n, guint max,
                    TfcCrop *crops)
{
  Choice c = {.n = n, .interests = interests};
  guint chosen = 0;

  for (guint a = 0; a < f->n_areas; a++)
    add_shapes (&c, f, a);
  look_at_interests (&c, f);
  do
    see (&c, f, crops, chosen, chosen);
  while (chosen < max && choose_one (&c, f, &crops[chosen], &c.chosen[chosen]) && ++chosen);
  for (guint k = 0; chosen > 1 && k < ROUNDS * chosen; k++) {
    see (&c, f, crops, chosen, k % chosen);
    choose_one (&c, f, &crops[k % chosen], &c.chosen[k % chosen]);
  }
  return chosen;
}
