/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Enum types of tfcoverlay's properties. */
#include "tfc-prelude.h"

G_BEGIN_DECLS

/**
 * GstTfcLabelFormat:
 * @GST_TFC_LABEL_FORMAT_NONE: "person"
 * @GST_TFC_LABEL_FORMAT_PERCENT: "87.3% person"
 * @GST_TFC_LABEL_FORMAT_SCORE: "0.873 person"
 * @GST_TFC_LABEL_FORMAT_ID: "#7 person", the track id; "person" of what is not tracked
 *
 * Values of `tfcoverlay label-format`.
 *
 * Since: 0.1
 */
typedef enum {
  GST_TFC_LABEL_FORMAT_NONE,
  GST_TFC_LABEL_FORMAT_PERCENT,
  GST_TFC_LABEL_FORMAT_SCORE,
  GST_TFC_LABEL_FORMAT_ID
} GstTfcLabelFormat;

/**
 * GstTfcPrivacy:
 * @GST_TFC_PRIVACY_NONE: leave faces as they are
 * @GST_TFC_PRIVACY_BLUR: blur them
 * @GST_TFC_PRIVACY_PIXELATE: show them as few large squares
 * @GST_TFC_PRIVACY_FILL: fill them with black
 *
 * Values of `tfcoverlay privacy`.
 *
 * Since: 0.1
 */
typedef enum {
  GST_TFC_PRIVACY_NONE,
  GST_TFC_PRIVACY_BLUR,
  GST_TFC_PRIVACY_PIXELATE,
  GST_TFC_PRIVACY_FILL
} GstTfcPrivacy;

/**
 * GstTfcPrivacyUnknown:
 * @GST_TFC_PRIVACY_UNKNOWN_PASS: pass them; only faces that were lost a moment ago stay hidden
 * @GST_TFC_PRIVACY_UNKNOWN_HIDE: hide the whole picture as `privacy` says
 * @GST_TFC_PRIVACY_UNKNOWN_DROP: drop them
 *
 * Values of `tfcoverlay privacy-unknown`: what happens to frames without metadata.
 *
 * Since: 0.1
 */
typedef enum {
  GST_TFC_PRIVACY_UNKNOWN_PASS,
  GST_TFC_PRIVACY_UNKNOWN_HIDE,
  GST_TFC_PRIVACY_UNKNOWN_DROP
} GstTfcPrivacyUnknown;

/**
 * GstTfcMaskEffect:
 * @GST_TFC_MASK_EFFECT_NONE: leave the picture as it is
 * @GST_TFC_MASK_EFFECT_TINT: tint people
 * @GST_TFC_MASK_EFFECT_PARTS: tint parts of bodies, or people one by one, each in its colour
 * @GST_TFC_MASK_EFFECT_BLUR_BACKGROUND: blur what is behind people
 * @GST_TFC_MASK_EFFECT_PIXELATE_BACKGROUND: show it as large squares
 * @GST_TFC_MASK_EFFECT_REPLACE_BACKGROUND: show a colour or a picture instead
 * @GST_TFC_MASK_EFFECT_CUTOUT: make it transparent, or a colour where the format has no alpha
 *
 * Values of `tfcoverlay mask`.
 *
 * Since: 0.1
 */
typedef enum {
  GST_TFC_MASK_EFFECT_NONE,
  GST_TFC_MASK_EFFECT_TINT,
  GST_TFC_MASK_EFFECT_PARTS,
  GST_TFC_MASK_EFFECT_BLUR_BACKGROUND,
  GST_TFC_MASK_EFFECT_PIXELATE_BACKGROUND,
  GST_TFC_MASK_EFFECT_REPLACE_BACKGROUND,
  GST_TFC_MASK_EFFECT_CUTOUT
} GstTfcMaskEffect;

/**
 * GST_TYPE_TFC_LABEL_FORMAT:
 *
 * The type of #GstTfcLabelFormat.
 *
 * Since: 0.1
 */
#define GST_TYPE_TFC_LABEL_FORMAT (gst_tfc_label_format_get_type ())
GST_TFC_API GType gst_tfc_label_format_get_type (void);

/**
 * GST_TYPE_TFC_PRIVACY:
 *
 * The type of #GstTfcPrivacy.
 *
 * Since: 0.1
 */
#define GST_TYPE_TFC_PRIVACY (gst_tfc_privacy_get_type ())
GST_TFC_API GType gst_tfc_privacy_get_type (void);

/**
 * GST_TYPE_TFC_PRIVACY_UNKNOWN:
 *
 * The type of #GstTfcPrivacyUnknown.
 *
 * Since: 0.1
 */
#define GST_TYPE_TFC_PRIVACY_UNKNOWN (gst_tfc_privacy_unknown_get_type ())
GST_TFC_API GType gst_tfc_privacy_unknown_get_type (void);

/**
 * GST_TYPE_TFC_MASK_EFFECT:
 *
 * The type of #GstTfcMaskEffect.
 *
 * Since: 0.1
 */
#define GST_TYPE_TFC_MASK_EFFECT (gst_tfc_mask_effect_get_type ())
GST_TFC_API GType gst_tfc_mask_effect_get_type (void);

G_END_DECLS
