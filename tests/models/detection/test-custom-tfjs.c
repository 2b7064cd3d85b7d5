/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* GraphModels that suppress inside, seen through the door. */
#include <string.h>

#include "models/detection/ssd.h"
#include "tests/inference/tfjs/tfjs-nets.h"
#include "tests/inference/tfjs/tfjs-suppressing.h"

/* Row 5 is (64, 32, 192, 160) / 256: corners, and the scores of the background and three classes,
 * or the class of column 2. */
static void
test_net (gconstpointer data)
{
  const TfjsSuppressing *net = data;
  const TfcModelOptions options = {"reference", NULL};
  GraphModel *f = graphmodel_new ();
  guint8 pixels[48] = {0};
  TfcFrame frame = tfc_frame_rgb (pixels, 4, 4);
  TfcSsdOptions how = TFC_SSD_DEFAULTS;
  TfcDetection out[12];
  GError *error = NULL;

  net->write (f);
  TfcSsd *ssd = tfc_ssd_open (graphmodel_write (f), NULL, &options, &error);
  g_assert_no_error (error);
  memcpy (pixels + 20, (guint8[]){64, 32, 192, 160}, 4);
  g_assert_cmpint (tfc_ssd_run (ssd, &frame, &how, out, 12, NULL, NULL), ==, 1);
  g_assert_cmpint (out[0].class_id, ==, net->id);
  g_assert_cmpfloat (out[0].score, ==, 0.75f);
  g_assert_cmpfloat (out[0].box.y, ==, 0.25f);
  g_assert_cmpfloat (out[0].box.x, ==, 0.125f);
  g_assert_cmpfloat (out[0].box.h, ==, 0.5f);
  g_assert_cmpfloat (out[0].box.w, ==, 0.5f);
  tfc_ssd_close (ssd);
  graphmodel_free (f);
}

static void
refuse (void (*write) (GraphModel *f), const gchar *says)
{
  GraphModel *f = graphmodel_new ();
  GError *error = NULL;

  write (f);
  g_assert_null (tfc_ssd_open (graphmodel_write (f), NULL, NULL, &error));
  if (!error || !strstr (error->message, says))
    g_error ("'%s' does not say '%s'", error ? error->message : "nothing", says);
  g_clear_error (&error);
  graphmodel_free (f);
}

static void
test_refused (void)
{
  for (guint i = 0; i < tfjs_n_suppressing_wrong; i++)
    refuse (tfjs_suppressing_wrong[i].write, tfjs_suppressing_wrong[i].says);
}

/* Suppression behind a box coder: both are cut off, and the background's column is still none of
 * the classes. */
static void
test_coder (void)
{
  const TfcModelOptions options = {"reference", NULL};
  GraphModel *f = graphmodel_new ();
  GError *error = NULL;

  tfjs_coder (f, 0.1f);
  graphmodel_node (f, "nms", "NonMaxSuppressionV5", "boxes,scores,axis", NULL);
  f->extra = "'signature':{'outputs':{'detection_boxes':{'name':'nms'},"
             "'raw_detection_scores':{'name':'sigmoid'},'raw_detection_boxes':{'name':'boxes'}}},";
  TfcModel *model = tfc_model_open (graphmodel_write (f), &options, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (tfc_model_postprocess (model), ==, "BoxCoder");
  g_assert_cmpfloat (tfc_model_postprocess_option (model, "num_classes", 0), ==, 3);
  g_assert_cmpfloat (tfc_model_postprocess_option (model, "y_scale", 0), ==, 10);
  g_assert_cmpuint (tfc_model_n_outputs (model), ==, 2);
  tfc_model_close (model);
  graphmodel_free (f);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < tfjs_n_suppressing; i++) {
    gchar *path = g_strconcat ("/custom-tfjs/", tfjs_suppressing[i].name, NULL);
    g_test_add_data_func (path, &tfjs_suppressing[i], test_net);
    g_free (path);
  }
  g_test_add_func ("/custom-tfjs/coder", test_coder);
  g_test_add_func ("/custom-tfjs/refused", test_refused);
  return g_test_run ();
}
