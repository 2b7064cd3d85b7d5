/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "inference/builder/operators.h"

/* Entry i of the spec on an axis of size elements: the first, and how many. */
static gboolean
one_axis (TfcBuilder *b, const TfcStrided *s, guint i, gint64 size, gint32 *first, gint32 *n)
{
  gint64 step = s->stride[i], begin = s->begin[i], end = s->end[i];
  gint64 low = step > 0 ? 0 : -1, high = step > 0 ? size : size - 1;
  if (step == 0)
    return tfc_builder_bad (b, "a stride of 0");
  begin += begin < 0 ? size : 0;
  if (s->shrink >> i & 1) {
    begin = s->begin_mask >> i & 1 ? (step > 0 ? 0 : size - 1) : begin;
    *first = (gint32)begin;
    *n = 1;
    return (begin >= 0 && begin < size) ||
           tfc_builder_bad (b, "element %d of %d", s->begin[i], (gint)size);
  }
  begin = s->begin_mask >> i & 1 ? (step > 0 ? 0 : size - 1) : CLAMP (begin, low, high);
  end += s->offset ? begin : end < 0 ? size : 0;
  end = s->end_mask >> i & 1 ? (step > 0 ? size : -1) : CLAMP (end, low, high);
  gint64 count = step > 0 ? (end - begin + step - 1) / step : (begin - end - step - 1) / -step;
  *first = (gint32)begin;
  *n = (gint32)count;
  return count >= 1 || tfc_builder_unsupported (b, "an empty result");
}

static gboolean
append (TfcBuilder *b, TfcShape *result, gint32 dim)
{
  if (result->rank >= TFC_MAX_RANK)
    return tfc_builder_unsupported (b, "too many dimensions");
  result->dim[result->rank++] = dim;
  return TRUE;
}

/* Entry i covers span axes from *d on; rest: as they are. */
static gboolean
cover (TfcBuilder *b, const TfcStrided *s, guint i, gint span, gboolean rest, const TfcShape *x,
       gint *d, TfcParams *p, TfcShape *cut, TfcShape *result)
{
  if (span < 0 || *d + span > x->rank)
    return tfc_builder_bad (b, "more entries than dimensions");
  for (gint k = 0; k < span; k++, (*d)++) {
    if (!rest && !one_axis (b, s, i, x->dim[*d], &p->slice.begin[*d], &cut->dim[*d]))
      return FALSE;
    p->slice.stride[*d] = rest || cut->dim[*d] == 1 ? 1 : s->stride[i];
    if ((rest || !(s->shrink >> i & 1)) && !append (b, result, cut->dim[*d]))
      return FALSE;
  }
  return TRUE;
}

gboolean
tfc_build_strided_ranges (TfcBuilder *b, const TfcStrided *s, const TfcShape *x, TfcParams *p,
                          TfcShape *cut, TfcShape *result)
{
  gint d = 0, used = 0;
  *p = tfc_params (TFC_OP_SLICE);
  *cut = *x;
  *result = tfc_shape (0);
  if (s->ellipsis & (s->ellipsis - 1))
    return tfc_builder_bad (b, "more than one ellipsis");
  for (guint i = 0; i < s->n; i++)
    used += !((s->ellipsis | s->new_axis) >> i & 1);
  for (guint i = 0; i < s->n || d < x->rank; i++) {
    gboolean rest = i >= s->n || (s->ellipsis >> i & 1);
    gint span = i >= s->n ? x->rank - d : rest ? x->rank - used : 1;
    if (!rest && (s->new_axis >> i & 1)) {
      if (!append (b, result, 1))
        return FALSE;
    } else if (!cover (b, s, i, span, rest, x, &d, p, cut, result)) {
      return FALSE;
    }
  }
  return TRUE;
}

gboolean
tfc_build_strided_lists (TfcBuilder *b, TfcStrided *s, guint begin, guint end, guint stride)
{
  guint n_end = 0, n_stride = 0;
  return tfc_builder_ints (b, begin, "begin", s->begin, TFC_MAX_AXES, &s->n) &&
         tfc_builder_ints (b, end, "end", s->end, TFC_MAX_AXES, &n_end) &&
         tfc_builder_ints (b, stride, "stride", s->stride, TFC_MAX_AXES, &n_stride) &&
         ((n_end == s->n && n_stride == s->n) ||
          tfc_builder_bad (b, "begin, end and strides differ in length"));
}

guint
tfc_build_strided (TfcBuilder *b, guint x, const TfcStrided *s)
{
  TfcParams p;
  TfcShape cut, result;
  if (!tfc_builder_ok (b) ||
      !tfc_build_strided_ranges (b, s, tfc_builder_shape (b, x), &p, &cut, &result))
    return TFC_NONE;
  return tfc_build_reshape (b, tfc_build_slice (b, x, &p, &cut), &result);
}
