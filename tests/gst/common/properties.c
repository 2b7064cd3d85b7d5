/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tests/gst/common/properties.h"

#include <gobject/gvaluecollector.h>
#include <gst/gst.h>

void
set_properties_valist (gpointer object, const gchar *first, va_list values)
{
  for (const gchar *name = first; name; name = va_arg (values, const gchar *)) {
    const GParamSpec *spec = g_object_class_find_property (G_OBJECT_GET_CLASS (object), name);
    GValue value = G_VALUE_INIT;
    gchar *wrong = NULL;

    g_assert_nonnull (spec);
    if (G_IS_PARAM_SPEC_ENUM (spec) || G_IS_PARAM_SPEC_FLAGS (spec)) {
      g_value_init (&value, spec->value_type);
      g_assert_true (gst_value_deserialize (&value, va_arg (values, const gchar *)));
    } else {
      G_VALUE_COLLECT_INIT (&value, spec->value_type, values, 0, &wrong);
      g_assert_null (wrong);
    }
    g_object_set_property (object, name, &value);
    g_value_unset (&value);
  }
}

void
set_properties (gpointer object, const gchar *first, ...)
{
  va_list values;

  va_start (values, first);
  set_properties_valist (object, first, values);
  va_end (values);
}
