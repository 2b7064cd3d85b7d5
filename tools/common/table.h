/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* A markdown table on standard output, its columns as wide as what stands in them. */
#include <glib.h>

typedef struct Table Table;

/* left: the first so many columns are flush left, the others right. */
Table *table_new (guint left);
void table_free (Table *table); /* NULL is allowed */
/* Adds a column, before the first line. Takes the title. */
void table_column (Table *table, gchar *title);
/* Starts a line; its cells follow. */
void table_line (Table *table);
/* The next cell of the line; takes the text, NULL for an empty one. Cells never given are empty. */
void table_cell (Table *table, gchar *text);
void table_print (const Table *table);
