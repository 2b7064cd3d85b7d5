/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* One group of a zone file. */
#include "models/zones/zone_map.h"

/* Reads the keys of group into zone, which is zero but for its name and is_line. FALSE with error
 * set (SETTINGS), "[GROUP] KEY: what is wrong"; zone is to be freed all the same. */
gboolean tfc_zone_read_group (GKeyFile *file, const gchar *group, TfcZone *zone, GError **error);
