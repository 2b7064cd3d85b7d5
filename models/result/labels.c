/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/result/labels.h"
#include <string.h>
#include "inference/error.h"

#define MAX_GUESS 32 /* bytes of a word that is compared for suggestions */

struct TfcLabels {
  guint n;
  gboolean named_first; /* id 0 has a name */
  gboolean by_id;       /* the file says which id is which */
  gchar **names;        /* [n], none NULL */
  GHashTable *by_name;  /* folded name -> id */
};

/* clang-format off */
static const gchar *const coco[] = {
  NULL,
  "person", "bicycle", "car", "motorcycle", "airplane", "bus", "train", "truck", "boat", "traffic light",
  "fire hydrant", NULL, "stop sign", "parking meter", "bench", "bird", "cat", "dog", "horse", "sheep",
  "cow", "elephant", "bear", "zebra", "giraffe", NULL, "backpack", "umbrella", NULL, NULL,
  "handbag", "tie", "suitcase", "frisbee", "skis", "snowboard", "sports ball", "kite", "baseball bat", "baseball glove",
  "skateboard", "surfboard", "tennis racket", "bottle", NULL, "wine glass", "cup", "fork", "knife", "spoon",
  "bowl", "banana", "apple", "sandwich", "orange", "broccoli", "carrot", "hot dog", "pizza", "donut",
  "cake", "chair", "couch", "potted plant", "bed", NULL, "dining table", NULL, NULL, "toilet",
  NULL, "tv", "laptop", "mouse", "remote", "keyboard", "cell phone", "microwave", "oven", "toaster",
  "sink", "refrigerator", NULL, "book", "clock", "vase", "scissors", "teddy bear", "hair drier", "toothbrush",
};
/* clang-format on */

TfcLabels *
tfc_labels_new (gchar **names, guint n)
{
  TfcLabels *labels = g_new0 (TfcLabels, 1);

  labels->n = n;
  labels->names = names;
  labels->named_first = n > 0 && names[0];
  labels->by_name = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < n; i++) {
    if (!names[i])
      names[i] = g_strdup_printf ("class %u", i);
    gchar *folded = g_utf8_casefold (names[i], -1);
    if (g_hash_table_contains (labels->by_name, folded))
      g_free (folded);
    else
      g_hash_table_insert (labels->by_name, folded, GUINT_TO_POINTER (i));
  }
  return labels;
}

TfcLabels *
tfc_labels_new_by_id (gchar **names, guint n)
{
  TfcLabels *labels = tfc_labels_new (names, n);

  labels->by_id = TRUE;
  return labels;
}

TfcLabels *
tfc_labels_coco (void)
{
  gchar **names = g_new0 (gchar *, G_N_ELEMENTS (coco));

  for (guint i = 0; i < G_N_ELEMENTS (coco); i++)
    names[i] = g_strdup (coco[i]);
  return tfc_labels_new (names, G_N_ELEMENTS (coco));
}

TfcLabels *
tfc_labels_blank (guint n)
{
  return tfc_labels_new (g_new0 (gchar *, n), n);
}

void
tfc_labels_free (TfcLabels *labels)
{
  if (!labels)
    return;
  for (guint i = 0; i < labels->n; i++)
    g_free (labels->names[i]);
  g_free (labels->names);
  g_hash_table_unref (labels->by_name);
  g_free (labels);
}

guint
tfc_labels_n (const TfcLabels *labels)
{
  return labels->n;
}

const gchar *
tfc_labels_name (const TfcLabels *labels, gint class_id)
{
  return class_id >= 0 && (guint)class_id < labels->n ? labels->names[class_id] : "unknown class";
}

/* A name that stands for no class but the first line. */
static gboolean
background (const TfcLabels *labels)
{
  return !labels->named_first || !g_ascii_strcasecmp (labels->names[0], "background") ||
         !strcmp (labels->names[0], "__background__");
}

gint
tfc_labels_first (const TfcLabels *labels, guint n_classes)
{
  if (labels->n == n_classes && !labels->by_id)
    return 0;
  return labels->n > n_classes || (labels->n > 0 && background (labels)) ? 1 : 0;
}

gboolean
tfc_labels_background (const TfcLabels *labels)
{
  return labels->n > 0 && background (labels);
}

gboolean
tfc_labels_by_id (const TfcLabels *labels)
{
  return labels->by_id;
}

TfcLabels *
tfc_labels_resize (TfcLabels *labels, guint n)
{
  gchar **names = g_new0 (gchar *, MAX (n, 1));

  for (guint i = 0; i < MIN (n, labels->n); i++)
    if (i || labels->named_first)
      names[i] = g_strdup (labels->names[i]);
  TfcLabels *longer = tfc_labels_new (names, n);
  longer->by_id = labels->by_id;
  tfc_labels_free (labels);
  return longer;
}

gint
tfc_labels_find (const TfcLabels *labels, const gchar *name_or_id)
{
  gchar *folded = g_utf8_casefold (name_or_id, -1);
  gpointer id = NULL;
  gboolean found = g_hash_table_lookup_extended (labels->by_name, folded, NULL, &id);
  guint64 number = 0;

  g_free (folded);
  if (found)
    return GPOINTER_TO_INT (id);
  if (labels->n > 0 && g_ascii_string_to_unsigned (name_or_id, 10, 0, labels->n - 1, &number, NULL))
    return (gint)number;
  return -1;
}

/* Single-byte edits that turn a into b. Both are at most MAX_GUESS + 2 bytes long. */
static guint
edits (const gchar *a, const gchar *b)
{
  guint row[MAX_GUESS + 3];
  guint n = strlen (b);

  for (guint j = 0; j <= n; j++)
    row[j] = j;
  for (guint i = 0; a[i]; i++) {
    guint diagonal = row[0];
    row[0] = i + 1;
    for (guint j = 0; j < n; j++) {
      guint above = row[j + 1];
      row[j + 1] = MIN (diagonal + (a[i] != b[j]), MIN (above, row[j]) + 1);
      diagonal = above;
    }
  }
  return row[n];
}

static gboolean
similar (const gchar *word, const gchar *name)
{
  gsize a = strlen (word), b = strlen (name);

  if (a >= 3 && (strstr (name, word) || strstr (word, name)))
    return TRUE;
  return a > 0 && a <= MAX_GUESS && b <= a + 2 && a <= b + 2 &&
         edits (word, name) <= (a > 4 ? 2 : 1);
}

/* " Did you mean 'cat', 'car'?" or nothing. */
static gchar *
suggestion (const TfcLabels *labels, const gchar *word)
{
  GString *text = g_string_new (NULL);
  gchar *folded = g_utf8_casefold (word, -1);

  for (guint i = 0, n = 0; i < labels->n && n < 3; i++) {
    gchar *name = g_utf8_casefold (labels->names[i], -1);
    if (!g_str_has_prefix (name, "class ") && similar (folded, name))
      g_string_append_printf (text, "%s'%s'", n++ ? ", " : ". Did you mean ", labels->names[i]);
    g_free (name);
  }
  if (text->len)
    g_string_append_c (text, '?');
  g_free (folded);
  return g_string_free (text, FALSE);
}

#define MAX_RUN 8 /* parts that a name with commas may have */

/* The id of the longest name that begins the list of parts, for a name may have commas itself; *n:
 * how many of them it is. -1 and 1 if there is none. */
static gint
find_longest (const TfcLabels *labels, gchar **parts, guint *n)
{
  gint id = -1;

  for (*n = 0; *n < MAX_RUN && parts[*n];)
    ++*n;
  for (; *n > 0 && id < 0; *n -= id < 0) {
    GString *name = g_string_new (parts[0]);
    for (guint i = 1; i < *n; i++)
      g_string_append_printf (name, ",%s", parts[i]);
    g_strstrip (name->str);
    if (g_utf8_validate (name->str, -1, NULL))
      id = tfc_labels_find (labels, name->str);
    g_string_free (name, TRUE);
  }
  *n = MAX (*n, 1);
  return id;
}

static void
refuse_class (const TfcLabels *labels, const gchar *word, GError **error)
{
  gchar *printable = g_utf8_make_valid (word, -1);
  gchar *hint = suggestion (labels, printable);

  g_set_error (error, TFC_ERROR, TFC_ERROR_SETTINGS,
               "unknown class '%s': neither a name of the label table nor an id from 0 to %u%s",
               printable, labels->n ? labels->n - 1 : 0, hint);
  g_free (hint);
  g_free (printable);
}

guint8 *
tfc_labels_parse_set (const TfcLabels *labels, const gchar *list, GError **error)
{
  guint8 *wanted = g_new0 (guint8, MAX (labels->n, 1));
  gchar **words = g_strsplit (list, ",", -1);

  for (guint i = 0, n = 1; words[i]; i += n) {
    const gint id = find_longest (labels, words + i, &n);
    if (id >= 0) {
      wanted[id] = 1;
    } else if (*g_strstrip (words[i])) {
      refuse_class (labels, words[i], error);
      g_clear_pointer (&wanted, g_free);
      break;
    }
  }
  g_strfreev (words);
  return wanted;
}
