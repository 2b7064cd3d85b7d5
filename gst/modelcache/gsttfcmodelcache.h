/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Open networks that elements of a process share: one set of packed weights however many streams
 * there are. A network has one arena, so it runs for one element at a time, in the order of asking.
 *
 * Elements find the cache as GStreamer's elements find things they share: a GstContext of type
 * "tfc.model-cache" (field "model-cache"), asked for downstream, upstream and of the application
 * (NEED_CONTEXT); an element that gets none takes the process's own cache and tells it
 * (HAVE_CONTEXT). So elements share across pipelines, unless an application hands a context of its own
 * to some. All functions are thread-safe. */
#include "gst/modelcache/gsttfcmodel.h"

#define GST_TFC_MODEL_CACHE_CONTEXT "tfc.model-cache"

#define GST_TYPE_TFC_MODEL_CACHE (gst_tfc_model_cache_get_type ())
GType gst_tfc_model_cache_get_type (void);
GstTfcModelCache *gst_tfc_model_cache_ref (GstTfcModelCache *cache);
void gst_tfc_model_cache_unref (GstTfcModelCache *cache); /* NULL is allowed */

/* (transfer full): the cache in context, NULL if it is of another type. */
GstTfcModelCache *gst_tfc_model_cache_from_context (GstContext *context);
/* (transfer full) */
GstContext *gst_tfc_model_cache_to_context (GstTfcModelCache *cache);
/* Sees to it that element gets a context (its set_context is called). No lock is held. */
void gst_tfc_model_cache_find (GstElement *element);

/* Used like g_once_init_enter and g_once_init_leave, by open_model. Looks for the network of that key
 * in the cache of model's config; while another thread opens it, waits for that.
 * FALSE: there is one, and model's network is it. TRUE: the caller is to open it, and to leave with
 * what it has, or with NULL; nobody else opens it until then.
 * model's slot is then the smallest number (from 0) that no other model of the same network has. */
gboolean gst_tfc_model_enter (GstTfcModel *model, const gchar *key);
/* close: called once for network, when the last model of it goes. */
void gst_tfc_model_leave (GstTfcModel *model, gpointer network, GDestroyNotify close);
/* For gst_tfc_model_unref: the model's network is no longer its own. */
void gst_tfc_model_release_shared (GstTfcModel *model);

/* model's network, to run it: waits for its turn. */
gpointer gst_tfc_model_acquire (GstTfcModel *model);
void gst_tfc_model_release (GstTfcModel *model);
/* How many models have the same network now, this one included; 0 if none is open. */
guint gst_tfc_model_streams (const GstTfcModel *model);
