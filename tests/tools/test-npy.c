/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* .npy files: what NumPy writes is read, what is damaged or of another kind is refused in words. */
#include "tools/common/npy.h"

#include <glib/gstdio.h>
#include <string.h>

/* A file of that header and n bytes of numbers behind it; version 1 has a length of two bytes, 2
 * and 3 of four. */
static GByteArray *
file_of (guint version, const gchar *header, gsize n)
{
  const guint length = (guint)strlen (header);
  const guint8 head[12] = {
      0x93, 'N', 'U', 'M', 'P', 'Y', (guint8)version, 0, length & 255, (guint8)(length >> 8)};
  GByteArray *file = g_byte_array_new ();
  g_byte_array_append (file, head, version == 1 ? 10 : 12);
  g_byte_array_append (file, (const guint8 *)header, length);
  for (gsize i = 0; i < n; i++)
    g_byte_array_append (file, (const guint8[]){(guint8)i}, 1);
  return file;
}

/* In a block of exactly that size, so that AddressSanitizer sees a read beyond. */
static gboolean
parse (const GByteArray *file, gsize size, TfcTensor *array, GError **error)
{
  guint8 *exact = g_memdup2 (file->data, size);
  const gboolean ok = tfc_npy_parse (exact, size, "some.npy", array, error);
  g_assert_true (ok == !*error);
  g_assert_true (ok || strstr ((*error)->message, "some.npy: ") == (*error)->message);
  if (ok) {
    g_assert_true ((guint8 *)array->data + tfc_tensor_bytes (array) == exact + size);
    array->data = NULL;
  }
  g_free (exact);
  return ok;
}

static void
test_read (void)
{
  static const struct {
    const gchar *header;
    TfcType type;
    gint rank;
    gsize bytes;
  } cases[] = {
      {"{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2, 3), }   \n", TFC_TYPE_F32, 3, 24},
      {"{'shape': (2,), 'descr': '|u1', 'fortran_order': False}\n", TFC_TYPE_U8, 1, 2},
      {"{\"descr\": \"|i1\", \"fortran_order\": False, \"shape\": ()}", TFC_TYPE_I8, 0, 1},
      {"{'descr':'<i4','fortran_order':False,'shape':(3,2)}", TFC_TYPE_I32, 2, 24},
      {"{'descr': '<i8', 'fortran_order': False, 'shape': (2,), }", TFC_TYPE_I64, 1, 16},
      {"{'descr': '|b1', 'fortran_order': False, 'shape': (5,), }", TFC_TYPE_BOOL, 1, 5},
      {"{'descr': '<f2', 'fortran_order': False, 'shape': (5,), }", TFC_TYPE_F16, 1, 10},
      {"{'descr': '<f4', 'fortran_order': False, 'shape': (0, 7), }", TFC_TYPE_F32, 2, 0},
  };
  for (guint i = 0; i < 3 * G_N_ELEMENTS (cases); i++) {
    GByteArray *file = file_of (1 + i % 3, cases[i / 3].header, cases[i / 3].bytes);
    TfcTensor array;
    GError *error = NULL;
    parse (file, file->len, &array, &error);
    g_assert_no_error (error);
    g_assert_cmpint (array.type, ==, cases[i / 3].type);
    g_assert_cmpint (array.shape.rank, ==, cases[i / 3].rank);
    g_assert_cmpuint (tfc_tensor_bytes (&array), ==, cases[i / 3].bytes);
    g_byte_array_unref (file);
  }
}

static void
test_refused (void)
{
#define REST "', 'fortran_order': False, 'shape': (2,), }"
#define F4 "{'descr': '<f4', 'fortran_order': False, 'shape': "
  static const struct {
    const gchar *header, *said;
  } cases[] = {
      {"{'descr': '<f4', 'fortran_order': True, 'shape': (2,), }", "Fortran order"},
      {"{'descr': '>f4" REST, "big-endian"},
      {"{'descr': '<f8" REST, "astype"},
      {"{'descr': '|f4" REST, "astype"},
      {"{'descr': '|O" REST, "astype"},
      {"{'descr': '" REST, "astype"},
      {"{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (2,), }", "structures"},
      {F4 "(1, 1, 1, 1, 1, 1, 1, 1, 2), }", "more than 8 dimensions"},
      {F4 "(2147483648,), }", "too large"},
      {F4 "(99999999999999999999999999999999999,), }", "too large"},
      {F4 "(65536, 65536, 65536, 65536, 65536), }", "too large"},
      {F4 "(268435457,), }", "too large"},
      {F4 "(3,), }", "asks for 12 bytes of numbers, the file has 8"},
      {F4 "(1,), }", "asks for 4 bytes of numbers, the file has 8"},
      {F4 "(-2,), }", "damaged"},
      {F4 "(2 2), }", "damaged"},
      {F4 "(, 2), }", "damaged"},
      {F4 "2, }", "damaged"},
      {F4 "(2,), 'shape': (2,), }", "damaged"},
      {F4 "(2,), 'other': 1, }", "damaged"},
      {F4 "(2,), } x", "damaged"},
      {F4 "(2,)", "damaged"},
      {F4 "(2", "damaged"},
      {"{'descr': '<f4', 'shape': (2,), }", "damaged"},
      {"{}", "damaged"},
      {"", "damaged"},
      {"{'a long key that does not end", "damaged"},
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    GByteArray *file = file_of (1 + i % 2, cases[i].header, 8);
    TfcTensor array;
    GError *error = NULL;
    g_test_message ("%s", cases[i].header);
    g_assert_false (parse (file, file->len, &array, &error));
    g_assert_nonnull (strstr (error->message, cases[i].said));
    g_clear_error (&error);
    g_byte_array_unref (file);
  }
}

/* Cut off anywhere, and each byte before the numbers set to each value: refused or read, never
 * beyond the end. */
static void
test_damaged (void)
{
  for (guint version = 1; version < 4; version++) {
    GByteArray *file = file_of (version, F4 "(1, 2), }\n", 8);
    TfcTensor array;
    GError *error = NULL;
    guint read = 0;
    for (gsize n = 0; n < file->len; n++) {
      g_assert_false (parse (file, n, &array, &error));
      g_clear_error (&error);
    }
    for (gsize at = 0; at < file->len - 8; at++) {
      const guint8 was = file->data[at];
      for (guint value = 0; value < 256; value++) {
        file->data[at] = (guint8)value;
        read += parse (file, file->len, &array, &error);
        g_clear_error (&error);
      }
      file->data[at] = was;
    }
    g_assert_cmpuint (read, >, file->len - 8 - 1); /* at least each byte as it was */
    g_byte_array_unref (file);
  }
}

static void
test_write (void)
{
  gchar *folder = g_dir_make_tmp ("tfc-npy-XXXXXX", NULL);
  gchar *path = g_build_filename (folder, "a.npy", NULL);
  const gfloat numbers[6] = {1, -2, 0.5f, 3e-8f, 4, 5};
  const TfcShape shapes[] = {tfc_shape (0), tfc_shape (1, 6), tfc_shape (2, 2, 3),
                             tfc_shape (4, 1, 1, 6, 1)};
  for (guint i = 0; i < G_N_ELEMENTS (shapes) * TFC_N_TYPES; i++) {
    const TfcTensor written = {
        .type = i % TFC_N_TYPES, .shape = shapes[i / TFC_N_TYPES], .data = (void *)numbers};
    gint64 room[6] = {0}; /* of the widest type */
    TfcTensor copy = written, array;
    GError *error = NULL;
    memcpy (room, numbers, sizeof numbers);
    copy.data = room;
    g_assert_true (tfc_npy_write (path, &copy, &error));
    g_assert_no_error (error);
    GMappedFile *file = tfc_npy_open (path, &array, &error);
    g_assert_no_error (error);
    g_assert_cmpint (array.type, ==, written.type);
    g_assert_true (tfc_shape_equal (&array.shape, &written.shape));
    g_assert_cmpmem (array.data, tfc_tensor_bytes (&array), room, tfc_tensor_bytes (&copy));
    g_assert_cmpuint ((g_mapped_file_get_length (file) - tfc_tensor_bytes (&array)) % 64, ==, 0);
    g_mapped_file_unref (file);
  }
  g_unlink (path);
  g_rmdir (folder);
  g_free (path);
  g_free (folder);
}

static void
test_no_file (void)
{
  TfcTensor array = {.type = TFC_TYPE_U8, .shape = tfc_shape (1, 1), .data = &array};
  GError *error = NULL;
  g_assert_null (tfc_npy_open ("/nowhere/a.npy", &array, &error));
  g_assert_error (error, TFC_ERROR, TFC_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "/nowhere/a.npy"));
  g_clear_error (&error);
  array.shape = tfc_shape (1, 1);
  g_assert_false (tfc_npy_write ("/nowhere/a.npy", &array, &error));
  g_assert_nonnull (strstr (error->message, "/nowhere/a.npy"));
  g_clear_error (&error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/npy/read", test_read);
  g_test_add_func ("/npy/refused", test_refused);
  g_test_add_func ("/npy/damaged", test_damaged);
  g_test_add_func ("/npy/write", test_write);
  g_test_add_func ("/npy/no-file", test_no_file);
  return g_test_run ();
}
