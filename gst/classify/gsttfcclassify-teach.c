/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Examples of a running element: taught, forgotten and saved by its action signals, from any
 * thread. */
#include <string.h>

#include "gst/classify/gsttfcclassify-private.h"
#include "gst/util/gsttfcerror.h"

void
gst_tfc_taught_init (GstTfcTaught *t)
{
  g_mutex_init (&t->lock);
  t->knn = tfc_knn_new ();
}

void
gst_tfc_taught_clear (GstTfcTaught *t)
{
  tfc_knn_free (t->knn);
  g_free (t->embedding);
  g_clear_pointer (&t->file, g_ref_string_release);
  g_mutex_clear (&t->lock);
}

void
gst_tfc_taught_forget_seen (GstTfcTaught *t)
{
  g_mutex_lock (&t->lock);
  t->size = 0;
  g_mutex_unlock (&t->lock);
}

/* ---- the thread that analyses ---- */

/* Begins with the examples of the model's file, or with none. */
static void
adopt (GstTfcTaught *t, const GstTfcModel *model, gchar *file)
{
  const TfcKnn *examples = tfc_classifier_examples (model->network);
  TfcKnn *knn = examples ? tfc_knn_copy (examples) : tfc_knn_new ();

  g_mutex_lock (&t->lock);
  tfc_knn_free (t->knn);
  t->knn = knn;
  t->changed = TRUE;
  g_clear_pointer (&t->file, g_ref_string_release);
  t->file = file ? g_ref_string_acquire (file) : NULL;
  g_mutex_unlock (&t->lock);
}

/* Another file, or the same one read for a network with an embedding of another size. */
static gboolean
is_another (const GstTfcTaught *t, const gchar *file, guint size)
{
  const guint taught = tfc_knn_size (t->knn);

  return (file != t->file && g_strcmp0 (file, t->file)) || (file && taught && taught != size);
}

gboolean
gst_tfc_taught_begin (GstTfcTaught *t, const GstTfcModel *model)
{
  gchar *file = ((GstTfcClassifySettings *)model->config->settings)->examples_file;
  const gboolean active = t->active;
  gboolean changed;
  guint size;

  if (file && !*file)
    file = NULL;
  tfc_classifier_embedding (model->network, &size);
  g_mutex_lock (&t->lock);
  changed = is_another (t, file, size);
  g_mutex_unlock (&t->lock);
  if (changed)
    adopt (t, model, file);
  g_mutex_lock (&t->lock);
  t->active = size && tfc_knn_size (t->knn) == size;
  changed = t->changed || t->active != active;
  t->changed = FALSE;
  g_mutex_unlock (&t->lock);
  return changed;
}

/* Lock held. */
static void
keep_seen (GstTfcTaught *t, const TfcClassifier *classifier)
{
  guint size;
  const gfloat *embedding = tfc_classifier_embedding (classifier, &size);

  if (size != t->size)
    t->embedding = g_renew (gfloat, t->embedding, size);
  t->size = size;
  if (size)
    memcpy (t->embedding, embedding, size * sizeof *embedding);
}

guint
gst_tfc_taught_classes (GstTfcTaught *t, TfcClassifier *classifier,
                        const TfcClassifierOptions *options, gboolean keep, TfcClass *out)
{
  guint n = 0;

  g_mutex_lock (&t->lock);
  if (keep)
    keep_seen (t, classifier);
  if (!t->active || tfc_knn_n_examples (t->knn))
    n = tfc_classifier_classes (classifier, options, t->active ? t->knn : NULL, out);
  g_mutex_unlock (&t->lock);
  return n;
}

const gchar *
gst_tfc_taught_label (GstTfcTaught *t, TfcLabels *labels, gint class_id)
{
  const gchar *label;

  if (!t->active)
    return tfc_labels_name (labels, class_id);
  g_mutex_lock (&t->lock);
  label = g_intern_string (tfc_knn_label (t->knn, class_id));
  g_mutex_unlock (&t->lock);
  return label;
}

/* ---- action signals ---- */

/* Says what was wrong, on the bus. */
static gboolean
tell (GstTfcClassify *self, GError *error)
{
  if (!error)
    return TRUE;
  gst_tfc_post_error (GST_ELEMENT (self), GST_MESSAGE_WARNING, error);
  g_error_free (error);
  return FALSE;
}

static gboolean
learn (GstTfcClassify *self, const gchar *label)
{
  GstTfcTaught *t = &self->taught;
  GError *error = NULL;

  g_mutex_lock (&t->lock);
  if (!t->size)
    g_set_error_literal (
        &error, TFC_ERROR, TFC_ERROR_SETTINGS,
        "nothing to learn: no frame with something to classify was analysed yet, or "
        "the model has no embedding");
  else
    tfc_knn_add (t->knn, label ? label : "", t->embedding, t->size, &error);
  t->changed = t->changed || !error;
  g_mutex_unlock (&t->lock);
  return tell (self, error);
}

static gboolean
forget (GstTfcClassify *self, const gchar *label)
{
  GstTfcTaught *t = &self->taught;
  gboolean known;

  g_mutex_lock (&t->lock);
  known = label && tfc_knn_forget (t->knn, label);
  t->changed = t->changed || known;
  g_mutex_unlock (&t->lock);
  return known;
}

static void
clear (GstTfcClassify *self)
{
  GstTfcTaught *t = &self->taught;

  g_mutex_lock (&t->lock);
  tfc_knn_clear (t->knn);
  t->changed = TRUE;
  g_mutex_unlock (&t->lock);
}

/* FALSE with error set: the examples are not yet those of examples-file, which may be the file that
 * they would be written to. */
static gboolean
file_is_read (GstTfcClassify *self, GError **error)
{
  GstTfcTaught *t = &self->taught;
  gboolean same;

  GST_OBJECT_LOCK (self);
  const gchar *file = self->settings.examples_file;
  g_mutex_lock (&t->lock);
  same = !g_strcmp0 (file && *file ? file : NULL, t->file);
  g_mutex_unlock (&t->lock);
  GST_OBJECT_UNLOCK (self);
  if (!same)
    g_set_error_literal (error, TFC_ERROR, TFC_ERROR_SETTINGS,
                         "nothing was saved: examples-file is read with the next frame");
  return same;
}

/* A copy is written, so that frames do not wait for a disk. */
static gboolean
save (GstTfcClassify *self, const gchar *path)
{
  GstTfcTaught *t = &self->taught;
  GError *error = NULL;
  TfcKnn *copy;

  if (!file_is_read (self, &error))
    return tell (self, error);
  g_mutex_lock (&t->lock);
  copy = tfc_knn_copy (t->knn);
  g_mutex_unlock (&t->lock);
  tfc_knn_save (copy, path ? path : "", &error);
  tfc_knn_free (copy);
  return tell (self, error);
}

void
gst_tfc_classify_install_signals (GstTfcClassifyClass *klass)
{
  const GType type = G_TYPE_FROM_CLASS (klass);
  const GSignalFlags flags = G_SIGNAL_RUN_LAST | G_SIGNAL_ACTION;

  /**
   * GstTfcClassify::learn:
   * @label: name of the class
   *
   * Adds what the last analysed frame shows, with on=objects its surest object as it was last
   * classified, to the examples of a class. From now on the examples decide. May be emitted from
   * any thread while playing.
   *
   * Returns: %FALSE: nothing was learnt, and a warning on the bus says why
   *
   * Since: 0.1
   */
  g_signal_new_class_handler ("learn", type, flags, G_CALLBACK (learn), NULL, NULL, NULL,
                              G_TYPE_BOOLEAN, 1, G_TYPE_STRING);
  /**
   * GstTfcClassify::forget:
   * @label: name of the class
   *
   * Drops the examples of a class.
   *
   * Returns: %FALSE: there is no such class
   *
   * Since: 0.1
   */
  g_signal_new_class_handler ("forget", type, flags, G_CALLBACK (forget), NULL, NULL, NULL,
                              G_TYPE_BOOLEAN, 1, G_TYPE_STRING);
  /**
   * GstTfcClassify::clear:
   *
   * Drops all examples: the network's own classes are reported again.
   *
   * Since: 0.1
   */
  g_signal_new_class_handler ("clear", type, flags, G_CALLBACK (clear), NULL, NULL, NULL,
                              G_TYPE_NONE, 0);
  /**
   * GstTfcClassify::save:
   * @path: file that is written
   *
   * Writes the examples, in a form that examples-file reads.
   *
   * Returns: %FALSE: it could not be written, or examples-file was set and no frame was
   * analysed since; and a warning on the bus says why
   *
   * Since: 0.1
   */
  g_signal_new_class_handler ("save", type, flags, G_CALLBACK (save), NULL, NULL, NULL,
                              G_TYPE_BOOLEAN, 1, G_TYPE_STRING);
}
