/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* tfc-run: any model file on any tensors. Arrays and pictures in; names, ranges, values and arrays
 * out. */
#include "config.h"
#include "inference/model.h"
#include "tools/common/arguments.h"
#include "tools/run/run.h"

#include <locale.h>
#include <math.h>
#include <stdio.h>

enum { EXIT_OK, EXIT_FAILED, EXIT_USAGE };

static struct {
  gchar **inputs, **models, **shapes, **input_nodes, **output_nodes;
  gchar *output, *backend, *range_text;
  gboolean print, list, version;
  gint threads;
  TfcRunRange range;
  TfcInputShape *input_shapes;
  guint n_shapes;
} arg = {.range = {FALSE, 0, 1}};

// clang-format off
static const GOptionEntry entries[] = {
  {"input", 'i', 0, G_OPTION_ARG_FILENAME_ARRAY, &arg.inputs, "Fill an input from a .npy file or a picture; NAME as the model has it, or the input's index; FILE alone where there is one input; once for each input", "NAME=FILE"},
  {"shape", 's', 0, G_OPTION_ARG_STRING_ARRAY, &arg.shapes, "Shape of an input, where the file leaves sizes open or another is wanted; NAME or index, neither for the first; once for each input", "NAME=1x257x257x3"},
  {"output-node", 0, 0, G_OPTION_ARG_STRING_ARRAY, &arg.output_nodes, "A tensor inside the file in place of its outputs, such as a layer's activations; once for each", "NAME"},
  {"input-node", 0, 0, G_OPTION_ARG_STRING_ARRAY, &arg.input_nodes, "A tensor inside the file that is given instead of computed; once for each", "NAME"},
  {"list", 'l', 0, G_OPTION_ARG_NONE, &arg.list, "Print the tensors inside the file and do not run it", NULL},
  {"range", 0, 0, G_OPTION_ARG_STRING, &arg.range_text, "What a float input gets for black and white of a picture (default: what the model says, else 0,1)", "LOW,HIGH"},
  {"output", 'o', 0, G_OPTION_ARG_FILENAME, &arg.output, "Write each output as DIR/NAME.npy", "DIR"},
  {"print", 'p', 0, G_OPTION_ARG_NONE, &arg.print, "Print the numbers of each output, the first 1000", NULL},
  {"backend", 0, 0, G_OPTION_ARG_STRING, &arg.backend, "Backend (default: the best that is built in)", "B"},
  {"threads", 0, 0, G_OPTION_ARG_INT, &arg.threads, "Worker threads (0: chosen for this machine)", "N"},
  {"version", 0, 0, G_OPTION_ARG_NONE, &arg.version, "Print the version", NULL},
  {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &arg.models, NULL, "MODEL"},
  {NULL}
};
// clang-format on

/* "LOW,HIGH" */
static gboolean
parse_range (const gchar *text, TfcRunRange *range)
{
  gchar *comma, *end;
  range->given = TRUE;
  range->low = g_ascii_strtod (text, &comma);
  if (comma == text || *comma != ',')
    return FALSE;
  range->high = g_ascii_strtod (comma + 1, &end);
  return end != comma + 1 && !*end && isfinite (range->low) && isfinite (range->high);
}

/* NULL, or what is wrong with the command line. */
static const gchar *
check_arguments (void)
{
  const gchar *wrong;
  if (arg.version)
    return NULL;
  if (!arg.models || !arg.models[0])
    return "no model given";
  if (arg.models[1])
    return "more than one model given; files for its inputs go behind --input";
  if (arg.threads < 0 || arg.threads > 256)
    return "--threads must be 0..256";
  arg.input_shapes = tfc_run_shapes ((const gchar *const *)arg.shapes, &arg.n_shapes, &wrong);
  if (wrong)
    return "--shape must be sizes of 1 and more, 1x257x257x3; input=1x257x257x3 for another "
           "input than the first";
  if (arg.range_text && !parse_range (arg.range_text, &arg.range))
    return "--range must be two numbers: LOW,HIGH";
  return NULL;
}

static gboolean
parse (int *argc, char ***argv)
{
  GOptionContext *context = g_option_context_new ("- run a model file");
  g_option_context_set_summary (
      context,
      "Runs a .tflite file or a GraphModel's model.json once and prints name, type, shape, "
      "least, greatest and mean\nnumber of each input and output. Inputs that are not given "
      "are zeros. Numbers are those that the tensors\nstore: of a quantised tensor, scale x "
      "(number - zero point) is meant.");
  g_option_context_add_main_entries (context, entries, NULL);
  return tfc_arguments_parse (context, argc, argv, check_arguments);
}

static void
free_arguments (void)
{
  gchar **lists[] = {arg.inputs, arg.models, arg.shapes, arg.input_nodes, arg.output_nodes};
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    g_strfreev (lists[i]);
  tfc_run_shapes_free (arg.input_shapes, arg.n_shapes);
}

static void
note_postprocess (const TfcModel *model)
{
  if (tfc_model_postprocess (model))
    g_printerr ("tfc-run: %s: the outputs are what goes into the file's %s, which is not run\n",
                arg.models[0], tfc_model_postprocess (model));
}

/* Before the run: it may write over them. */
static void
describe_inputs (const TfcModel *model, GString *text)
{
  for (guint i = 0; i < tfc_model_n_inputs (model); i++)
    tfc_run_describe (text, "input", i, tfc_model_input_name (model, i),
                      tfc_model_input (model, i));
}

static void
describe_outputs (const TfcModel *model, GString *text)
{
  for (guint i = 0; i < tfc_model_n_outputs (model); i++) {
    const TfcTensor *output = tfc_model_output (model, i);
    tfc_run_describe (text, "output", i, tfc_model_output_name (model, i), output);
    if (arg.print)
      tfc_run_print_values (text, output);
  }
}

static gboolean
run (const TfcModelOptions *options, GString *text, GError **error)
{
  gboolean ok;
  if (arg.list)
    return tfc_run_list (arg.models[0], options, text, error);
  TfcModel *model = tfc_model_open (arg.models[0], options, error);
  if (!model)
    return FALSE;
  ok = tfc_run_fill (model, (const gchar *const *)arg.inputs, &arg.range, error);
  if (ok) {
    describe_inputs (model, text);
    ok = tfc_model_run (model, error);
  }
  if (ok) {
    describe_outputs (model, text);
    note_postprocess (model);
    ok = !arg.output || tfc_run_write_outputs (model, arg.output, error);
  }
  tfc_model_close (model);
  return ok;
}

int
main (int argc, char **argv)
{
  GError *error = NULL;
  int status = EXIT_OK;
  setlocale (LC_ALL, "");
  if (!parse (&argc, &argv))
    return EXIT_USAGE;
  if (arg.version) {
    g_print ("tfc-run %s\n", TFC_VERSION);
    return EXIT_OK;
  }
  GString *text = g_string_new (NULL);
  TfcPool *pool = tfc_pool_new ((guint)arg.threads);
  const TfcModelOptions options = {.backend = arg.backend,
                                   .pool = pool,
                                   .input_shapes = arg.input_shapes,
                                   .n_input_shapes = arg.n_shapes,
                                   .inputs = (const gchar *const *)arg.input_nodes,
                                   .outputs = (const gchar *const *)arg.output_nodes};
  if (!run (&options, text, &error)) {
    tfc_error_tidy (&error);
    g_printerr ("tfc-run: %s\n", error->message);
    status = EXIT_FAILED;
  } else if (fputs (text->str, stdout) < 0 || fflush (stdout)) {
    g_printerr ("tfc-run: standard output: cannot write\n");
    status = EXIT_FAILED;
  }
  g_clear_error (&error);
  tfc_pool_unref (pool);
  g_string_free (text, TRUE);
  free_arguments ();
  return status;
}
