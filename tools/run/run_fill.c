/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/frame/sample.h"
#include "tools/common/npy.h"
#include "tools/common/picture.h"
#include "tools/run/run.h"

#include <string.h>

static gchar *
input_names (const TfcModel *model)
{
  GString *names = g_string_new (NULL);
  for (guint i = 0; i < tfc_model_n_inputs (model); i++)
    g_string_append_printf (names, "%s%u '%s'", i ? ", " : "", i, tfc_model_input_name (model, i));
  return g_string_free (names, FALSE);
}

/* The input of the longest name that stands before a '=' in word, else of the number there; *file:
 * what is behind. -1: none. */
static gint
named_input (const TfcModel *model, const gchar *word, const gchar **file)
{
  gint found = -1;
  gsize longest = 0;
  gchar *end;
  for (guint i = 0; i < tfc_model_n_inputs (model); i++) {
    const gchar *name = tfc_model_input_name (model, i);
    const gsize n = strlen (name);
    if (n > longest && g_str_has_prefix (word, name) && word[n] == '=') {
      found = (gint)i;
      longest = n;
      *file = word + n + 1;
    }
  }
  if (found >= 0 || !g_ascii_isdigit (word[0]))
    return found;
  const guint64 index = g_ascii_strtoull (word, &end, 10);
  *file = end + 1;
  return *end == '=' && index < tfc_model_n_inputs (model) ? (gint)index : -1;
}

static gint
find_input (const TfcModel *model, const gchar *word, const gchar **file, GError **error)
{
  const gint found = named_input (model, word, file);
  if (found >= 0)
    return found;
  *file = word;
  if (tfc_model_n_inputs (model) == 1 &&
      (!strchr (word, '=') || g_file_test (word, G_FILE_TEST_EXISTS)))
    return 0;
  gchar *names = input_names (model);
  g_set_error (
      error, TFC_ERROR, TFC_ERROR_SETTINGS,
      "--input %s: the model has no such input; write NAME=FILE or INDEX=FILE, its inputs are "
      "%s",
      word, names);
  g_free (names);
  return -1;
}

static void
copy_values (const TfcTensor *from, const TfcTensor *to)
{
  guint8 *bytes = to->data;
  const gsize n = tfc_tensor_bytes (to);
  memcpy (bytes, from->data, n);
  for (gsize i = 0; i < n && to->type == TFC_TYPE_BOOL; i++)
    bytes[i] = bytes[i] != 0; /* a file may have any byte */
}

static gboolean
fill_from_npy (const gchar *file, const gchar *name, const TfcTensor *input, GError **error)
{
  gchar have[96], want[96];
  TfcTensor array;
  GMappedFile *mapped = tfc_npy_open (file, &array, error);
  gboolean same;
  if (!mapped)
    return FALSE;
  same = array.type == input->type && tfc_shape_equal (&array.shape, &input->shape);
  if (same)
    copy_values (&array, input);
  else
    g_set_error (error, TFC_ERROR, TFC_ERROR_SETTINGS,
                 "%s: the array is %s %s, the input '%s' is %s %s; convert it with astype and "
                 "reshape",
                 file, tfc_type_name (array.type), tfc_shape_print (&array.shape, have), name,
                 tfc_type_name (input->type), tfc_shape_print (&input->shape, want));
  g_mapped_file_unref (mapped);
  return same;
}

static gboolean
takes_pictures (const TfcTensor *input)
{
  const gint32 *dim = input->shape.dim;
  return input->shape.rank == 4 && dim[0] == 1 && dim[3] == 3 &&
         (input->type == TFC_TYPE_F32 || input->type == TFC_TYPE_U8);
}

static TfcSampler *
sampler_for (const TfcModel *model, guint index, const TfcRunRange *range)
{
  const TfcTensor *input = tfc_model_input (model, index);
  TfcTarget target = {.width = (guint)input->shape.dim[2],
                      .height = (guint)input->shape.dim[1],
                      .type = input->type == TFC_TYPE_U8 ? TFC_SAMPLE_U8 : TFC_SAMPLE_F32,
                      .scale = (gfloat)((range->high - range->low) / 255),
                      .offset = (gfloat)range->low};
  if (index == 0 && !range->given)
    tfc_model_picture (model, &target.scale, &target.offset);
  return tfc_sampler_new (&target);
}

static gboolean
fill_from_picture (const TfcModel *model, guint index, const gchar *file, const TfcRunRange *range,
                   GError **error)
{
  const TfcTensor *input = tfc_model_input (model, index);
  const gchar *name = tfc_model_input_name (model, index);
  TfcSampler *sampler = takes_pictures (input) ? sampler_for (model, index, range) : NULL;
  TfcPicture picture = {0};
  gchar shape[96];
  gboolean ok = FALSE;
  if (!sampler) {
    g_set_error (
        error, TFC_ERROR, TFC_ERROR_SETTINGS,
        "%s: the input '%s' is %s %s; a picture needs float32 or uint8 1xHEIGHTxWIDTHx3 of "
        "up to 4096 pixels a side, other inputs take .npy files",
        file, name, tfc_type_name (input->type), tfc_shape_print (&input->shape, shape));
  } else if (range->given && input->type == TFC_TYPE_U8) {
    g_set_error (error, TFC_ERROR, TFC_ERROR_SETTINGS,
                 "%s: the input '%s' is uint8 and takes pixels as they are; leave --range out",
                 file, name);
  } else if (tfc_picture_load (file, &picture, error)) {
    const TfcMap map = tfc_map_stretch (&picture.frame, (guint)input->shape.dim[2],
                                        (guint)input->shape.dim[1], FALSE);
    tfc_sampler_run (sampler, &picture.frame, &map, input->data);
    tfc_picture_clear (&picture);
    ok = TRUE;
  }
  tfc_sampler_free (sampler);
  return ok;
}

static gboolean
fill_one (const TfcModel *model, const gchar *word, const TfcRunRange *range, gboolean *filled,
          GError **error)
{
  const gchar *file;
  const gint index = find_input (model, word, &file, error);
  if (index < 0)
    return FALSE;
  if (filled[index]) {
    g_set_error (error, TFC_ERROR, TFC_ERROR_SETTINGS,
                 "--input %s: the input '%s' was given already", word,
                 tfc_model_input_name (model, (guint)index));
    return FALSE;
  }
  filled[index] = TRUE;
  const gsize n = strlen (file);
  if (n >= 4 && g_ascii_strcasecmp (file + n - 4, ".npy") == 0)
    return fill_from_npy (file, tfc_model_input_name (model, (guint)index),
                          tfc_model_input (model, (guint)index), error);
  return fill_from_picture (model, (guint)index, file, range, error);
}

gboolean
tfc_run_fill (const TfcModel *model, const gchar *const *words, const TfcRunRange *range,
              GError **error)
{
  gboolean *filled = g_new0 (gboolean, tfc_model_n_inputs (model) + 1);
  gboolean ok = TRUE;
  for (guint i = 0; i < tfc_model_n_inputs (model); i++) {
    const TfcTensor *input = tfc_model_input (model, i);
    memset (input->data, 0, tfc_tensor_bytes (input));
  }
  for (guint i = 0; ok && words && words[i]; i++)
    ok = fill_one (model, words[i], range, filled, error);
  g_free (filled);
  return ok;
}
