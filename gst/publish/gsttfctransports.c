/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "gst/publish/gsttfctransports.h"
#include "inference/error.h"
#include <gmodule.h>

#define MQTT_PLUGIN "tfcmqtt"

void
gst_tfc_transport_fail (GError **error, GstResourceError code, const gchar *place, const gchar *why,
                        const gchar *what_to_do)
{
  g_set_error (error, GST_RESOURCE_ERROR, code, "%s: %s; %s", place, why, what_to_do);
  tfc_error_tidy (error);
}

/* GStreamer has opened the file already; this finds what it exports. */
static const GstTfcTransportClass *
symbol_of (GstPlugin *plugin)
{
  const gchar *path = gst_plugin_get_filename (plugin);
  GModule *module = path ? g_module_open (path, G_MODULE_BIND_LAZY | G_MODULE_BIND_LOCAL) : NULL;
  gpointer symbol = NULL;

  if (!module)
    return NULL;
  if (g_module_symbol (module, GST_TFC_MQTT_SYMBOL, &symbol))
    g_module_make_resident (module);
  else
    g_module_close (module);
  return symbol;
}

/* Errors do not show the address: somebody may have put a password into it. */
static const GstTfcTransportClass *
find_mqtt (GError **error)
{
  g_autoptr (GstPlugin) known = gst_registry_find_plugin (gst_registry_get (), MQTT_PLUGIN);
  g_autoptr (GstPlugin) plugin = known ? gst_plugin_load (known) : NULL;
  const GstTfcTransportClass *found = plugin ? symbol_of (plugin) : NULL;

  if (!found)
    gst_tfc_transport_fail (error, GST_RESOURCE_ERROR_NOT_FOUND, "address",
                            "the plug-in file libgsttfcmqtt.so is not installed",
                            "it is built where libmosquitto-dev is there (meson option mqtt)");
  else if (found->version != GST_TFC_TRANSPORT_VERSION)
    gst_tfc_transport_fail (error, GST_RESOURCE_ERROR_FAILED, "address",
                            "libgsttfcmqtt.so is of another version than libgsttfc.so",
                            "install both from the same build");
  else
    return found;
  return NULL;
}

/* By how a location begins; the last row is for all others. */
static const struct {
  const gchar *prefix;
  const GstTfcTransportClass *transport;
} places[] = {{"unix:", &gst_tfc_socket_transport}, {"", &gst_tfc_file_transport}};

const GstTfcTransportClass *
gst_tfc_transport_find (const GstTfcTransportOptions *options, GError **error)
{
  guint i = 0;

  if (options->address)
    return find_mqtt (error);
  while (!g_str_has_prefix (options->location, places[i].prefix))
    i++;
  return places[i].transport;
}
