/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once
/* A JSON text as a flat tree, for a model.json: made in one go without recursion, freed in one go. Strict JSON
 * (RFC 8259), with bounds on what little text can become. Read-only afterwards, any number of readers. */
#include <glib.h>

#define TFC_JSON_MAX_TOKENS (1 << 20) /* brackets, commas and colons: 32 bytes each */
#define TFC_JSON_MAX_DEPTH 64
#define TFC_JSON_MAX_MEMBERS 1024 /* of one object: looking one up passes all of them */

typedef enum {
  TFC_JSON_NULL,
  TFC_JSON_FALSE,
  TFC_JSON_TRUE,
  TFC_JSON_NUMBER,
  TFC_JSON_STRING,
  TFC_JSON_ARRAY,
  TFC_JSON_OBJECT,
} TfcJsonKind;

/* Elements of a list or an object follow it, each with all that is in it. */
typedef struct {
  TfcJsonKind kind;
  guint n;           /* elements or members */
  guint size;        /* values from here to the next one beside it */
  const gchar *name; /* as a member of an object; else NULL */
  union {
    gdouble number;    /* may be infinite: 1e999 */
    const gchar *text; /* UTF-8, without a zero inside */
  };
} TfcJson;

typedef struct {
  gchar *text; /* a copy, cut into strings in place */
  TfcJson *values;
} TfcJsonTree;

/* text: n bytes. values[0] is the whole. FALSE with error set (FORMAT with the byte, or MEMORY); the tree is then
 * empty. */
gboolean tfc_json_parse (TfcJsonTree *tree, const gchar *text, gsize n, GError **error);
void tfc_json_clear (TfcJsonTree *tree); /* of zeros is fine */

/* The last member of that name; NULL if there is none, or object is NULL or none. */
const TfcJson *tfc_json_member (const TfcJson *object, const gchar *name);

/* for (guint i = 0; i < list->n; i++, e = tfc_json_next (e)), from tfc_json_first (list) on. */
static inline const TfcJson *
tfc_json_first (const TfcJson *list)
{
  return list + 1;
}

static inline const TfcJson *
tfc_json_next (const TfcJson *value)
{
  return value + value->size;
}
