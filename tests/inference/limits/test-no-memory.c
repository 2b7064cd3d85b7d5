/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Memory that is not there: every allocation whose size follows from a file (GLib's g_try_ calls,
 * the arena, XNNPACK's own, cJSON's) fails once, and from there on, while tiny models are opened.
 * What opens in spite of it computes the same. The linker puts the __wrap_ functions in the place
 * of the real.
 */
#include "tests/inference/tflite/fbwriter.h"
#include "inference/backend.h"
#include "inference/graph/graph.h"
#include "inference/builder/load.h"
#include "inference/model.h"
#include "tests/inference/tfjs/tfjs-cases.h"
#include "tests/inference/tfjs/tfjs-nets.h"
#include "tests/inference/tflite/tfl-cases.h"
#include "tests/inference/tflite/tfl-nets.h"

#include <cJSON.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "config.h"
#include "inference/backends/cpu/f32/winograd.h"

#if HAVE_XNNPACK
#include <xnnpack.h>
#endif

/* Allocations counted so far; the one that fails (0: none) and whether all after it do. */
static guint count, fail_at;
static gboolean fail_after;

static gboolean
fails (void)
{
  count++;
  return fail_at && (fail_after ? count >= fail_at : count == fail_at);
}

gpointer __real_g_try_malloc (gsize n);
gpointer __wrap_g_try_malloc (gsize n);
gpointer __real_g_try_malloc0 (gsize n);
gpointer __wrap_g_try_malloc0 (gsize n);
gpointer __real_g_try_malloc_n (gsize n, gsize size);
gpointer __wrap_g_try_malloc_n (gsize n, gsize size);
gpointer __real_g_try_malloc0_n (gsize n, gsize size);
gpointer __wrap_g_try_malloc0_n (gsize n, gsize size);
gpointer __real_g_try_realloc_n (gpointer old, gsize n, gsize size);
gpointer __wrap_g_try_realloc_n (gpointer old, gsize n, gsize size);
void *__real_aligned_alloc (size_t align, size_t n);
void *__wrap_aligned_alloc (size_t align, size_t n);
int __real_posix_memalign (void **at, size_t align, size_t n);
int __wrap_posix_memalign (void **at, size_t align, size_t n);

gpointer
__wrap_g_try_malloc (gsize n)
{
  return fails () ? NULL : __real_g_try_malloc (n);
}

gpointer
__wrap_g_try_malloc0 (gsize n)
{
  return fails () ? NULL : __real_g_try_malloc0 (n);
}

gpointer
__wrap_g_try_malloc_n (gsize n, gsize size)
{
  return fails () ? NULL : __real_g_try_malloc_n (n, size);
}

gpointer
__wrap_g_try_malloc0_n (gsize n, gsize size)
{
  return fails () ? NULL : __real_g_try_malloc0_n (n, size);
}

gpointer
__wrap_g_try_realloc_n (gpointer old, gsize n, gsize size)
{
  return fails () ? NULL : __real_g_try_realloc_n (old, n, size);
}

void *
__wrap_aligned_alloc (size_t align, size_t n)
{
  return fails () ? NULL : __real_aligned_alloc (align, n);
}

int
__wrap_posix_memalign (void **at, size_t align, size_t n)
{
  return fails () ? ENOMEM : __real_posix_memalign (at, align, n);
}

#if HAVE_XNNPACK
static gint engine_blocks; /* that XNNPACK holds */

/* Never fails: XNNPACK (of 2022) fills small tables of its own, 24 bytes a value, without a look at
 * whether it got them. Weights, workspace and operators come from the two others; of a workspace
 * that it did not get, XNNPACK of 2024 asserts that it is there (ENGINE_LOOKS is 0 then). */
static void *
engine_alloc (void *context, size_t n)
{
  void *at = malloc (n);
  engine_blocks += at != NULL;
  return at;
}

static void *
engine_realloc (void *context, void *old, size_t n)
{
  void *at = fails () ? NULL : realloc (old, n);
  engine_blocks += at && !old;
  return at;
}

static void
engine_free (void *context, void *at)
{
  engine_blocks -= at != NULL;
  free (at);
}

static void *
engine_aligned_alloc (void *context, size_t align, size_t n)
{
  void *at = ENGINE_LOOKS && fails ()
                 ? NULL
                 : __real_aligned_alloc (align, (n + align - 1) / align * align);
  engine_blocks += at != NULL;
  return at;
}

enum xnn_status __real_xnn_initialize (const struct xnn_allocator *allocator);
enum xnn_status __wrap_xnn_initialize (const struct xnn_allocator *allocator);

enum xnn_status
__wrap_xnn_initialize (const struct xnn_allocator *allocator)
{
  static const struct xnn_allocator failing = {
      .allocate = engine_alloc,
      .reallocate = engine_realloc,
      .deallocate = engine_free,
      .aligned_allocate = engine_aligned_alloc,
      .aligned_deallocate = engine_free,
  };
  return __real_xnn_initialize (&failing);
}
#else
static const gint engine_blocks;
#endif

/* A .tflite in memory, or a GraphModel in files. */
typedef struct {
  GBytes *bytes;
  GraphModel *files;
} Source;

static TfcModel *
open_model (const Source *source, const gchar *backend, GError **error)
{
  TfcModelOptions options = {.backend = backend};
  if (source->files)
    return tfc_model_open (source->files->path, &options, error);
  TfcGraph *graph = tfc_load_tflite_bytes (source->bytes, "tiny", error);
  return graph ? tfc_model_open_graph (graph, &options, error) : NULL;
}

/* The first output's bytes, for inputs of ones. */
static GBytes *
run (TfcModel *model)
{
  for (guint i = 0; i < tfc_model_n_inputs (model); i++) {
    const TfcTensor *t = tfc_model_input (model, i);
    for (gsize k = 0; k < tfc_tensor_count (t); k++) {
      if (t->type == TFC_TYPE_F32)
        ((gfloat *)t->data)[k] = 1;
      else
        ((guint8 *)t->data)[k] = 1;
    }
  }
  g_assert_true (tfc_model_run (model, NULL));
  const TfcTensor *y = tfc_model_output (model, 0);
  return g_bytes_new (y->data, tfc_tensor_bytes (y));
}

/* One opening; how many allocations it asked for. */
static guint
attempt (const Source *source, const gchar *backend, guint at, gboolean after, GBytes *expect)
{
  GError *error = NULL;
  gint blocks = engine_blocks;
  count = 0;
  fail_at = at;
  fail_after = after;
  TfcModel *model = open_model (source, backend, &error);
  guint n = count;
  fail_at = 0;
  if (model) {
    g_assert_no_error (error);
    GBytes *got = run (model);
    g_assert_true (g_bytes_equal (got, expect));
    g_bytes_unref (got);
  } else {
    g_assert_true (error && error->domain == TFC_ERROR);
    g_clear_error (&error);
  }
  tfc_model_close (model);
  g_assert_cmpint (engine_blocks, ==, blocks);
  return n;
}

/* A network that no backend runs is refused with and without memory. */
static guint
every_allocation (const Source *source, const gchar *backend)
{
  TfcModel *model = open_model (source, backend, NULL);
  GBytes *expect = model ? run (model) : NULL;
  tfc_model_close (model);
  guint n = attempt (source, backend, 0, FALSE, expect);
  for (guint k = 1; k <= n; k++) {
    attempt (source, backend, k, FALSE, expect);
    attempt (source, backend, k, TRUE, expect);
  }
  g_clear_pointer (&expect, g_bytes_unref);
  return n;
}

static void
test_open (gconstpointer backend)
{
  guint n = 0;
  for (guint i = 0; tfl_case (i); i++) {
    GBytes *bytes = tfl_case_write (tfl_case (i), i % 2, FALSE);
    g_test_message ("%s", tfl_case (i)->name);
    n += every_allocation (&(Source){.bytes = bytes}, backend);
    g_bytes_unref (bytes);
  }
  for (guint i = 0; i < 2 * n_tfl_nets; i++) {
    GBytes *bytes = tfl_net_write (i / 2);
    const gdouble most = tfc_winograd_f32_most;
    if (i % 2) /* wherever it can be, not only where it is faster */
      tfc_winograd_f32_most = G_MAXDOUBLE;
    n += every_allocation (&(Source){.bytes = bytes}, backend);
    tfc_winograd_f32_most = most;
    g_bytes_unref (bytes);
  }
  g_test_message ("%u allocations failed", n);
  g_assert_cmpuint (n, >, tfl_n_cases ());
}

static void
weight_kinds (GraphModel *f)
{
  tfjs_weight_kinds (f, 3);
}

static void
loop (GraphModel *f)
{
  tfjs_loop (f, 4);
}

static void
coder (GraphModel *f)
{
  tfjs_coder (f, 0.125f);
}

static guint
every_allocation_of (GraphModel *f, const gchar *backend)
{
  graphmodel_write (f);
  guint n = every_allocation (&(Source){.files = f}, backend);
  graphmodel_free (f);
  return n;
}

static void
test_open_graphmodel (gconstpointer backend)
{
  static void (*const nets[]) (GraphModel *) = {weight_kinds, loop, coder, tfjs_old_style,
                                                tfjs_any_picture};
  guint n = 0;
  for (guint i = 0; i < n_tfjs_cases; i++) {
    GraphModel *f = graphmodel_new ();
    g_test_message ("%s", tfjs_cases[i].name);
    tfjs_case_write (f, &tfjs_cases[i]);
    n += every_allocation_of (f, backend);
  }
  for (guint i = 0; i < G_N_ELEMENTS (nets); i++) {
    GraphModel *f = graphmodel_new ();
    nets[i](f);
    n += every_allocation_of (f, backend);
  }
  g_test_message ("%u allocations failed", n);
  g_assert_cmpuint (n, >, n_tfjs_cases);
}

/* cJSON's own. */
static void *
json_alloc (size_t n)
{
  if (!fails ())
    return malloc (n);
  errno = ENOMEM;
  return NULL;
}

static gboolean
load_json (const gchar *path, guint at, gboolean after)
{
  GError *error = NULL;
  count = 0;
  fail_at = at;
  fail_after = after;
  TfcGraph *graph = tfc_load_tfjs (path, &error);
  fail_at = 0;
  if (graph)
    g_assert_no_error (error);
  else
    g_assert_error (error, TFC_ERROR, TFC_ERROR_MEMORY);
  g_clear_error (&error);
  tfc_graph_free (graph);
  return graph != NULL;
}

static void
test_json (void)
{
  GraphModel *f = graphmodel_new ();
  tfjs_two_outputs (f);
  graphmodel_write (f);
  cJSON_InitHooks (&(cJSON_Hooks){json_alloc, free});
  g_assert_true (load_json (f->path, 0, FALSE));
  const guint n = count;
  for (guint k = 1; k <= n; k++) {
    g_assert_false (load_json (f->path, k, FALSE));
    g_assert_false (load_json (f->path, k, TRUE));
  }
  cJSON_InitHooks (NULL);
  g_test_message ("%u allocations failed", n);
  g_assert_cmpuint (n, >, 100);
  graphmodel_free (f);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; tfc_backend_nth (i); i++) {
    const gchar *backend = tfc_backend_nth (i)->name;
    gchar *path = g_strdup_printf ("/no-memory/%s", backend);
    g_test_add_data_func (path, backend, test_open);
    g_free (path);
    path = g_strdup_printf ("/no-memory/graphmodel/%s", backend);
    g_test_add_data_func (path, backend, test_open_graphmodel);
    g_free (path);
  }
  g_test_add_func ("/no-memory/json", test_json);
  return g_test_run ();
}
