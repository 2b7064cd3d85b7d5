/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once
/* Open networks that elements of a process share: one set of packed weights however many streams there
 * are. A network has one arena, so it runs for one element at a time, in the order of asking.
 *
 * Elements find the table as GStreamer's elements find things they share: a GstContext of type
 * "tfc.engines" (field "engines"), asked for downstream, upstream and of the application (NEED_CONTEXT); who
 * gets none takes the process's own table and tells it (HAVE_CONTEXT). So elements share across pipelines,
 * unless an application hands a context of its own to some. All functions are thread-safe. */
#include <gst/gst.h>

#define GST_TFC_MODEL_CACHE_CONTEXT "tfc.engines"

typedef struct _GstTfcEngines GstTfcModelCache;
#define GST_TYPE_TFC_MODEL_CACHE (gst_tfc_model_cache_get_type ())
GType gst_tfc_model_cache_get_type (void);
GstTfcModelCache *gst_tfc_model_cache_ref (GstTfcModelCache *engines);
void gst_tfc_model_cache_unref (GstTfcModelCache *engines); /* NULL is fine */

/* (transfer full): the table in context, NULL if it is of another type. */
GstTfcModelCache *gst_tfc_model_cache_from_context (GstContext *context);
/* (transfer full) */
GstContext *gst_tfc_model_cache_to_context (GstTfcModelCache *engines);
/* Sees to it that element gets a context (its set_context is called). No lock is held. */
void gst_tfc_model_cache_find (GstElement *element);

/* A network and who uses it. */
typedef struct _GstTfcNetwork GstTfcSharedModel;
typedef gpointer (*GstTfcSharedModelOpen) (gpointer data, GError **error);

/* The network of that key, opened if there is none; who asks meanwhile waits. engines NULL: one that
 * nobody else gets. number: the smallest that no other user of it has (from 0). NULL with open's
 * error set. */
GstTfcSharedModel *gst_tfc_shared_model_open (GstTfcModelCache *engines, const gchar *key,
                                     GstTfcSharedModelOpen open, gpointer data, GDestroyNotify close,
                                     guint *number, GError **error);
/* Ends one use; the last one closes the network. NULL is fine. */
void gst_tfc_shared_model_close (GstTfcSharedModel *network, guint number);
/* What open gave, to read what never changes of it. */
gpointer gst_tfc_shared_model_get (GstTfcSharedModel *network);
/* The same, to run it: waits for its turn. */
gpointer gst_tfc_shared_model_acquire (GstTfcSharedModel *network);
void gst_tfc_shared_model_release (GstTfcSharedModel *network);
/* How many use it now. */
guint gst_tfc_shared_model_users (GstTfcSharedModel *network);

/* What a file is, so that other ways to spell its path mean the same and a changed file another: device,
 * inode, size, time of change; the path itself if it cannot be read. g_free; NULL gives "". */
gchar *gst_tfc_file_identity (const gchar *path);
