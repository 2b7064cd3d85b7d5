/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include <string.h>

#include "tests/fuzz/mutate.h"

#define MAX_DEPTH 64

typedef enum { TEXT, NUMBER, OBJECT } Kind; /* OBJECT: one of a list */

typedef struct {
  Kind kind;
  gsize at, n;
} Part;

static gsize
text_end (const GString *s, gsize i)
{
  for (i++; i < s->len && s->str[i] != '"'; i++)
    i += s->str[i] == '\\';
  return MIN (i + 1, s->len);
}

static GArray *
find_parts (const GString *s)
{
  GArray *parts = g_array_new (FALSE, FALSE, sizeof (Part));
  gsize open[MAX_DEPTH], i = 0, end;
  gchar before = 0;
  guint depth = 0;
  while (i < s->len) {
    gchar c = s->str[i];
    end = i + 1;
    if (c == '"') {
      end = text_end (s, i);
      g_array_append_val (parts, ((Part){TEXT, i, end - i}));
    } else if (g_ascii_isdigit (c) || c == '-') {
      while (end < s->len && strchr ("0123456789.eE+-", s->str[end]))
        end++;
      g_array_append_val (parts, ((Part){NUMBER, i, end - i}));
    } else if (c == '{' && depth < MAX_DEPTH) { /* behind a comma only a list has one */
      open[depth++] = before == '[' || before == ',' ? i : G_MAXSIZE;
    } else if (c == '}' && depth > 0 && open[--depth] != G_MAXSIZE) {
      g_array_append_val (parts, ((Part){OBJECT, open[depth], end - open[depth]}));
    }
    before = g_ascii_isspace (c) ? before : c;
    i = end;
  }
  return parts;
}

static void
replace (GString *s, const Part *part, const gchar *by)
{
  g_string_erase (s, (gssize)part->at, (gssize)part->n);
  g_string_insert (s, (gssize)part->at, by);
}

static void
replace_by_another (GString *s, const GArray *parts, const Part *part, GRand *rand)
{
  for (guint tries = 0; tries < 16; tries++) {
    const Part *other = &g_array_index (parts, Part, g_rand_int_range (rand, 0, (gint)parts->len));
    if (other->kind == part->kind && other != part) {
      gchar *by = g_strndup (s->str + other->at, other->n);
      replace (s, part, by);
      g_free (by);
      return;
    }
  }
}

static void
leave_out (GString *s, const Part *part)
{
  Part all = *part;
  if (s->str[all.at + all.n] == ',')
    all.n++;
  else if (all.at > 0 && s->str[all.at - 1] == ',')
    all.at--, all.n++;
  replace (s, &all, "");
}

static void
add_member (GString *s, const Part *part, const gchar *member)
{
  gsize at = part->at + 1;
  const gchar *deeper = g_strstr_len (s->str + at, (gssize)part->n - 1, "{");
  at = deeper ? (gsize)(deeper - s->str) + 1 : at;
  g_string_insert (s, (gssize)at, s->str[at] == '}' ? "" : ",");
  g_string_insert (s, (gssize)at, member);
}

static void
double_it (GString *s, const Part *part)
{
  gchar *copy = g_strdup_printf (",%.*s", (gint)part->n, s->str + part->at);
  g_string_insert (s, (gssize)(part->at + part->n), copy);
  g_free (copy);
}

/* A name of a node's list of inputs as a control input, as another of its outputs, or left out. */
static void
bend_name (GString *s, const Part *part, GRand *rand)
{
  static const gchar *const outputs[] = {":0", ":1", ":2", ":63", ":64", ":-1"};
  switch (g_rand_int_range (rand, 0, 3)) {
    case 0:
      g_string_insert (s, (gssize)part->at + 1, "^");
      break;
    case 1:
      g_string_insert (s, (gssize)(part->at + part->n) - 1,
                       outputs[g_rand_int_range (rand, 0, G_N_ELEMENTS (outputs))]);
      break;
    default:
      leave_out (s, part);
  }
}

static void
bend_part (GString *s, const GArray *parts, const FuzzJson *json, GRand *rand)
{
  static const gchar *const numbers[] = {"0",          "1",          "2",    "3",   "4",
                                         "8",          "-1",         "-2",   "255", "65536",
                                         "2147483647", "4294967296", "1e30", "0.5"};
  const Part *part = &g_array_index (parts, Part, g_rand_int_range (rand, 0, (gint)parts->len));
  gint how = g_rand_int_range (rand, 0, 6);
  gchar *word;
  if (how < 2 || (how == 2 && part->kind != TEXT))
    replace_by_another (s, parts, part, rand);
  else if (part->kind == TEXT && how <= 3 && part->n > 1) {
    bend_name (s, part, rand);
  } else if (part->kind == TEXT) {
    word = g_strdup_printf ("\"%s\"", json->words[g_rand_int_range (rand, 0, (gint)json->n_words)]);
    replace (s, part, word);
    g_free (word);
  } else if (part->kind == NUMBER)
    replace (s, part, numbers[g_rand_int_range (rand, 0, G_N_ELEMENTS (numbers))]);
  else if (how == 3)
    double_it (s, part);
  else if (how == 4)
    leave_out (s, part);
  else
    add_member (s, part, json->members[g_rand_int_range (rand, 0, (gint)json->n_members)]);
}

gsize
fuzz_bend_json (guint8 *data, gsize size, gsize max, const FuzzJson *json, GRand *rand)
{
  const guint8 *zero = memchr (data, 0, size);
  gsize n = zero ? (gsize)(zero - data) : size, rest = size - n;
  if (rest > 1 && g_rand_int_range (rand, 0, 8) == 0) {
    fuzz_bend_bytes (data + n + 1, rest - 1, rand);
    return size;
  }
  GString *s = g_string_new_len ((const gchar *)data, (gssize)n);
  for (gint times = g_rand_int_range (rand, 1, 4); times > 0; times--) {
    GArray *parts = find_parts (s);
    if (parts->len)
      bend_part (s, parts, json, rand);
    g_array_unref (parts);
  }
  if (s->len + rest <= max) {
    memmove (data + s->len, data + n, rest);
    memcpy (data, s->str, s->len);
    size = s->len + rest;
  }
  g_string_free (s, TRUE);
  return size;
}
