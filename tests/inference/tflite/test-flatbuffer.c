/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tests/inference/tflite/fbwriter.h"
#include "tests/seed.h"
#include "inference/tflite/flatbuffer.h"

#include <string.h>

static const gint32 numbers[] = {7, -8, 9};

static FbWriter *
sample (void)
{
  FbWriter *w = fbw_new ("TEST");
  guint root = fbw_table (w, 5), child, first;
  fbw_i32 (w, root, 0, -5);
  fbw_f32 (w, root, 1, 1.5f);
  fbw_vector (w, root, 2, 4, 3, numbers, 4, 0);
  fbw_string (w, root, 3, "text");
  first = fbw_vector (w, root, 4, 4, 1, NULL, 4, 0);
  child = fbw_table (w, 1);
  fbw_i32 (w, child, 0, 200);
  fbw_element (w, first, 0, child);
  return w;
}

static void
read_sample (const guint8 *data, gsize size)
{
  TfcFb fb;
  tfc_fb_init (&fb, data, size, "sample");
  gsize root = tfc_fb_root (&fb, "TEST");
  TfcFbVector v = tfc_fb_vector (&fb, root, 2, 4), tables = tfc_fb_vector (&fb, root, 4, 4);
  gchar *text = tfc_fb_string (&fb, root, 3);
  g_assert_cmpint (tfc_fb_i32 (&fb, root, 0, 1), ==, -5);
  g_assert_cmpint (tfc_fb_i8 (&fb, root, 0, 1), ==, -5);
  g_assert_cmpint (tfc_fb_u8 (&fb, root, 0, 1), ==, 251);
  g_assert_cmpfloat (tfc_fb_f32 (&fb, root, 1, 0), ==, 1.5f);
  g_assert_cmpint (tfc_fb_i32 (&fb, root, 17, 42), ==, 42); /* past the vtable */
  g_assert_cmpuint (v.n, ==, 3);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpint (tfc_fb_at_i32 (&fb, v, i), ==, numbers[i]);
  g_assert_cmpstr (text, ==, "text");
  g_assert_cmpuint (tables.n, ==, 1);
  g_assert_cmpint (tfc_fb_u8 (&fb, tfc_fb_at_table (&fb, tables, 0), 0, 0), ==, 200);
  g_assert_no_error (fb.error);
  g_free (text);
  tfc_fb_finish (&fb);
}

static void
test_read (void)
{
  FbWriter *w = sample ();
  /* At every alignment, in memory of just this size, so that reading past it is seen. */
  for (guint skew = 0; skew < 8; skew++) {
    guint8 *copy = g_malloc (w->len + skew);
    memcpy (copy + skew, w->data, w->len);
    read_sample (copy + skew, w->len);
    g_free (copy);
  }
  g_byte_array_unref (w);
}

/* All calls on hostile bytes: nothing read outside, answers bounded, nothing after an error. */
static void
read_anything (const guint8 *data, gsize size)
{
  TfcFb fb;
  guint8 *copy = g_memdup2 (data, size);
  tfc_fb_init (&fb, copy, size, "bytes");
  gsize root = tfc_fb_root (&fb, "TEST");
  for (guint field = 0; field < 6; field++) {
    TfcFbVector v = tfc_fb_vector (&fb, root, field, 4);
    g_assert_cmpuint (v.n, <=, size / 4);
    for (guint i = 0; i < v.n; i++) {
      tfc_fb_at_i32 (&fb, v, i);
      tfc_fb_i32 (&fb, tfc_fb_at_table (&fb, v, i), 0, 0);
    }
    g_free (tfc_fb_string (&fb, root, field));
    tfc_fb_f32 (&fb, root, field, 0);
  }
  if (fb.error) {
    g_assert_error (fb.error, TFC_ERROR, TFC_ERROR_FORMAT);
    g_assert_nonnull (strstr (fb.error->message, "at byte"));
    g_assert_cmpuint (tfc_fb_vector (&fb, root, 2, 4).n, ==, 0);
    g_assert_cmpint (tfc_fb_i32 (&fb, root, 0, 3), ==, 3);
  }
  tfc_fb_finish (&fb);
  g_free (copy);
}

static void
test_hostile (void)
{
  FbWriter *w = sample ();
  GRand *rand = g_rand_new_with_seed (test_seed ());
  for (guint n = 0; n < w->len; n++)
    read_anything (w->data, n);
  for (guint k = 0; k < 20000; k++) {
    guint8 *bytes = g_memdup2 (w->data, w->len);
    for (guint i = g_rand_int_range (rand, 1, 4); i-- > 0;)
      bytes[g_rand_int_range (rand, 0, w->len)] = g_rand_int (rand);
    read_anything (bytes, w->len);
    g_free (bytes);
  }
  g_rand_free (rand);
  g_byte_array_unref (w);
}

static void
test_messages (void)
{
  TfcFb fb;
  tfc_fb_init (&fb, (const guint8 *)"\10\0\0\0NOPE", 8, "short");
  g_assert_cmpuint (tfc_fb_root (&fb, "TEST"), ==, 0);
  g_assert_error (fb.error, TFC_ERROR, TFC_ERROR_FORMAT);
  g_assert_cmpstr (fb.error->message, ==, "short: wrong file identifier at byte 4");
  tfc_fb_finish (&fb);
}

typedef struct {
  gdouble scale;
  gint32 size, list[4];
  guint n, calls;
} Found;

static gint32
whole (gdouble value)
{
  return value >= G_MININT32 && value <= G_MAXINT32 ? (gint32)value : 0;
}

static void
found (gpointer data, const gchar *key, guint32 index, guint32 n, gdouble value)
{
  Found *f = data;
  f->calls++;
  if (!strcmp (key, "scale"))
    f->scale = value;
  if (!strcmp (key, "size"))
    f->size = whole (value);
  if (!strcmp (key, "list") && index < 4) {
    f->list[index] = whole (value);
    f->n = n;
  }
}

static GBytes *
flex_sample (void)
{
  static const gint32 list[] = {1, -2, 300}, size = -70000;
  const FlexEntry entries[] = {
      {"list", 3, list, FALSE, 0}, {"scale", 1, NULL, TRUE, 0.25f}, {"size", 1, &size, FALSE, 0}};
  return flex_write (entries, G_N_ELEMENTS (entries));
}

static void
read_flex (const guint8 *data, gsize size, Found *f, GError **error)
{
  TfcFb fb;
  tfc_fb_init (&fb, data, size, "flex");
  tfc_flex_map (&fb, (TfcFbVector){0, size}, found, f);
  if (fb.error)
    g_propagate_error (error, g_steal_pointer (&fb.error));
  tfc_fb_finish (&fb);
}

static void
test_flex (void)
{
  GBytes *bytes = flex_sample ();
  Found f = {0};
  GError *error = NULL;
  read_flex (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &f, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (f.calls, ==, 5);
  g_assert_cmpfloat (f.scale, ==, 0.25);
  g_assert_cmpint (f.size, ==, -70000);
  g_assert_cmpuint (f.n, ==, 3);
  g_assert_cmpint (f.list[1], ==, -2);
  g_assert_cmpint (f.list[2], ==, 300);
  g_bytes_unref (bytes);
}

static void
test_flex_hostile (void)
{
  GBytes *bytes = flex_sample ();
  gsize size, failed = 0;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  GRand *rand = g_rand_new_with_seed (test_seed ());
  for (guint k = 0; k < 20000; k++) {
    gsize n = k < size ? k : size;
    guint8 *copy = g_memdup2 (data, n);
    Found f = {0};
    GError *error = NULL;
    if (n == size)
      copy[g_rand_int_range (rand, 0, n)] = g_rand_int (rand);
    read_flex (copy, n, &f, &error);
    g_assert_cmpuint (f.calls, <=, 2 * size);
    failed += error != NULL;
    g_clear_error (&error);
    g_free (copy);
  }
  g_assert_cmpuint (failed, >, 1000);
  g_rand_free (rand);
  g_bytes_unref (bytes);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/flatbuffer/read", test_read);
  g_test_add_func ("/flatbuffer/hostile", test_hostile);
  g_test_add_func ("/flatbuffer/messages", test_messages);
  g_test_add_func ("/flexbuffer/read", test_flex);
  g_test_add_func ("/flexbuffer/hostile", test_flex_hostile);
  return g_test_run ();
}
