/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include <string.h>
#include "gst/util/gsttfcproperties.h"
#include "gst/util/gsttfcerror.h"
#include "gst/util/gsttfcflags.h"

/* ---- kinds ---- */

typedef struct {
  gsize size; /* of a field */
  void (*read) (GValue *value, gconstpointer field);
  void (*write) (gpointer field, const GValue *value); /* not of strings */
} Kind;

#define READ_AND_WRITE(name, type)                               \
  static void read_##name (GValue *value, gconstpointer field)   \
  {                                                              \
    g_value_set_##name (value, *(const type *)field);            \
  }                                                              \
  static void write_##name (gpointer field, const GValue *value) \
  {                                                              \
    *(type *)field = g_value_get_##name (value);                 \
  }

READ_AND_WRITE (boolean, gboolean)
READ_AND_WRITE (uint, guint)
READ_AND_WRITE (float, gfloat)
READ_AND_WRITE (double, gdouble)
READ_AND_WRITE (enum, gint)
READ_AND_WRITE (flags, guint)

static void
read_string (GValue *value, gconstpointer field)
{
  g_value_set_string (value, *(gchar *const *)field);
}

static const Kind kinds[] = {
    [GST_TFC_PROPERTY_BOOLEAN] = {sizeof (gboolean), read_boolean, write_boolean},
    [GST_TFC_PROPERTY_UINT] = {sizeof (guint), read_uint, write_uint},
    [GST_TFC_PROPERTY_FLOAT] = {sizeof (gfloat), read_float, write_float},
    [GST_TFC_PROPERTY_DOUBLE] = {sizeof (gdouble), read_double, write_double},
    [GST_TFC_PROPERTY_STRING] = {sizeof (gchar *), read_string, NULL},
    [GST_TFC_PROPERTY_ENUM] = {sizeof (gint), read_enum, write_enum},
    [GST_TFC_PROPERTY_FLAGS] = {sizeof (guint), read_flags, write_flags},
    [GST_TFC_PROPERTY_STRUCTURE] = {0, NULL, NULL},
};

/* ---- strings ---- */

static gchar *
share_string (gchar *text)
{
  return text ? g_ref_string_acquire (text) : NULL;
}

/* text becomes field's own; it is a ref string of the caller's, or NULL. */
static void
take_string (gchar **field, gchar *text)
{
  gchar *old = *field;

  *field = text;
  if (old)
    g_ref_string_release (old);
}

static gchar **
string_at (const GstTfcProperty *row, gpointer settings)
{
  return row->kind == GST_TFC_PROPERTY_STRING ? (gchar **)((guint8 *)settings + row->offset) : NULL;
}

/* ---- settings as a whole ---- */

void
gst_tfc_properties_init (const GstTfcPropertyTable *table, gpointer settings)
{
  memcpy (settings, table->defaults, table->size);
  for (guint i = 0; i < table->n_rows; i++) {
    gchar **text = string_at (&table->rows[i], settings);
    if (text && *text)
      *text = g_ref_string_new (*text);
  }
}

void
gst_tfc_properties_clear (const GstTfcPropertyTable *table, gpointer settings)
{
  for (guint i = 0; i < table->n_rows; i++) {
    gchar **text = string_at (&table->rows[i], settings);
    if (text)
      take_string (text, NULL);
  }
}

void
gst_tfc_properties_copy (const GstTfcPropertyTable *table, gpointer to, gconstpointer from)
{
  if (memcmp (to, from, table->size) == 0) /* as from frame to frame */
    return;
  for (guint i = 0; i < table->n_rows; i++) { /* before they are overwritten */
    gchar **old = string_at (&table->rows[i], to);
    if (old)
      take_string (old, share_string (*string_at (&table->rows[i], (gpointer)from)));
  }
  memcpy (to, from, table->size);
}

static gboolean
restore_row (const GstTfcProperty *row, guint8 *to, const guint8 *from)
{
  const gsize size = kinds[row->kind].size;

  if (row->kind == GST_TFC_PROPERTY_STRING) {
    gchar *text = *(gchar *const *)from;
    if (g_strcmp0 (*(gchar **)to, text) == 0)
      return FALSE;
    take_string ((gchar **)to, share_string (text));
    return TRUE;
  }
  if (memcmp (to, from, size) == 0)
    return FALSE;
  memcpy (to, from, size);
  return TRUE;
}

void
gst_tfc_properties_restore (const GstTfcPropertyTable *table, gpointer to, gconstpointer from,
                            GstTfcReverts *reverts)
{
  for (guint i = 0; i < table->n_rows; i++) {
    const GstTfcProperty *row = &table->rows[i];
    if (row->flags & GST_TFC_PROPERTY_RELOADS &&
        restore_row (row, (guint8 *)to + row->offset, (const guint8 *)from + row->offset))
      gst_tfc_reverts_add (reverts, row->name);
  }
}

/* ---- set and get ---- */

/* What a GParamSpec of ours points to. */
typedef struct {
  const GstTfcPropertyTable *table;
  const GstTfcProperty *row;
} Entry;

static G_DEFINE_QUARK (gst - tfc - property, entry)

    static const Entry *entry_of (GParamSpec *spec)
{
  return g_param_spec_get_qdata (spec, entry_quark ());
}

/* Lock held. TRUE if it was another value. */
static gboolean
write_string (const Entry *e, gchar **field, const gchar *text)
{
  if (!text)
    text = *(gchar *const *)((const guint8 *)e->table->defaults + e->row->offset);
  if (g_strcmp0 (*field, text) == 0)
    return FALSE;
  take_string (field, text ? g_ref_string_new (text) : NULL);
  return TRUE;
}

/* Lock held. TRUE if it was another value. */
static gboolean
write_field (const Entry *e, guint8 *field, const GValue *value)
{
  const Kind *kind = &kinds[e->row->kind];
  guint8 old[sizeof (gdouble)];

  if (e->row->kind == GST_TFC_PROPERTY_STRING)
    return write_string (e, (gchar **)field, g_value_get_string (value));
  memcpy (old, field, kind->size);
  kind->write (field, value);
  return memcmp (old, field, kind->size) != 0;
}

static void
set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  const Entry *e = entry_of (spec);
  g_autoptr (GError) refused = NULL;
  gboolean renegotiate = FALSE;

  if (e->row->set) {
    e->row->set (object, value);
    return;
  }
  GST_OBJECT_LOCK (object);
  if (write_field (e, (guint8 *)e->table->settings (object) + e->row->offset, value)) {
    if (e->row->flags & GST_TFC_PROPERTY_RELOADS)
      e->table->reload (object);
    renegotiate = e->row->changed && e->row->changed (object, &refused);
  }
  GST_OBJECT_UNLOCK (object);
  if (refused)
    gst_tfc_post_error (GST_ELEMENT (object), GST_MESSAGE_WARNING, refused);
  if (renegotiate)
    e->table->renegotiate (object);
}

static void
get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  const Entry *e = entry_of (spec);

  if (e->row->get) {
    e->row->get (object, value);
    return;
  }
  GST_OBJECT_LOCK (object);
  kinds[e->row->kind].read (value, (guint8 *)e->table->settings (object) + e->row->offset);
  GST_OBJECT_UNLOCK (object);
}

/* ---- the class ---- */

static GParamFlags
flags_of (const GstTfcProperty *row)
{
  if (row->flags & GST_TFC_PROPERTY_READ_ONLY)
    return G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  if (row->flags & GST_TFC_PROPERTY_AT_START)
    return G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | GST_PARAM_MUTABLE_READY;
  return G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | GST_PARAM_MUTABLE_PLAYING |
         (row->flags & GST_TFC_PROPERTY_CONTROLLABLE ? GST_PARAM_CONTROLLABLE : 0);
}

#define SPEC(kind, ...) g_param_spec_##kind (r->name, r->nick, r->blurb, __VA_ARGS__, flags)

/* field: the default; of rows without a field not to be read. */
static GParamSpec *
spec_of (const GstTfcProperty *r, gconstpointer field)
{
  const GParamFlags flags = flags_of (r);

  switch (r->kind) {
    case GST_TFC_PROPERTY_BOOLEAN:
      return SPEC (boolean, r->get ? FALSE : *(const gboolean *)field);
    case GST_TFC_PROPERTY_UINT:
      return SPEC (uint, (guint)r->min, (guint)r->max, r->get ? 0 : *(const guint *)field);
    case GST_TFC_PROPERTY_FLOAT:
      return SPEC (float, (gfloat)r->min, (gfloat)r->max, *(const gfloat *)field);
    case GST_TFC_PROPERTY_DOUBLE:
      return SPEC (double, r->min, r->max, *(const gdouble *)field);
    case GST_TFC_PROPERTY_ENUM:
      return SPEC (enum, r->type (), *(const gint *)field);
    case GST_TFC_PROPERTY_FLAGS:
      return SPEC (flags, r->type (), *(const guint *)field);
    case GST_TFC_PROPERTY_STRUCTURE:
      return SPEC (boxed, GST_TYPE_STRUCTURE);
    default:
      return SPEC (string, *(const gchar *const *)field);
  }
}

void
gst_tfc_properties_install (GObjectClass *klass, const GstTfcPropertyTable *table, guint first_id)
{
  klass->set_property = set_property;
  klass->get_property = get_property;
  for (guint i = 0; i < table->n_rows; i++) {
    const GstTfcProperty *row = &table->rows[i];
    GParamSpec *spec = spec_of (row, (const guint8 *)table->defaults + row->offset);
    Entry *entry = g_new (Entry, 1);

    *entry = (Entry){table, row};
    g_param_spec_set_qdata_full (spec, entry_quark (), entry, g_free);
    g_object_class_install_property (klass, first_id + i, spec);
    if (row->kind == GST_TFC_PROPERTY_FLAGS)
      gst_tfc_flags_take_commas (row->type ());
    if (row->type)
      gst_type_mark_as_plugin_api (row->type (), 0);
  }
}

/* ---- set back ---- */

void
gst_tfc_reverts_add (GstTfcReverts *reverts, const gchar *property)
{
  guint n = 0;

  while (reverts->name[n] && !g_str_equal (reverts->name[n], property))
    n++;
  g_return_if_fail (n + 1 < G_N_ELEMENTS (reverts->name));
  reverts->name[n] = property;
}

void
gst_tfc_reverts_tell (GstTfcReverts *reverts, GstElement *element)
{
  for (guint i = 0; reverts->name[i]; i++)
    g_object_notify (G_OBJECT (element), reverts->name[i]);
  if (reverts->refused)
    gst_tfc_post_error (element, GST_MESSAGE_WARNING, reverts->refused);
  g_clear_error (&reverts->refused);
  memset (reverts, 0, sizeof *reverts);
}
