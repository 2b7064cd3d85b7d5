/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Label files, then a set of classes: the bytes up to the first 0x01 are the set. */
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "inference/error.h"
#include "models/result/labels.h"

/* One file for the whole run, in memory where there is /dev/shm. */
static gint file = -1;
static gchar path[64];

static void
write_file (const guint8 *data, gsize size)
{
  if (file < 0) {
    g_strlcpy (path, g_access ("/dev/shm", W_OK) == 0 ? "/dev/shm/tfc-XXXXXX" : "/tmp/tfc-XXXXXX",
               sizeof path);
    file = g_mkstemp (path);
    g_assert_cmpint (file, >=, 0);
    unlink (path);
    g_snprintf (path, sizeof path, "/proc/self/fd/%d", file);
  }
  g_assert_cmpint (ftruncate (file, 0), ==, 0);
  g_assert_cmpint (pwrite (file, data, size, 0), ==, (gssize)size);
}

static void
check_error (GError *error)
{
  g_assert_true (error && error->domain == TFC_ERROR && g_utf8_validate (error->message, -1, NULL));
  g_error_free (error);
}

void
fuzz_one (const guint8 *data, gsize size)
{
  const guint8 *cut = size ? memchr (data, 1, size) : NULL;
  gchar *set = cut ? g_strndup ((const gchar *)data, cut - data) : g_strdup ("");
  gsize skip = cut ? (gsize)(cut + 1 - data) : 0;
  GError *error = NULL;
  write_file (data + skip, size - skip);
  TfcLabels *labels = tfc_labels_load (path, &error);
  if (!labels) {
    check_error (error);
    g_free (set);
    return;
  }
  guint n = tfc_labels_n (labels);
  for (guint i = 0; i <= n; i += 1 + n / 100) {
    const gchar *name = tfc_labels_name (labels, i);
    g_assert_true (name && g_utf8_validate (name, -1, NULL));
    g_assert_true (i == n || tfc_labels_find (labels, name) >= 0);
  }
  guint8 *wanted = tfc_labels_parse_set (labels, set, &error);
  if (!wanted)
    check_error (error);
  g_free (wanted);
  g_free (set);
  tfc_labels_free (labels);
}

void
fuzz_seeds (void)
{
  static const gchar *const texts[] = {
      "cat, dog,1\1cat\ndog\n???\n\nhorse\n",
      "\1"
      "0 background\n1 person\n17 cat\n90 brush\n",
      "3,person\1"
      "3: person\r\n4: tree\r\n",
      "\303\244rger\1\357\273\277\303\204rger\nbus\n",
      "65535\1"
      "65535 last\n",
      "bicicle\1bicycle\nmotorcycle\n",
      "\1\n\n\n",
      "2,cat\1item { id: 2 name: 'cat' display_name: \"Cat\" }\n"
      "item: < name: 'a' \"b\\x41\\303\\266\", id: 1; x { y: [1, z] } > # end\n",
      "\1{\"a\": 1}\n",
      "\1id,name\n1,cat\n",
      "\1"};
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    fuzz_seed (texts[i], strlen (texts[i]));
}
