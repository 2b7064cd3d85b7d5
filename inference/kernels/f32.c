/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "f32.h"

gsize tfc_f32_least_work = 8192;

guint
tfc_f32_pieces (const TfcPool *pool, gsize work)
{
  const gsize threads = tfc_pool_threads (pool), pieces = work / MAX (tfc_f32_least_work, 1);
  return threads < 2 || pieces < 2 ? 1 : MIN (pieces, 4 * threads);
}
