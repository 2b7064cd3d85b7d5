/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tools/common/npy.h"

#include <string.h>

#define MAGIC "\x93NUMPY"
#define MAX_HEADER 65535
#define ALIGNMENT 64 /* of the data in a file, as NumPy writes it */

/* Without the byte order. */
static const gchar *const codes[TFC_N_TYPES] = {
    [TFC_TYPE_F32] = "f4", [TFC_TYPE_F16] = "f2", [TFC_TYPE_U8] = "u1",  [TFC_TYPE_I8] = "i1",
    [TFC_TYPE_U16] = "u2", [TFC_TYPE_I32] = "i4", [TFC_TYPE_I64] = "i8", [TFC_TYPE_BOOL] = "b1",
};

enum { HAS_DESCR = 1, HAS_ORDER = 2, HAS_SHAPE = 4, HAS_ALL = 7 };

/* What is left of the header, a Python dictionary. */
typedef struct {
  const gchar *at, *end;
  const gchar *name;
  TfcTensor *array;
  GError **error;
} Header;

static gboolean
fail (const Header *h, TfcErrorCode code, const gchar *what)
{
  g_set_error (h->error, TFC_ERROR, code, "%s: %s", h->name, what);
  return FALSE;
}

static gboolean
damaged (const Header *h)
{
  return fail (h, TFC_ERROR_FORMAT, "the header of the .npy file is damaged; save the array again");
}

static void
skip_spaces (Header *h)
{
  while (h->at < h->end && (*h->at == ' ' || *h->at == '\n' || *h->at == '\t'))
    h->at++;
}

/* Takes c, and the spaces before it, if it is next. */
static gboolean
take (Header *h, gchar c)
{
  skip_spaces (h);
  if (h->at == h->end || *h->at != c)
    return FALSE;
  h->at++;
  return TRUE;
}

static gboolean
take_word (Header *h, const gchar *word)
{
  const gsize n = strlen (word);
  skip_spaces (h);
  if ((gsize)(h->end - h->at) < n || memcmp (h->at, word, n) != 0)
    return FALSE;
  h->at += n;
  return TRUE;
}

/* A quoted text of up to size - 1 bytes, without escapes. */
static gboolean
take_text (Header *h, gchar *text, gsize size)
{
  const gchar quote = take (h, '\'') ? '\'' : '"';
  const gchar *close;
  if (quote == '"' && !take (h, '"'))
    return FALSE;
  close = memchr (h->at, quote, (gsize)(h->end - h->at));
  if (!close || (gsize)(close - h->at) >= size)
    return FALSE;
  memcpy (text, h->at, (gsize)(close - h->at));
  text[close - h->at] = '\0';
  h->at = close + 1;
  return TRUE;
}

static gboolean
read_descr (Header *h)
{
  gchar descr[16];
  if (!take_text (h, descr, sizeof descr))
    return fail (h, TFC_ERROR_UNSUPPORTED,
                 "arrays of structures are not read; save one array of numbers");
  if (descr[0] == '>')
    return fail (h, TFC_ERROR_UNSUPPORTED,
                 "the numbers are big-endian; save array.astype(array.dtype.newbyteorder('<'))");
  for (guint type = 0; type < TFC_N_TYPES; type++) {
    const gboolean order = descr[0] == '<' || (descr[0] == '|' && tfc_type_size (type) == 1);
    if (order && strcmp (descr + 1, codes[type]) == 0) {
      h->array->type = type;
      return TRUE;
    }
  }
  return fail (h, TFC_ERROR_UNSUPPORTED,
               "this type of element is not read; convert the array with astype to float32, "
               "uint8, int8, int32 or bool");
}

static gboolean
read_order (Header *h)
{
  if (take_word (h, "False"))
    return TRUE;
  if (!take_word (h, "True"))
    return damaged (h);
  return fail (h, TFC_ERROR_UNSUPPORTED,
               "the array is in Fortran order; save numpy.ascontiguousarray(array)");
}

static gboolean
read_dimension (Header *h, gint32 *dimension)
{
  gint64 value = 0;
  skip_spaces (h);
  if (h->at == h->end || !g_ascii_isdigit (*h->at))
    return damaged (h);
  for (; h->at < h->end && g_ascii_isdigit (*h->at); h->at++) {
    value = 10 * value + (*h->at - '0');
    if (value > G_MAXINT32)
      return fail (h, TFC_ERROR_FORMAT, "a dimension of the array is too large");
  }
  *dimension = (gint32)value;
  return TRUE;
}

static gboolean
read_shape (Header *h)
{
  TfcShape *shape = &h->array->shape;
  if (!take (h, '('))
    return damaged (h);
  while (!take (h, ')')) {
    if (shape->rank == TFC_MAX_RANK)
      return fail (h, TFC_ERROR_UNSUPPORTED,
                   "the array has more than " G_STRINGIFY (TFC_MAX_RANK) " dimensions");
    if (!read_dimension (h, &shape->dim[shape->rank++]))
      return FALSE;
    if (take (h, ','))
      continue;
    return take (h, ')') || damaged (h);
  }
  return TRUE;
}

static const struct {
  const gchar *key;
  guint bit;
  gboolean (*read) (Header *h);
} members[] = {
    {"descr", HAS_DESCR, read_descr},
    {"fortran_order", HAS_ORDER, read_order},
    {"shape", HAS_SHAPE, read_shape},
};

static gboolean
read_member (Header *h, guint *seen)
{
  gchar key[16];
  if (!take_text (h, key, sizeof key) || !take (h, ':'))
    return damaged (h);
  for (guint i = 0; i < G_N_ELEMENTS (members); i++) {
    if (strcmp (key, members[i].key) == 0 && !(*seen & members[i].bit)) {
      *seen |= members[i].bit;
      return members[i].read (h);
    }
  }
  return damaged (h);
}

static gboolean
read_header (Header *h)
{
  guint seen = 0;
  if (!take (h, '{'))
    return damaged (h);
  while (!take (h, '}')) {
    if (!read_member (h, &seen))
      return FALSE;
    if (take (h, ','))
      continue;
    if (!take (h, '}'))
      return damaged (h);
    break;
  }
  skip_spaces (h);
  return (seen == HAS_ALL && h->at == h->end) || damaged (h);
}

/* data: size bytes behind the header. */
static gboolean
check_size (const Header *h, const guint8 *data, gsize size)
{
  TfcTensor *array = h->array;
  gsize count;
  if (!tfc_shape_count (&array->shape, &count) ||
      count > TFC_MAX_TENSOR_BYTES / tfc_type_size (array->type))
    return fail (h, TFC_ERROR_FORMAT, "the array is too large");
  if (count * tfc_type_size (array->type) != size) {
    g_set_error (h->error, TFC_ERROR, TFC_ERROR_FORMAT,
                 "%s: the header asks for %" G_GSIZE_FORMAT
                 " bytes of numbers, the file has %" G_GSIZE_FORMAT "; save the array again",
                 h->name, count * tfc_type_size (array->type), size);
    return FALSE;
  }
  array->data = (void *)data;
  return TRUE;
}

gboolean
tfc_npy_parse (const guint8 *bytes, gsize size, const gchar *name, TfcTensor *array, GError **error)
{
  Header h = {.name = name, .array = array, .error = error};
  gsize start = 10, length;
  memset (array, 0, sizeof *array);
  if (size < start || memcmp (bytes, MAGIC, 6) != 0)
    return fail (&h, TFC_ERROR_FORMAT, "this is not a .npy file; write one with numpy.save");
  if (bytes[6] < 1 || bytes[6] > 3)
    return fail (&h, TFC_ERROR_UNSUPPORTED, "this version of .npy is not read; 1.0 to 3.0 are");
  length = bytes[8] | (gsize)bytes[9] << 8;
  if (bytes[6] > 1) {
    start = 12;
    if (size < start)
      return damaged (&h);
    length |= (gsize)bytes[10] << 16 | (gsize)bytes[11] << 24;
  }
  if (length > MAX_HEADER || length > size - start)
    return damaged (&h);
  h.at = (const gchar *)bytes + start;
  h.end = h.at + length;
  return read_header (&h) && check_size (&h, bytes + start + length, size - start - length);
}

GMappedFile *
tfc_npy_open (const gchar *path, TfcTensor *array, GError **error)
{
  GError *why = NULL;
  GMappedFile *file = g_mapped_file_new (path, FALSE, &why);
  if (!file) {
    g_set_error (error, TFC_ERROR, tfc_error_of_file (why), "%s: cannot be read: %s", path,
                 why->message);
    g_error_free (why);
    return NULL;
  }
  if (tfc_npy_parse ((const guint8 *)g_mapped_file_get_contents (file),
                     g_mapped_file_get_length (file), path, array, error))
    return file;
  g_mapped_file_unref (file);
  return NULL;
}

static GString *
header_of (const TfcTensor *array)
{
  GString *header = g_string_new (NULL);
  gsize length;
  g_string_append_printf (header, "{'descr': '%c%s', 'fortran_order': False, 'shape': (",
                          tfc_type_size (array->type) == 1 ? '|' : '<', codes[array->type]);
  for (gint i = 0; i < array->shape.rank; i++)
    g_string_append_printf (header, "%s%d%s", i ? " " : "", array->shape.dim[i],
                            i + 1 < array->shape.rank || i == 0 ? "," : "");
  g_string_append (header, "), }");
  while ((10 + header->len + 1) % ALIGNMENT)
    g_string_append_c (header, ' ');
  g_string_append_c (header, '\n');
  length = header->len;
  g_string_prepend_len (header, (const gchar[]){(gchar)(length & 255), (gchar)(length >> 8)}, 2);
  g_string_prepend_len (header, MAGIC "\1\0", 8);
  return header;
}

gboolean
tfc_npy_write (const gchar *path, const TfcTensor *array, GError **error)
{
  GString *file = header_of (array);
  GError *why = NULL;
  g_string_append_len (file, array->data, (gssize)tfc_tensor_bytes (array));
  if (!g_file_set_contents (path, file->str, (gssize)file->len, &why)) {
    g_set_error (error, TFC_ERROR, TFC_ERROR_READ, "%s: cannot be written: %s", path, why->message);
    g_error_free (why);
  }
  g_string_free (file, TRUE);
  return !why;
}
