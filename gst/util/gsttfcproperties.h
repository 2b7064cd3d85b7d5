/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* The properties of an element as a table: one row a property, and one setter and one getter for all
 * of them. A row is a field of a plain struct, the settings, which the element keeps under its object
 * lock. Rows that are not a field (what is measured, what another class keeps) have functions.
 *
 * A STRING field is a GRefString or NULL, so that copying settings, for every frame too, copies no
 * text. Where the default is not NULL, a NULL that is set means the default. */
#include <gst/gst.h>

typedef enum {
  GST_TFC_PROPERTY_BOOLEAN, /* gboolean */
  GST_TFC_PROPERTY_UINT,    /* guint */
  GST_TFC_PROPERTY_FLOAT,   /* gfloat */
  GST_TFC_PROPERTY_DOUBLE,  /* gdouble */
  GST_TFC_PROPERTY_STRING,  /* gchar *, see above */
  GST_TFC_PROPERTY_ENUM,    /* an enum as wide as gint */
  GST_TFC_PROPERTY_FLAGS,   /* the same for flags */
  GST_TFC_PROPERTY_STRUCTURE /* GstStructure: no field, only with get */
} GstTfcPropertyKind;

typedef enum {
  GST_TFC_PROPERTY_CONTROLLABLE = 1 << 0, /* by a GstController */
  GST_TFC_PROPERTY_READ_ONLY = 1 << 1,
  GST_TFC_PROPERTY_RELOADS = 1 << 2, /* a model is opened from it: another value needs another model */
  GST_TFC_PROPERTY_AT_START = 1 << 3 /* a change takes effect when the element starts again */
} GstTfcPropertyFlags;

typedef struct {
  const gchar *name, *nick, *blurb;
  GstTfcPropertyKind kind;
  gsize offset;      /* of the field in the settings */
  gdouble min, max;  /* UINT, FLOAT, DOUBLE */
  GType (*type) (void); /* ENUM, FLAGS */
  GstTfcPropertyFlags flags;
  /* Object lock held, after a write that changed the field; may be NULL. TRUE: the table's
   * renegotiate is called once the lock is free. Who sets *refused has set the field back, or another
   * way out: it is posted as a warning. */
  gboolean (*changed) (GObject *object, GError **refused);
  /* No lock held; both or get alone, in place of the field. */
  void (*get) (GObject *object, GValue *value);
  void (*set) (GObject *object, const GValue *value);
} GstTfcProperty;

typedef struct {
  const GstTfcProperty *rows;
  guint n_rows;
  gconstpointer defaults; /* settings; the properties' defaults, with plain strings */
  gsize size;             /* of the settings, bytes */
  gpointer (*settings) (GObject *object); /* where an object keeps them */
  void (*reload) (GObject *object);       /* lock held: a row that RELOADS has changed; or NULL */
  void (*renegotiate) (GObject *object);  /* no lock: see changed; or NULL */
} GstTfcPropertyTable;

/* Properties that an element itself sets back, to be notified when no lock is held. Zeroed at first. */
typedef struct {
  const gchar *name[16]; /* static strings; NULL after the last */
  GError *refused;       /* why, where no message has said so; or NULL */
} GstTfcReverts;

/* In class_init. Installs the rows with the ids first_id, first_id + 1, …; sets the class's setter and
 * getter. The table must outlive the class. */
void gst_tfc_properties_install (GObjectClass *klass, const GstTfcPropertyTable *table,
                                 guint first_id);

/* Fills settings, which were nothing until now, with the defaults. */
void gst_tfc_properties_init (const GstTfcPropertyTable *table, gpointer settings);
/* Frees the strings. */
void gst_tfc_properties_clear (const GstTfcPropertyTable *table, gpointer settings);
/* to, which was initialised, becomes from. Allocates nothing. */
void gst_tfc_properties_copy (const GstTfcPropertyTable *table, gpointer to, gconstpointer from);
/* The same for the rows that RELOAD; those that were other than from's are added to reverts. */
void gst_tfc_properties_restore (const GstTfcPropertyTable *table, gpointer to, gconstpointer from,
                                 GstTfcReverts *reverts);

/* Adds a property (a static string) once; the list has room for all of an element's. */
void gst_tfc_reverts_add (GstTfcReverts *reverts, const gchar *property);
/* Notifies, posts refused as a warning, and clears. No lock held. */
void gst_tfc_reverts_tell (GstTfcReverts *reverts, GstElement *element);
