/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "gst/util/gsttfcflags.h"
#include <gst/gst.h>

/* A nick, a name or a number. */
static gboolean
add_flag (GFlagsClass *klass, const gchar *text, guint *flags)
{
  const GFlagsValue *value = g_flags_get_value_by_nick (klass, text);
  guint64 number = 0;

  if (!value)
    value = g_flags_get_value_by_name (klass, text);
  if (!value && !g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT, &number, NULL) &&
      !(g_str_has_prefix (text, "0x") &&
        g_ascii_string_to_unsigned (text + 2, 16, 0, G_MAXUINT, &number, NULL)))
    return FALSE;
  *flags |= value ? value->value : (guint)number;
  return TRUE;
}

static gboolean
deserialize (GValue *to, const gchar *text)
{
  g_autoptr (GTypeClass) klass = g_type_class_ref (G_VALUE_TYPE (to));
  g_auto (GStrv) names = g_strsplit_set (text, "+,", -1);
  guint flags = 0;

  for (guint i = 0; names[i]; i++)
    if (!add_flag ((GFlagsClass *)klass, g_strstrip (names[i]), &flags))
      return FALSE;
  g_value_set_flags (to, flags);
  return TRUE;
}

void
gst_tfc_flags_take_commas (GType type)
{
  const GQuark known = g_quark_from_static_string ("gst-tfc-flags");
  GstValueTable *table; /* GStreamer keeps it */

  if (g_type_get_qdata (type, known))
    return;
  table = g_new0 (GstValueTable, 1);
  *table = (GstValueTable){.type = type, .deserialize = deserialize};
  g_type_set_qdata (type, known, table);
  gst_value_register (table);
}
