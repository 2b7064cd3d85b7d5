/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "gst/overlay/gsttfcoverlay.h"
#include "gst/lib/gsttfcoverlayenums.h"
#include "gst/util/gsttfcproperties.h"

/* Enums are read and written as ints, and the library's values are overlay/'s. */
G_STATIC_ASSERT (sizeof (TfcLabelFormat) == sizeof (gint) && sizeof (TfcPrivacy) == sizeof (gint) &&
                 sizeof (TfcPrivacyUnknown) == sizeof (gint) &&
                 sizeof (TfcMaskEffect) == sizeof (gint));
G_STATIC_ASSERT ((gint)TFC_LABEL_ID == GST_TFC_LABEL_FORMAT_ID &&
                 (gint)TFC_PRIVACY_FILL == GST_TFC_PRIVACY_FILL &&
                 (gint)TFC_PRIVACY_UNKNOWN_DROP == GST_TFC_PRIVACY_UNKNOWN_DROP &&
                 (gint)TFC_MASK_CUTOUT == GST_TFC_MASK_EFFECT_CUTOUT);

/* What of the settings decides about formats. */
static guint
restrictions (const TfcStyle *s)
{
  return (s->privacy != TFC_PRIVACY_NONE) | (s->mirror ? 2 : 0) |
         (s->mask != TFC_MASK_NONE ? 4 : 0);
}

/* Lock held. Whether other formats are possible now. */
static gboolean
restricts (GObject *object, GError **refused)
{
  GstTfcOverlay *self = GST_TFC_OVERLAY (object);
  const guint before = self->restrictions;

  self->restrictions = restrictions (&self->settings);
  return self->restrictions != before;
}

static void
renegotiate (GObject *object)
{
  gst_base_transform_reconfigure_sink (GST_BASE_TRANSFORM (object));
}

static gpointer
settings_of (GObject *object)
{
  return &GST_TFC_OVERLAY (object)->settings;
}

/* A property is a field of TfcStyle. */
#define FIELD(field) G_STRUCT_OFFSET (TfcStyle, field)
#define CONTROLLED .flags = GST_TFC_PROPERTY_CONTROLLABLE
#define SWITCH(field) GST_TFC_PROPERTY_BOOLEAN, FIELD (field), CONTROLLED
#define COLOR(field) GST_TFC_PROPERTY_UINT, FIELD (field), 0, G_MAXUINT32, CONTROLLED
#define NUMBER(field, min, max) GST_TFC_PROPERTY_DOUBLE, FIELD (field), min, max, CONTROLLED
#define ENUM(field, name) \
  GST_TFC_PROPERTY_ENUM, FIELD (field), .type = gst_tfc_##name##_get_type, CONTROLLED

// clang-format off
static const GstTfcProperty rows[] = {
  {"draw-boxes", "Draw boxes", "Draw the boxes of objects, and of faces whose mesh is not drawn", SWITCH (draw_boxes)},
  {"draw-labels", "Draw labels", "Write score and name of each object above its box, or inside, below or beside it where it would cover another label; at most 256 labels", SWITCH (draw_labels)},
  {"draw-classes", "Draw classes", "Draw a legend of the classes of the whole frame, a bar behind each, and the class of an object in its label", SWITCH (draw_classes)},
  {"draw-zones", "Draw zones", "Draw the zones and lines of tfczones with their counters: a zone with somebody in it is green, an arrow leads from side a of a line to side b", SWITCH (draw_zones)},
  {"draw-irises", "Draw irises", "Draw an ellipse around each iris", SWITCH (draw_irises)},
  {"draw-gaze", "Draw gaze", "Draw a line from each iris to where the eyes look", SWITCH (draw_gaze)},
  {"draw-axes", "Draw axes", "Draw the axes of each head at the tip of the nose: to the subject's left red, down green, out of the face blue", SWITCH (draw_axes)},
  {"draw-skeletons", "Draw skeletons", "Draw lines between the points of bodies and hands: green is the person's left, orange the right", SWITCH (draw_skeletons)},
  {"draw-points", "Draw points", "Draw the points of bodies and hands", SWITCH (draw_points)},
  {"point-threshold", "Point threshold", "Points of bodies and hands with a lower score are not drawn, nor lines to them", NUMBER (point_threshold, 0, 1)},
  {"mesh", "Mesh", "Draw the meshes of faces; a face smaller than 128 pixels fades to its contours, one smaller than 64 shows only them", SWITCH (mesh)},
  {"triangulate-mesh", "Triangulate mesh", "Draw meshes as triangles; false draws their points", SWITCH (triangulate_mesh)},
  {"contours-only", "Contours only", "Draw only the contours of a mesh: oval, lips, eyes and brows", SWITCH (contours_only)},
  {"point-cloud", "Point cloud", "Show the points of the first face in an inset, seen from cloud-yaw and cloud-pitch", SWITCH (point_cloud)},
  {"cloud-yaw", "Cloud yaw", "Rotation of the point cloud about the vertical axis, degrees", NUMBER (cloud_yaw, -180, 180)},
  {"cloud-pitch", "Cloud pitch", "Rotation of the point cloud about the horizontal axis, degrees", NUMBER (cloud_pitch, -180, 180)},
  {"mirror", "Mirror", "Mirror picture, drawing and metadata left to right; text stays readable", SWITCH (mirror), .changed = restricts},
  {"draw-stats", "Draw stats", "Show frames per second, milliseconds that drawing a frame takes, and the peak memory of the process in megabytes", SWITCH (draw_stats)},
  {"box-color", "Box colour", "Colour of boxes and labels, 0xAARRGGBB", COLOR (box_color)},
  {"mesh-color", "Mesh colour", "Colour of meshes, 0xAARRGGBB", COLOR (mesh_color)},
  {"iris-color", "Iris colour", "Colour of irises, 0xAARRGGBB", COLOR (iris_color)},
  {"cloud-color", "Cloud colour", "Colour of the point cloud, 0xAARRGGBB", COLOR (cloud_color)},
  {"box-width", "Box width", "Line width of boxes, pixels (see scale)", NUMBER (box_width, 0, 100)},
  {"mesh-width", "Mesh width", "Line width of meshes, pixels (see scale); lines of small faces are thinner", NUMBER (mesh_width, 0, 100)},
  {"font", "Font", "Family, style and size in pixels (see scale) of labels; characters that the family lacks come from other installed fonts (NULL = the default)", GST_TFC_PROPERTY_STRING, FIELD (font)},
  {"scale", "Scale", "Line widths and font size are for a frame whose shorter side has 480 pixels and grow with the frame; false takes them as pixels of the frame", SWITCH (scale_with_picture)},
  {"label-format", "Label format", "What labels say besides the name: the score, or the track id", ENUM (label_format, label_format)},
  {"privacy", "Privacy", "Anonymise faces in the pixels: inside the outline of each mesh, or on buffers without face metadata inside every box", ENUM (privacy, privacy), .changed = restricts},
  {"privacy-hold", "Privacy hold", "How long a lost face stays hidden, where it was and where it was moving to, milliseconds (0 = not at all)", GST_TFC_PROPERTY_UINT, FIELD (privacy_hold), 0, G_MAXUINT, CONTROLLED},
  {"privacy-unknown", "Privacy unknown", "With privacy: what happens to frames without metadata, about whose faces nothing is known", ENUM (privacy_unknown, privacy_unknown)},
  {"mask", "Mask", "What is done with the mask of people of a buffer: tint them or their parts, or blur, pixelate, replace or remove what is behind them; a frame without a mask counts as one without people", ENUM (mask, mask_effect), .changed = restricts},
  {"mask-color", "Mask colour", "Colour of mask=tint, 0xAARRGGBB; alpha is ignored", COLOR (mask_color)},
  {"mask-blur", "Mask blur", "Strength of mask=blur-background (standard deviation) and mask=pixelate-background (half a square), pixels (see scale)", NUMBER (mask_blur, 0, 100)},
  {"edge-blur", "Edge blur", "How far the edge between people and background is softened, pixels (see scale)", NUMBER (edge_blur, 0, 100)},
  {"background-color", "Background colour", "Background of mask=replace-background, and of mask=cutout where the format has no alpha, 0xAARRGGBB; alpha is ignored", COLOR (background_color)},
  {"background-file", "Background file", "Picture for mask=replace-background, scaled to cover the frame (NULL = background-color)", GST_TFC_PROPERTY_STRING, FIELD (background_file)},
};
// clang-format on

static const GstTfcPropertyTable table = {
    rows, G_N_ELEMENTS (rows), &tfc_style_defaults, sizeof (TfcStyle), settings_of,
    NULL, renegotiate};

void
gst_tfc_overlay_install_properties (GObjectClass *klass)
{
  gst_tfc_properties_install (klass, &table, 1);
}

void
gst_tfc_overlay_init_settings (GstTfcOverlay *self)
{
  gst_tfc_properties_init (&table, &self->settings);
  gst_tfc_properties_init (&table, &self->style);
  self->restrictions = restrictions (&self->settings);
}

void
gst_tfc_overlay_clear_settings (GstTfcOverlay *self)
{
  gst_tfc_properties_clear (&table, &self->settings);
  gst_tfc_properties_clear (&table, &self->style);
}

void
gst_tfc_overlay_snapshot (GstTfcOverlay *self)
{
  GST_OBJECT_LOCK (self);
  gst_tfc_properties_copy (&table, &self->style, &self->settings);
  GST_OBJECT_UNLOCK (self);
}
