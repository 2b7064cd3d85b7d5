/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/**
 * SECTION:tfc
 * @title: tfc metadata library
 * @short_description: results of the elements that analyse, on buffers
 *
 * `#include <gst/tfc/tfc.h>` and `pkg-config gstreamer-tfc-1.0` are all that an application needs.
 *
 * |[<!-- language="C" -->
 * GstTfcDetectionMeta *meta = gst_buffer_get_tfc_detection_meta (buffer);
 * for (guint i = 0; meta && i < meta->n_detections; i++)
 *   g_print ("%s %.2f\n", meta->detections[i].label, meta->detections[i].score);
 * ]|
 *
 * Coordinates are fractions of the frame with the origin at the top left, so a scaled frame needs
 * no change of its metadata. Arrays are immutable and shared: a copied buffer shares them.
 *
 * Objects are #GstTfcDetectionMeta, faces #GstTfcFaceMeta, bodies and hands #GstTfcPoseMeta, masks
 * #GstTfcMaskMeta, classes #GstTfcClassMeta; zones and lines #GstTfcZoneMeta, and what happened
 * there #GstTfcEventMeta. gst_tfc_meta_get_results() gives the results behind any of them, for code
 * that treats all kinds alike.
 *
 * When the frame changes: a copied, converted or scaled frame keeps its metadata, unless its shape
 * changed so that borders may have been added. From GStreamer 1.28 on, metadata is also moved along
 * with a cropped, flipped or rotated frame. In all other cases it is dropped; it is never stale.
 *
 * Language bindings cannot read C arrays of structures: there, methods return lists of copies
 * (gst_tfc_detection_meta_dup_detections() is `get_detections`). The Python module that is
 * installed with the library adds attributes:
 *
 * |[<!-- language="Python" -->
 * meta = GstTfc.buffer_get_tfc_detection_meta (buffer)
 * for d in meta.detections if meta else ():
 *     print (d.label, d.score, d.x, d.y, d.w, d.h)
 * ]|
 *
 * Compatibility. The 1.0 in the names of the library, the pkg-config file and the namespace is
 * GStreamer's API series. The soname, libgsttfcmeta-1.0.so.0, changes only if a program that was
 * built before would break. `Since:` names the version of the project that added something. Public
 * structures have reserved space, so fields can be added while their size stays: set a structure to
 * zero before you fill it. Enumerations can get further values. Only this library allocates metas
 * and #GstTfcResults.
 *
 * Threads. Every function may be called from any thread. A buffer, and so its metas, belongs to one
 * thread at a time, as always in GStreamer; #GstTfcResults can be read by several at once.
 */
#include "gsttfcclass.h"
#include "gsttfcclassmeta.h"
#include "gsttfcdetection.h"
#include "gsttfcdetectionmeta.h"
#include "gsttfcenums.h"
#include "gsttfcevent.h"
#include "gsttfceventmeta.h"
#include "gsttfcface.h"
#include "gsttfcfacemeta.h"
#include "gsttfcfacetopology.h"
#include "gsttfchead.h"
#include "gsttfckinds.h"
#include "gsttfcmask.h"
#include "gsttfcmaskmeta.h"
#include "gsttfcoverlayenums.h"
#include "gsttfcpointlayout.h"
#include "gsttfcpose.h"
#include "gsttfcposemeta.h"
#include "gsttfcpublishenums.h"
#include "gsttfcresults.h"
#include "gsttfczone.h"
#include "gsttfczonemeta.h"
#include "tfc-prelude.h"
