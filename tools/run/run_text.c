/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tools/run/run.h"

#include <math.h>
#include <string.h>

#define MAX_VALUES 1000
#define MAX_TEXT 32 /* of one number */

/* Of the types that values have at run time (tensor.h). */
static gdouble
value_at (const TfcTensor *tensor, gsize index)
{
  switch (tensor->type) {
    case TFC_TYPE_F32:
      return ((const gfloat *)tensor->data)[index];
    case TFC_TYPE_I32:
      return ((const gint32 *)tensor->data)[index];
    case TFC_TYPE_I8:
      return ((const gint8 *)tensor->data)[index];
    default:
      return ((const guint8 *)tensor->data)[index];
  }
}

/* Nine digits tell every float32 from its neighbours; an int32 has ten. */
static void
append_number (GString *to, const TfcTensor *tensor, gdouble value)
{
  gchar text[MAX_TEXT];
  const gchar *format = tensor->type == TFC_TYPE_F32 ? "%.9g" : "%.10g";
  g_string_append (to, g_ascii_formatd (text, sizeof text, format, value));
}

static void
append_range (GString *to, const TfcTensor *tensor)
{
  gdouble least = INFINITY, greatest = -INFINITY, sum = 0;
  const gsize count = tfc_tensor_count (tensor);
  gsize finite = 0;
  for (gsize i = 0; i < count; i++) {
    const gdouble value = value_at (tensor, i);
    if (!isfinite (value))
      continue;
    least = MIN (least, value);
    greatest = MAX (greatest, value);
    sum += value;
    finite++;
  }
  if (finite) {
    gchar mean[MAX_TEXT];
    g_string_append (to, "  min ");
    append_number (to, tensor, least);
    g_string_append (to, "  max ");
    append_number (to, tensor, greatest);
    g_string_append_printf (to, "  mean %s",
                            g_ascii_formatd (mean, sizeof mean, "%.6g", sum / (gdouble)finite));
  }
  if (finite < count)
    g_string_append_printf (to, "  not finite %" G_GSIZE_FORMAT, count - finite);
}

void
tfc_run_describe (GString *to, const gchar *kind, guint index, const gchar *name,
                  const TfcTensor *tensor)
{
  gchar *printable = tfc_printable (name), scale[MAX_TEXT], shape[96];
  g_string_append_printf (to, "%-6s %u  '%s'  %s  %s", kind, index, printable,
                          tfc_type_name (tensor->type), tfc_shape_print (&tensor->shape, shape));
  if (tensor->quant.scale > 0 && tensor->quant.n_channels == 0)
    g_string_append_printf (to, "  scale %s  zero point %d",
                            g_ascii_formatd (scale, sizeof scale, "%.9g", tensor->quant.scale),
                            tensor->quant.zero_point);
  append_range (to, tensor);
  g_string_append_c (to, '\n');
  g_free (printable);
}

/* How many lists begin before the element, and end behind the one before it: those of the last axes
 * at whose start it is. */
static gint
lists_at (const TfcShape *shape, gsize index)
{
  gint lists = 0;
  for (gint axis = shape->rank - 1; axis >= 0; axis--) {
    if (index % (gsize)shape->dim[axis])
      break;
    index /= (gsize)shape->dim[axis];
    lists++;
  }
  return lists;
}

static void
append_times (GString *to, gchar c, gint times)
{
  for (gint i = 0; i < times; i++)
    g_string_append_c (to, c);
}

void
tfc_run_print_values (GString *to, const TfcTensor *tensor)
{
  const gsize count = tfc_tensor_count (tensor), shown = MIN (count, MAX_VALUES);
  for (gsize i = 0; i < shown; i++) {
    const gint lists = lists_at (&tensor->shape, i);
    if (i) {
      append_times (to, ']', lists);
      g_string_append (to, ", ");
    }
    append_times (to, '[', lists);
    append_number (to, tensor, value_at (tensor, i));
  }
  if (shown <
      count) { /* the lists that end here are closed before the dots, the others behind them */
    const gint closed = lists_at (&tensor->shape, shown);
    append_times (to, ']', closed);
    g_string_append (to, ", ...");
    append_times (to, ']', tensor->shape.rank - closed);
  } else if (count) {
    append_times (to, ']', tensor->shape.rank);
  }
  g_string_append_c (to, '\n');
}
