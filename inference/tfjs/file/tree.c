/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "inference/tfjs/reader.h"

#include <string.h>

typedef struct {
  cJSON *items;
  gchar *chars;
} Room;

static void
measure (const cJSON *list, gsize *items, gsize *chars)
{
  for (; list; list = list->next) {
    ++*items;
    *chars += list->string ? strlen (list->string) + 1 : 0;
    *chars += list->valuestring ? strlen (list->valuestring) + 1 : 0;
    measure (list->child, items, chars);
  }
}

static gchar *
put_text (Room *room, const gchar *text)
{
  gchar *to = room->chars;
  if (text)
    room->chars = g_stpcpy (to, text) + 1;
  return text ? to : NULL;
}

static cJSON *
put_list (Room *room, const cJSON *list)
{
  cJSON *first = NULL, *last = NULL;
  for (; list; list = list->next) {
    cJSON *item = room->items++;
    *item = *list;
    item->prev = last;
    item->next = NULL;
    item->string = put_text (room, list->string);
    item->valuestring = put_text (room, list->valuestring);
    item->child = put_list (room, list->child);
    *(last ? &last->next : &first) = item;
    last = item;
  }
  return first;
}

GBytes *
tfjs_copy_tree (TfjsLoad *l, const cJSON *tree)
{
  gsize items = 0, chars = 0;
  measure (tree, &items, &chars);
  GBytes *bytes = tfc_graph_alloc_bytes (l->b.graph, items * sizeof (cJSON) + chars);
  if (bytes) {
    Room room = {(cJSON *)g_bytes_get_data (bytes, NULL), NULL};
    room.chars = (gchar *)(room.items + items);
    put_list (&room, tree);
  }
  return bytes;
}
