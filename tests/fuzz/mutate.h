/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Bent copies of inputs. */
#include <glib.h>

/* Changes a few of the bytes in place, size >= 1: flipped bits, bytes, 32-bit numbers moved a
 * little or set to something that programs stumble over, pieces copied over others. */
void fuzz_bend_bytes (guint8 *data, gsize size, GRand *rand);

/* What a JSON file may say: names and texts, and members ("name":value) of objects. */
typedef struct {
  const gchar *const *words, *const *members;
  guint n_words, n_members;
} FuzzJson;

/* Changes a few parts of a JSON text, which ends at the first zero byte or with the data, such that
 * it mostly stays one: a text or number for another of the same file, a known word or an awkward
 * number; a name with ^ before or an output's number behind it, or left out; objects of lists
 * doubled, swapped or left out; members added. Now and then the bytes behind the zero byte instead.
 * Returns the new size, at most max. */
gsize fuzz_bend_json (guint8 *data, gsize size, gsize max, const FuzzJson *json, GRand *rand);
