/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once
/* Label tables: class id -> name. Immutable once made, reference counted, thread-safe. */
#include <glib.h>

typedef struct TfcLabels TfcLabels;

/* COCO as TensorFlow numbers it: ids 1..90 of which ten have no name (class_id 1 is "person"). */
TfcLabels *tfc_labels_coco (void);
/* One name a line, id = line number from 0; "???" or an empty line is a class without a name;
 * also the "id name" form when every line begins with a number. Space around a name and empty lines
 * at the end of the file do not count. UTF-8, at most 65536 lines of at most 256 bytes. NULL with error set (TFC_ERROR of inference/error.h: NOT_FOUND, READ, SETTINGS). */
TfcLabels *tfc_labels_load (const gchar *path, GError **error);
/* Ids 0..n-1 without names, for a network that nobody named the classes of. */
TfcLabels *tfc_labels_blank (guint n);
TfcLabels *tfc_labels_ref (TfcLabels *labels);
void tfc_labels_unref (TfcLabels *labels); /* NULL is fine */

/* One more than the greatest id. */
guint tfc_labels_n (const TfcLabels *labels);
/* Never NULL: "class 12" style names stand in for ids without one, "unknown class" for ids outside
 * the table. Valid as long as labels. */
const gchar *tfc_labels_name (const TfcLabels *labels, gint class_id);
/* By name (case does not matter) or decimal id; -1 if unknown. */
gint tfc_labels_find (const TfcLabels *labels, const gchar *name_or_id);

/* A set of class ids from "person, cat,17" (empty words do not count); wanted[id] is 1 for members, n = tfc_labels_n.
 * NULL with error set (SETTINGS, names the unknown word and suggests near ones). g_free. */
guint8 *tfc_labels_parse_set (const TfcLabels *labels, const gchar *list, GError **error);
