/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* How an enum or flags type of a property is registered once, when it is first asked for. */
#include <glib-object.h>

/* Name: the type's; name: the prefix of its functions and of the array name_values; register_static:
 * g_enum_register_static or g_flags_register_static. */
#define GST_TFC_DEFINE_TYPE(Name, name, register_static)                \
  GType name##_get_type (void)                                          \
  {                                                                     \
    static gsize type;                                                  \
    if (g_once_init_enter (&type))                                      \
      g_once_init_leave (&type, register_static (Name, name##_values)); \
    return type;                                                        \
  }
