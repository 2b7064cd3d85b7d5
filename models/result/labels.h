/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Label tables: class id -> name. Immutable once made, so any number of threads may read one. */
#include <glib.h>

#define TFC_LABELS_MAX 65536 /* ids are below */

typedef struct TfcLabels TfcLabels;

/* COCO as TensorFlow numbers it: ids 1..90 of which ten have no name (class_id 1 is "person"). */
TfcLabels *tfc_labels_coco (void);
/* The file at path, by its content. One name a line, id = line number from 0, "???" or an empty line
 * for a class without a name; or lines of "id name" where every line begins with a number; or a
 * label_map.pbtxt (item { id: 1 name: "cat" display_name: "Cat" }, display_name wins). Space around a name and
 * empty lines at the end do not count. UTF-8, at most 65536 lines of at most 256 bytes. NULL with error
 * set (TFC_ERROR of inference/error.h: NOT_FOUND, READ, or SETTINGS, which names the line, or the format that
 * it is instead: JSON, CSV, XML, YAML, binary). */
TfcLabels *tfc_labels_load (const gchar *path, GError **error);
/* The same from memory; name stands in messages. */
TfcLabels *tfc_labels_parse (const gchar *text, gsize length, const gchar *name, GError **error);
/* From n names, entries may be NULL; takes them. */
TfcLabels *tfc_labels_new (gchar **names, guint n);
/* The same, from a file that gives each name its id. */
TfcLabels *tfc_labels_new_by_id (gchar **names, guint n);
/* Ids 0..n-1 without names, for a network that nobody named the classes of. */
TfcLabels *tfc_labels_blank (guint n);
void tfc_labels_free (TfcLabels *labels); /* NULL is allowed */

/* One more than the greatest id. */
guint tfc_labels_n (const TfcLabels *labels);
/* Never NULL: "class 12" style names stand in for ids without one, "unknown class" for ids outside
 * the table. Valid as long as labels. */
const gchar *tfc_labels_name (const TfcLabels *labels, gint class_id);
/* The id of the first of a network's n_classes classes: 1 where the table has a line for the background in
 * front of them, else 0. */
gint tfc_labels_first (const TfcLabels *labels, guint n_classes);
/* Whether the file gave each name its id. */
gboolean tfc_labels_by_id (const TfcLabels *labels);
/* Whether id 0 is the background: no name, "background" or "__background__". */
gboolean tfc_labels_background (const TfcLabels *labels);
/* The table with exactly n ids, "class 7" for those that had none; takes labels. */
TfcLabels *tfc_labels_resize (TfcLabels *labels, guint n);
/* By name (case does not matter) or decimal id; -1 if unknown. */
gint tfc_labels_find (const TfcLabels *labels, const gchar *name_or_id);

/* A set of class ids from "person, cat,17" (empty words do not count; names
 * may have commas themselves, the longest that fits counts); wanted[id] is 1 for members, n = tfc_labels_n.
 * NULL with error set (SETTINGS, names the unknown word and suggests near ones). g_free. */
guint8 *tfc_labels_parse_set (const TfcLabels *labels, const gchar *list, GError **error);
