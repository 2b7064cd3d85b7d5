/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* What the tests of the pose pipeline share: networks from the store, pictures, and how far a pose is from the
 * reference's. */
#include "models/body/pose_pipeline.h"
#include "tests/models/golden.h"
#include "tools/common/picture.h"

/* Path of a model of the registry; asserts that it is there. g_free. */
gchar *pose_model_path (const gchar *name);
/* detector may be NULL. tfc_pose_close. */
TfcPosePipeline *pose_open (TfcPoseKind kind, const gchar *name, const gchar *detector, const gchar *backend);

/* golden/pose/NAME.png; FALSE, and the test skipped, if it is not there. tfc_picture_clear. */
gboolean pose_picture (const gchar *name, TfcPicture *picture);

/* How far points are from golden's [x, y, (z,) score] in pixels of the frame. */
typedef struct {
  gdouble worst, mean; /* pixels, of the points whose golden score is above the threshold */
  gdouble score;       /* of these points */
  gdouble z;           /* pixels */
  gdouble world;       /* metres */
  gdouble box;         /* longer edge of the box around these points, pixels */
  guint n;
} PoseError;

/* z_scale: what golden's z is divided by. */
PoseError pose_error (const TfcPose *pose, const cJSON *keypoints, guint width, guint height, gdouble threshold,
                      gdouble z_scale);
void pose_world_error (const TfcPose *pose, const cJSON *keypoints3d, PoseError *e);
