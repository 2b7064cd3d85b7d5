/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Which functions CPUs of some features get, whatever this one has, and what TFC_CPU leaves of
 * them. */
#include <string.h>

#include "inference/backends/cpu/common/cpu_features.h"
#include "inference/backends/cpu/common/kernel_table.h"
#include "inference/backends/cpu/f32/f32.h"
#include "inference/backends/cpu/q8/q8.h"
#if defined(__x86_64__)
#include "inference/backends/cpu/x86/x86.h"
#endif

typedef void (*Function) (void);

typedef struct {
  TfcKernels kernels;
  TfcQ8 q8;
  TfcF32 f32;
} Tables;

/* The functions that are looked at. */
static const struct {
  const gchar *name;
  gsize offset;
} functions[] = {
    {"f32.gemm", G_STRUCT_OFFSET (Tables, f32.gemm)},
    {"f32.depthwise", G_STRUCT_OFFSET (Tables, f32.depthwise)},
    {"f32.binary", G_STRUCT_OFFSET (Tables, f32.binary[TFC_OP_ADD])},
    {"q8.gemm", G_STRUCT_OFFSET (Tables, q8.gemm)},
    {"q8.depthwise_3x3", G_STRUCT_OFFSET (Tables, q8.depthwise_3x3)},
    {"q8.picture", G_STRUCT_OFFSET (Tables, q8.picture)},
    {"q8.look_up", G_STRUCT_OFFSET (Tables, q8.look_up)},
};

#define N_FUNCTIONS G_N_ELEMENTS (functions)

typedef void (*Add) (TfcKernels *kernels);

/* The group that brings each of them; NULL: none. */
typedef struct {
  const gchar *cpu, *name; /* name: TfcKernels.name */
  guint features;
  Add from[N_FUNCTIONS];
} Row;

#if defined(__x86_64__)
#define PLAIN tfc_kernels_add_plain
#define AVX2 tfc_kernels_add_avx2
#define BYTES tfc_kernels_add_avx2_q8
#define MAC tfc_kernels_add_avx2_mac_q8
#define AVXVNNI tfc_kernels_add_avxvnni
#define F tfc_kernels_add_avx512f
#define BW tfc_kernels_add_avx512bw
#define BW_MAC tfc_kernels_add_avx512bw_mac_q8
#define VNNI tfc_kernels_add_avx512vnni
#define VBMI tfc_kernels_add_avx512vbmi
#define AVX512 TFC_CPU_AVX2 | TFC_CPU_AVX512F | TFC_CPU_AVX512BW

/* clang-format off */
static const Row rows[] = {
    {"Ivy Bridge", "sse2", 0,
     {NULL, NULL, NULL, NULL, NULL, NULL, PLAIN}},
    {"Haswell", "avx2", TFC_CPU_AVX2,
     {AVX2, AVX2, AVX2, MAC, MAC, MAC, BYTES}},
    {"Alder Lake", "avxvnni", TFC_CPU_AVX2 | TFC_CPU_AVXVNNI,
     {AVX2, AVX2, AVX2, AVXVNNI, AVXVNNI, AVXVNNI, BYTES}},
    {"Skylake-X", "avx512f", AVX512,
     {F, F, F, BW_MAC, BW_MAC, BW_MAC, BW}},
    {"without BW", "avx512f", TFC_CPU_AVX2 | TFC_CPU_AVX512F,
     {F, F, F, MAC, MAC, MAC, BYTES}},
    {"Cascade Lake", "avx512vnni", AVX512 | TFC_CPU_AVX512VNNI,
     {F, F, F, VNNI, VNNI, VNNI, BW}},
    {"Cannon Lake", "avx512vbmi", AVX512 | TFC_CPU_AVX512VBMI,
     {F, F, F, BW_MAC, BW_MAC, BW_MAC, VBMI}},
    {"Zen 4", "avx512vbmi", AVX512 | TFC_CPU_AVX512VNNI | TFC_CPU_AVX512VBMI,
     {F, F, F, VNNI, VNNI, VNNI, VBMI}},
    {"Zen 5", "avx512vbmi",
     AVX512 | TFC_CPU_AVX512VNNI | TFC_CPU_AVX512VBMI | TFC_CPU_AVXVNNI,
     {F, F, F, VNNI, VNNI, VNNI, VBMI}},
};
/* clang-format on */
#else
static const Row rows[] = {
    {"none", "plain", 0, {NULL, NULL, NULL, NULL, NULL, NULL, tfc_kernels_add_plain}}};
#endif

static void
begin (Tables *t)
{
  memset (t, 0, sizeof *t);
  t->kernels.q8 = &t->q8;
  t->kernels.f32 = &t->f32;
}

static Function
function_of (const Tables *t, guint i)
{
  Function f;
  memcpy (&f, (const guint8 *)t + functions[i].offset, sizeof f);
  return f;
}

static void
check_row (const Row *row)
{
  Tables got;
  begin (&got);
  tfc_kernels_fill (&got.kernels, row->features);
  g_assert_cmpstr (got.kernels.name, ==, row->name);
  for (guint i = 0; i < N_FUNCTIONS; i++) {
    Tables want;
    begin (&want);
    if (row->from[i])
      row->from[i](&want.kernels);
    g_assert_true (!row->from[i] == !function_of (&want, i));
    if (function_of (&got, i) != function_of (&want, i))
      g_error ("%s: %s is not of the group that was wanted", row->cpu, functions[i].name);
  }
}

static void
test_groups (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    check_row (&rows[i]);
}

/* Tables of this CPU: each with a name of its own, the best one first and in use. */
static void
test_tables (void)
{
  Tables best;
  guint n = 0;
  begin (&best);
  tfc_kernels_fill (&best.kernels, tfc_cpu_features ());
  g_assert_cmpstr (tfc_kernels ()->name, ==, best.kernels.name);
  g_assert_cmpmem (tfc_kernels ()->q8, sizeof best.q8, &best.q8, sizeof best.q8);
  g_assert_cmpmem (tfc_kernels ()->f32, sizeof best.f32, &best.f32, sizeof best.f32);
  for (; tfc_kernels_nth (n); n++) {
    g_assert_nonnull (tfc_kernels_nth (n)->name);
    g_test_message ("%s", tfc_kernels_nth (n)->name);
    for (guint k = 0; k < n; k++)
      g_assert_cmpstr (tfc_kernels_nth (k)->name, !=, tfc_kernels_nth (n)->name);
    tfc_kernels_choose (tfc_kernels_nth (n));
    g_assert_true (tfc_kernels () == tfc_kernels_nth (n));
  }
  tfc_kernels_choose (NULL);
  g_assert_cmpuint (n, >, 0);
  g_assert_true (tfc_kernels () == tfc_kernels_nth (0));
}

static void
test_sets (void)
{
  guint n = 0;
  for (const TfcCpuSet *set; (set = tfc_cpu_set_nth (n)); n++) {
    g_assert_true (tfc_cpu_set_find (set->name) == set);
    g_assert_true (n || !set->features);
  }
  g_assert_cmpstr (tfc_cpu_set_nth (0)->name, ==, "none");
  g_assert_cmpstr (tfc_cpu_set_nth (n - 1)->name, ==, "full");
}

/* In a process of its own: what TFC_CPU says is read once. */
static void
limited (gconstpointer word)
{
  if (g_test_subprocess ())
    g_log_set_always_fatal (G_LOG_FATAL_MASK);
  const guint all = tfc_cpu_features ();
  if (g_test_subprocess ()) {
    g_print ("features %u of %s\n", all, tfc_backend_auto_kernels ());
    return;
  }
  const gchar *name = word;
  const gboolean unknown = g_str_equal (name, "avx");
  const TfcCpuSet *set = unknown || !*name ? NULL : tfc_cpu_set_find (name);
  g_setenv ("TFC_CPU", word, TRUE);
  g_test_trap_subprocess (NULL, 0, 0);
  g_unsetenv ("TFC_CPU");
  g_test_trap_assert_passed ();
  const guint features = set ? all & set->features : all;
  Tables want;
  begin (&want);
  tfc_kernels_fill (&want.kernels, features);
  g_autofree gchar *pattern =
      g_strdup_printf ("*features %u of %s\n*", features, want.kernels.name);
  g_test_trap_assert_stdout (pattern);
  g_test_trap_assert_stderr (!unknown ? "" : "*TFC_CPU=avx is not known, it can be none, *, full;*");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (!g_test_subprocess ())
    g_unsetenv ("TFC_CPU");
  g_test_add_func ("/cpu-features/groups", test_groups);
  g_test_add_func ("/cpu-features/tables", test_tables);
  g_test_add_func ("/cpu-features/sets", test_sets);
  for (guint i = 0; tfc_cpu_set_nth (i); i++) {
    g_autofree gchar *path = g_strconcat ("/cpu-features/limit/", tfc_cpu_set_nth (i)->name, NULL);
    g_test_add_data_func (path, tfc_cpu_set_nth (i)->name, limited);
  }
  g_test_add_data_func ("/cpu-features/limit/empty", "", limited);
  g_test_add_data_func ("/cpu-features/limit/unknown", "avx", limited);
  return g_test_run ();
}
