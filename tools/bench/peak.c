/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tools/bench/peak.h"

#include "inference/pool.h"

#define ROUNDS 20
#define REPEATS 8 /* a round is long beside the start of a thread */
#define STEPS 200000

/* Twelve sums at once: more than latency times throughput of every CPU with these instructions. */
#define TWELVE(X) X (0) X (1) X (2) X (3) X (4) X (5) X (6) X (7) X (8) X (9) X (10) X (11)

typedef struct {
  gboolean (*usable) (void);
  void (*work) (void);
  gdouble macs; /* of one step */
} Loop;

#ifdef __x86_64__
#include <immintrin.h>

/* The sums go through a register barrier, so that no step can be left out. */
#define KEEP(i) __asm__ volatile("" : "+v"(sum[i]));
#define KEEP_X(i) __asm__ volatile("" : "+x"(sum[i]));

__attribute__ ((target ("avx512f"))) static void
float_512 (void)
{
  __m512 sum[12], a = _mm512_set1_ps (0.5f), b = _mm512_set1_ps (0.25f);
#define CLEAR(i) sum[i] = _mm512_setzero_ps ();
  TWELVE (CLEAR)
#undef CLEAR
  for (guint s = 0; s < STEPS; s++) {
#define STEP(i) sum[i] = _mm512_fmadd_ps (a, b, sum[i]);
    TWELVE (STEP)
    TWELVE (KEEP)
#undef STEP
  }
}

__attribute__ ((target ("avx2,fma"))) static void
float_256 (void)
{
  __m256 sum[12], a = _mm256_set1_ps (0.5f), b = _mm256_set1_ps (0.25f);
#define CLEAR(i) sum[i] = _mm256_setzero_ps ();
  TWELVE (CLEAR)
#undef CLEAR
  for (guint s = 0; s < STEPS; s++) {
#define STEP(i) sum[i] = _mm256_fmadd_ps (a, b, sum[i]);
    TWELVE (STEP)
    TWELVE (KEEP_X)
#undef STEP
  }
}

__attribute__ ((target ("avx512f,avx512bw,avx512vnni"))) static void
bytes_512 (void)
{
  __m512i sum[12], a = _mm512_set1_epi8 (3), b = _mm512_set1_epi8 (2);
#define CLEAR(i) sum[i] = _mm512_setzero_si512 ();
  TWELVE (CLEAR)
#undef CLEAR
  for (guint s = 0; s < STEPS; s++) {
#define STEP(i) sum[i] = _mm512_dpbusd_epi32 (sum[i], a, b);
    TWELVE (STEP)
    TWELVE (KEEP)
#undef STEP
  }
}

/* Exact on all bytes: widened to 16 bits before the product. */
__attribute__ ((target ("avx2"))) static void
bytes_256 (void)
{
  __m256i sum[12], a = _mm256_set1_epi16 (3), b = _mm256_set1_epi16 (2);
#define CLEAR(i) sum[i] = _mm256_setzero_si256 ();
  TWELVE (CLEAR)
#undef CLEAR
  for (guint s = 0; s < STEPS; s++) {
#define STEP(i)                   \
  __asm__ volatile("" : "+x"(a)); \
  sum[i] = _mm256_add_epi32 (sum[i], _mm256_madd_epi16 (a, b));
    TWELVE (STEP)
    TWELVE (KEEP_X)
#undef STEP
  }
}

static gboolean
has_avx512f (void)
{
  return __builtin_cpu_supports ("avx512f");
}

static gboolean
has_fma (void)
{
  return __builtin_cpu_supports ("avx2") && __builtin_cpu_supports ("fma");
}

static gboolean
has_vnni (void)
{
  return __builtin_cpu_supports ("avx512bw") && __builtin_cpu_supports ("avx512vnni");
}

static gboolean
has_avx2 (void)
{
  return __builtin_cpu_supports ("avx2");
}

static const Loop loops[N_PEAKS][3] = {
    [PEAK_FLOAT] = {{has_avx512f, float_512, 12 * 16}, {has_fma, float_256, 12 * 8}},
    [PEAK_BYTES] = {{has_vnni, bytes_512, 12 * 64}, {has_avx2, bytes_256, 12 * 16}},
};
#else
static const Loop loops[N_PEAKS][3];
#endif

static const Loop *
find (Peak peak)
{
  const Loop *loop = loops[peak];
  while (loop->work && !loop->usable ())
    loop++;
  return loop;
}

static gpointer
work (gpointer data)
{
  for (guint i = 0; i < REPEATS; i++)
    ((const Loop *)data)->work ();
  return NULL;
}

static gdouble
round_seconds (const Loop *loop, guint threads)
{
  g_autofree GThread **others = g_new (GThread *, threads);
  gint64 start = g_get_monotonic_time ();
  for (guint i = 1; i < threads; i++)
    others[i] = g_thread_new ("peak", work, (gpointer)loop);
  work ((gpointer)loop);
  for (guint i = 1; i < threads; i++)
    g_thread_join (others[i]);
  return MAX (g_get_monotonic_time () - start, 1) / 1e6;
}

gdouble
peak_measure (Peak peak, guint threads)
{
  const Loop *loop = find (peak);
  gdouble best = G_MAXDOUBLE;
  if (!loop->work)
    return 0;
  for (guint i = 0; i < ROUNDS; i++)
    best = MIN (best, round_seconds (loop, threads));
  return loop->macs * STEPS * REPEATS * threads / best;
}

gdouble
peak_known (Peak peak, guint threads)
{
  static gdouble known[N_PEAKS][TFC_POOL_MAX_THREADS + 1];
  gdouble *most = &known[peak][MIN (threads, TFC_POOL_MAX_THREADS)];
  if (!*most) {
    const gdouble measured = peak_measure (peak, threads);
    const gdouble single = threads > 1 ? peak_known (peak, 1) : 0;
    *most = MAX (measured, single);
  }
  return *most;
}
