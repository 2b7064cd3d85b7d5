/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "gst/publish/gsttfcfilename.h"
#include "gst/publish/gsttfctransports.h"
#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <time.h>

/* FALSE: it is empty or does not fit. */
static gboolean
expand (const GstTfcFileName *name, time_t now, gchar *path, gsize size)
{
  struct tm local;

  if (!strchr (name->pattern, '%'))
    return g_strlcpy (path, name->pattern, size) < size;
  return localtime_r (&now, &local) && strftime (path, size, name->pattern, &local) > 0;
}

gboolean
gst_tfc_file_name_init (GstTfcFileName *name, const gchar *pattern, GError **error)
{
  const time_t now = time (NULL);

  name->pattern = pattern;
  name->looked = now;
  if (expand (name, now, name->path, sizeof name->path))
    return TRUE;
  gst_tfc_transport_fail (error, GST_RESOURCE_ERROR_SETTINGS, pattern, "this is no name of a file",
                          "location may have the conversions of strftime, %% for a % itself");
  return FALSE;
}

gboolean
gst_tfc_file_name_is_due (GstTfcFileName *name)
{
  gchar path[sizeof name->path];
  const time_t now = time (NULL);

  if (now == name->looked)
    return FALSE;
  name->looked = now;
  if (!expand (name, now, path, sizeof path) || strcmp (path, name->path) == 0)
    return FALSE;
  memcpy (name->path, path, sizeof path);
  return TRUE;
}

void
gst_tfc_file_name_make_folders (const GstTfcFileName *name)
{
  const gchar *date = strchr (name->pattern, '%');

  if (date && strchr (date, '/')) {
    g_autofree gchar *folder = g_path_get_dirname (name->path);
    g_mkdir_with_parents (folder, 0777);
  }
}

gboolean
gst_tfc_file_name_rotate (const GstTfcFileName *name)
{
  gchar from[sizeof name->path + 4], to[sizeof from];

  for (guint i = GST_TFC_MAX_ROTATED; i-- > 0;) {
    g_snprintf (from, sizeof from, i ? "%s.%u" : "%s", name->path, i);
    g_snprintf (to, sizeof to, "%s.%u", name->path, i + 1);
    if (g_rename (from, to) < 0 && (i == 0 || errno != ENOENT))
      return FALSE;
  }
  return TRUE;
}
