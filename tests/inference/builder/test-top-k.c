/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The operator with two outputs, from both formats. */
#include <string.h>

#include "inference/backend.h"
#include "inference/builder/load.h"
#include "inference/model.h"
#include "tests/inference/tfjs/graphmodel.h"
#include "tests/inference/tflite/fbwriter.h"

static const gfloat numbers[] = {1, 5, -2, 5, 3, /**/ 0, 0, 7, -1, 0};
static const gfloat values[] = {5, 5, 3, 7, 0, 0};
static const gint32 places[] = {1, 3, 4, 2, 0, 1};

/* Takes model. */
static void
check_model (TfcModel *m, guint first)
{
  g_assert_cmpuint (tfc_model_n_outputs (m), ==, 2);
  memcpy (tfc_model_input (m, 0)->data, numbers, sizeof numbers);
  g_assert_true (tfc_model_run (m, NULL));
  g_assert_cmpmem (tfc_model_output (m, first)->data, sizeof values, values, sizeof values);
  g_assert_cmpmem (tfc_model_output (m, !first)->data, sizeof places, places, sizeof places);
  tfc_model_close (m);
}

/* constant: k is one. */
static GBytes *
write_tflite (gint32 k, gboolean constant, guint n_out)
{
  TflWriter *w = tflw_new ();
  TfcShape x = tfc_shape (2, 2, 5), one = tfc_shape (1, 1), y = tfc_shape (2, 2, 3);
  gint in[] = {tflw_tensor (w, TFL_F32, "x", &x, NULL, 0),
               tflw_tensor (w, TFL_I32, "k", &one, &k, constant ? sizeof k : 0)};
  gint out[] = {tflw_tensor (w, TFL_F32, "y", &y, NULL, 0),
                tflw_tensor (w, TFL_I32, "at", &y, NULL, 0),
                tflw_tensor (w, TFL_I32, "no", &y, NULL, 0)};
  tflw_op (w, 48, NULL, in, 2, out, n_out);
  GBytes *bytes = tflw_finish (w, in, constant ? 1 : 2, out, n_out);
  tflw_free (w);
  return bytes;
}

static void
test_tflite (void)
{
  for (guint i = 0; tfc_backend_nth (i); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) bytes = write_tflite (3, TRUE, 2);
    TfcModelOptions options = {tfc_backend_nth (i)->name, NULL};
    TfcGraph *g = tfc_load_tflite_bytes (bytes, "top_k.tflite", &error);
    g_assert_no_error (error);
    TfcModel *m = tfc_model_open_graph (g, &options, &error);
    g_assert_no_error (error);
    check_model (m, 0);
  }
}

static void
test_refused (void)
{
  static const struct {
    gint32 k;
    gboolean constant;
    guint n_out;
    const gchar *says;
  } cases[] = {{6, TRUE, 2, "6 of 5 elements"}, {0, TRUE, 2, "0 of 5 elements"},
               {-3, TRUE, 2, "of 5 elements"},  {3, TRUE, 1, "1 outputs"},
               {3, TRUE, 3, "3 outputs"},       {3, FALSE, 2, "number of elements"}};
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) bytes = write_tflite (cases[i].k, cases[i].constant, cases[i].n_out);
    g_assert_null (tfc_load_tflite_bytes (bytes, "top_k.tflite", &error));
    g_assert_nonnull (error);
    g_test_message ("%s", error->message);
    g_assert_nonnull (strstr (error->message, cases[i].says));
    g_assert_nonnull (strstr (error->message, "TOPK_V2"));
  }
}

/* Outputs in the other order. */
static void
test_tfjs (void)
{
  g_autoptr (GError) error = NULL;
  GraphModel *f = graphmodel_new ();
  graphmodel_input (f, "2,5");
  graphmodel_ints (f, "k", "", (gint32[]){3});
  graphmodel_node (f, "y", "TopKV2", "x,k", "'sorted':{'b':true}");
  f->extra = "'signature':{'outputs':{'at':{'name':'y:1'},'best':{'name':'y:0'}}},";
  TfcModel *m = tfc_model_open (graphmodel_write (f), NULL, &error);
  g_assert_no_error (error);
  check_model (m, tfc_model_output (m, 0)->type == TFC_TYPE_F32 ? 0 : 1);
  graphmodel_free (f);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/top-k/tflite", test_tflite);
  g_test_add_func ("/top-k/refused", test_refused);
  g_test_add_func ("/top-k/graphmodel", test_tfjs);
  return g_test_run ();
}
