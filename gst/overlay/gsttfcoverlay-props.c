/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "gst/overlay/gsttfcoverlay.h"
#include <string.h>
#include "gst/lib/gsttfcenums.h"

typedef enum { SWITCH, COLOR, NUMBER, MILLISECONDS, ENUM, FONT } Kind;

/* A property is a field of TfcStyle. */
typedef struct {
  const gchar *name, *nick, *blurb;
  Kind kind;
  gsize at;
  gdouble low, high;    /* NUMBER */
  GType (*type) (void); /* ENUM */
} Property;

/* Enums are read and written as ints, and the library's values are overlay/'s. */
G_STATIC_ASSERT (sizeof (TfcLabelFormat) == sizeof (gint) && sizeof (TfcPrivacy) == sizeof (gint) &&
                 sizeof (TfcPrivacyUnknown) == sizeof (gint));
G_STATIC_ASSERT ((gint)TFC_LABEL_SCORE == GST_TFC_LABEL_FORMAT_SCORE &&
                 (gint)TFC_PRIVACY_FILL == GST_TFC_PRIVACY_FILL &&
                 (gint)TFC_PRIVACY_UNKNOWN_DROP == GST_TFC_PRIVACY_UNKNOWN_DROP);

#define FIELD(f) G_STRUCT_OFFSET (TfcStyle, f)

// clang-format off
static const Property properties[] = {
  {"draw-boxes", "Draw boxes", "Draw the boxes of objects, and of faces whose mesh is not drawn", SWITCH, FIELD (draw_boxes)},
  {"draw-labels", "Draw labels", "Write score and name above each box, or inside, below or beside it where they would cover another label (at most 256)", SWITCH, FIELD (draw_labels)},
  {"draw-irises", "Draw irises", "Draw an ellipse around each iris", SWITCH, FIELD (draw_irises)},
  {"mesh", "Mesh", "Draw the meshes of faces; from 128 pixels down a mesh fades into its contours, below 64 only they are drawn", SWITCH, FIELD (mesh)},
  {"triangulate-mesh", "Triangulate mesh", "Draw meshes as triangles; otherwise as dots", SWITCH, FIELD (triangulate_mesh)},
  {"contours-only", "Contours only", "Draw of a mesh just oval, lips, eyes and brows", SWITCH, FIELD (contours_only)},
  {"point-cloud", "Point cloud", "Show the first face as a turnable cloud of points in an inset", SWITCH, FIELD (point_cloud)},
  {"cloud-yaw", "Cloud yaw", "Turn of the point cloud to the side, degrees", NUMBER, FIELD (cloud_yaw), -180, 180},
  {"cloud-pitch", "Cloud pitch", "Turn of the point cloud up and down, degrees", NUMBER, FIELD (cloud_pitch), -180, 180},
  {"mirror", "Mirror", "Mirror picture, drawing and metadata; text stays readable", SWITCH, FIELD (mirror)},
  {"draw-stats", "Draw stats", "Show frames per second, milliseconds spent drawing a frame and megabytes of memory used at most", SWITCH, FIELD (draw_stats)},
  {"box-color", "Box colour", "Colour of boxes and labels, 0xAARRGGBB", COLOR, FIELD (box_color)},
  {"mesh-color", "Mesh colour", "Colour of meshes, 0xAARRGGBB", COLOR, FIELD (mesh_color)},
  {"iris-color", "Iris colour", "Colour of irises, 0xAARRGGBB", COLOR, FIELD (iris_color)},
  {"cloud-color", "Cloud colour", "Colour of the point cloud, 0xAARRGGBB", COLOR, FIELD (cloud_color)},
  {"box-width", "Box width", "Width of boxes' lines, pixels (see scale)", NUMBER, FIELD (box_width), 0, 100},
  {"mesh-width", "Mesh width", "Width of meshes' lines, pixels (see scale); small faces have thinner ones", NUMBER, FIELD (mesh_width), 0, 100},
  {"font", "Font", "Family, style and size in pixels (see scale) of labels; other installed fonts have what the family lacks", FONT, FIELD (font)},
  {"scale", "Scale", "Lengths are for a picture whose shorter side has 480 pixels and grow with it; otherwise they are pixels of this picture", SWITCH, FIELD (scale_with_picture)},
  {"label-format", "Label format", "How scores are written", ENUM, FIELD (label_format), .type = gst_tfc_label_format_get_type},
  {"privacy", "Privacy", "Anonymise faces in the pixels: inside the outline of each mesh; on buffers without faces' metadata, inside every box", ENUM, FIELD (privacy), .type = gst_tfc_privacy_get_type},
  {"privacy-hold", "Privacy hold", "For how long a face that is lost stays hidden, where it was and where it was going, milliseconds; 0: not at all", MILLISECONDS, FIELD (privacy_hold)},
  {"privacy-unknown", "Privacy unknown", "With privacy: what becomes of frames that carry no metadata, so that nothing is known about faces on them", ENUM, FIELD (privacy_unknown), .type = gst_tfc_privacy_unknown_get_type},
};
// clang-format on

static GParamSpec *
make_spec (const Property *p)
{
  const guint8 *field = (const guint8 *)&tfc_style_defaults + p->at;
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | GST_PARAM_CONTROLLABLE |
                      GST_PARAM_MUTABLE_PLAYING;
  switch (p->kind) {
    case SWITCH:
      return g_param_spec_boolean (p->name, p->nick, p->blurb, *(const gboolean *)field, flags);
    case COLOR:
      return g_param_spec_uint (p->name, p->nick, p->blurb, 0, G_MAXUINT32, *(const guint32 *)field,
                                flags);
    case NUMBER:
      return g_param_spec_double (p->name, p->nick, p->blurb, p->low, p->high,
                                  *(const gdouble *)field, flags);
    case MILLISECONDS:
      return g_param_spec_uint (p->name, p->nick, p->blurb, 0, G_MAXUINT, *(const guint *)field,
                                flags);
    case ENUM:
      return g_param_spec_enum (p->name, p->nick, p->blurb, p->type (), *(const gint *)field,
                                flags);
    default:
      return g_param_spec_string (p->name, p->nick, p->blurb, *(const gchar *const *)field,
                                  flags & ~GST_PARAM_CONTROLLABLE);
  }
}

void
gst_tfc_overlay_install_properties (GObjectClass *klass)
{
  for (guint i = 0; i < G_N_ELEMENTS (properties); i++) {
    g_object_class_install_property (klass, i + 1, make_spec (&properties[i]));
    if (properties[i].type)
      gst_type_mark_as_plugin_api (properties[i].type (), 0);
  }
}

void
gst_tfc_overlay_init_settings (GstTfcOverlay *self)
{
  self->settings = tfc_style_defaults;
  self->font = g_ref_string_new (tfc_style_defaults.font);
}

void
gst_tfc_overlay_clear_settings (GstTfcOverlay *self)
{
  g_clear_pointer (&self->font, g_ref_string_release);
  g_clear_pointer (&self->style_font, g_ref_string_release);
}

static void
write_field (GstTfcOverlay *self, const Property *p, const GValue *value)
{
  guint8 *field = (guint8 *)&self->settings + p->at;
  if (p->kind == SWITCH)
    *(gboolean *)field = g_value_get_boolean (value);
  else if (p->kind == COLOR)
    *(guint32 *)field = g_value_get_uint (value);
  else if (p->kind == NUMBER)
    *(gdouble *)field = g_value_get_double (value);
  else if (p->kind == MILLISECONDS)
    *(guint *)field = g_value_get_uint (value);
  else if (p->kind == ENUM)
    *(gint *)field = g_value_get_enum (value);
  else {
    const gchar *font = g_value_get_string (value);
    g_ref_string_release (self->font);
    self->font = g_ref_string_new (font ? font : tfc_style_defaults.font);
  }
}

/* What of the settings decides about formats. */
static guint
restrictions (const TfcStyle *s)
{
  return (s->privacy != TFC_PRIVACY_NONE) | (s->mirror ? 2 : 0);
}

void
gst_tfc_overlay_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  GstTfcOverlay *self = GST_TFC_OVERLAY (object);
  if (id < 1 || id > G_N_ELEMENTS (properties)) {
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    return;
  }
  GST_OBJECT_LOCK (self);
  guint before = restrictions (&self->settings);
  write_field (self, &properties[id - 1], value);
  gboolean others = restrictions (&self->settings) != before;
  GST_OBJECT_UNLOCK (self);
  if (others)
    gst_base_transform_reconfigure_sink (GST_BASE_TRANSFORM (self));
}

void
gst_tfc_overlay_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  GstTfcOverlay *self = GST_TFC_OVERLAY (object);
  if (id < 1 || id > G_N_ELEMENTS (properties)) {
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    return;
  }
  const Property *p = &properties[id - 1];
  const guint8 *field = (const guint8 *)&self->settings + p->at;
  GST_OBJECT_LOCK (self);
  if (p->kind == SWITCH)
    g_value_set_boolean (value, *(const gboolean *)field);
  else if (p->kind == COLOR)
    g_value_set_uint (value, *(const guint32 *)field);
  else if (p->kind == NUMBER)
    g_value_set_double (value, *(const gdouble *)field);
  else if (p->kind == MILLISECONDS)
    g_value_set_uint (value, *(const guint *)field);
  else if (p->kind == ENUM)
    g_value_set_enum (value, *(const gint *)field);
  else
    g_value_set_string (value, self->font);
  GST_OBJECT_UNLOCK (self);
}

void
gst_tfc_overlay_snapshot (GstTfcOverlay *self)
{
  GST_OBJECT_LOCK (self);
  self->style = self->settings;
  if (self->style_font != self->font) {
    g_clear_pointer (&self->style_font, g_ref_string_release);
    self->style_font = g_ref_string_acquire (self->font);
  }
  GST_OBJECT_UNLOCK (self);
  self->style.font = self->style_font;
}
