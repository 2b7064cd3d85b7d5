/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* No thread for the checksum: the caller computes it. */
#define _GNU_SOURCE
#include "tests/no-threads.h"

#include <glib/gstdio.h>

#include "models/registry/verify.h"

#define ABC "3 ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

static gboolean
is_right (const gchar *path, GError **error)
{
  TfcVerifier *check = tfc_verifier_new ("model");
  g_assert_true (tfc_verifier_add (check, path, ABC, error));
  tfc_verifier_begin (check);
  const gboolean ok = tfc_verifier_end (check, error);
  tfc_verifier_free (check);
  return ok;
}

static void
test_checksum (void)
{
  gchar *path;
  GError *error = NULL;
  gint fd = g_file_open_tmp ("tfc-XXXXXX", &path, &error);
  g_assert_no_error (error);
  g_close (fd, NULL);
  threads_most = 0;
  g_assert_true (g_file_set_contents (path, "abd", 3, NULL));
  g_assert_false (is_right (path, &error));
  g_assert_error (error, TFC_ERROR, TFC_ERROR_CHECKSUM);
  g_clear_error (&error);
  g_unlink (path);
  g_assert_true (g_file_set_contents (path, "abc", 3, NULL));
  g_assert_true (is_right (path, &error));
  g_assert_no_error (error);
  threads_most = -1;
  g_unlink (path);
  g_free (path);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/no-threads/checksum", test_checksum);
  return g_test_run ();
}
