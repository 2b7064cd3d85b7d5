/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "config.h"
#include "gst/classify/gsttfcclassify.h"
#include "gst/detect/gsttfcdetect.h"
#include "gst/facemesh/gsttfcfacemesh.h"
#include "gst/hands/gsttfchands.h"
#include "gst/join/gsttfcjoin.h"
#include "gst/overlay/gsttfcoverlay.h"
#include "gst/pose/gsttfcposedetector.h"
#include "gst/publish/gsttfcpublish.h"
#include "gst/segment/gsttfcsegment.h"
#include "gst/zones/gsttfczones.h"

/* One line an element. */
static gboolean
plugin_init (GstPlugin *plugin)
{
  gboolean ok = TRUE;

  ok &= GST_ELEMENT_REGISTER (tfcclassify, plugin);
  ok &= GST_ELEMENT_REGISTER (tfcdetect, plugin);
  ok &= GST_ELEMENT_REGISTER (tfcfacemesh, plugin);
  ok &= GST_ELEMENT_REGISTER (tfchands, plugin);
  ok &= GST_ELEMENT_REGISTER (tfcjoin, plugin);
  ok &= GST_ELEMENT_REGISTER (tfcoverlay, plugin);
  ok &= GST_ELEMENT_REGISTER (tfcpose, plugin);
  ok &= GST_ELEMENT_REGISTER (tfcpublish, plugin);
  ok &= GST_ELEMENT_REGISTER (tfcsegment, plugin);
  ok &= GST_ELEMENT_REGISTER (tfczones, plugin);
  return ok;
}

#define PACKAGE "tfc"
GST_PLUGIN_DEFINE (GST_VERSION_MAJOR, GST_VERSION_MINOR, tfc,
                   "Object detection and face landmarks in video, on the CPU", plugin_init,
                   TFC_VERSION, "LGPL", "tfc", "tfc")
