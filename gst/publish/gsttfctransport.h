/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* A way out of tfcpublish: where its lines go. A file, standard output and a unix socket are inside
 * the element; MQTT is in a plug-in file of its own, "tfcmqtt", which exports its
 * GstTfcTransportClass by the name GST_TFC_MQTT_SYMBOL. tfcpublish looks it up with
 * g_module_symbol, so what is in this header is binary interface: whoever changes a member counts
 * GST_TFC_TRANSPORT_VERSION up.
 *
 * Threads: all functions are called on one thread of tfcpublish's, from open to close; none of them
 * is called while another runs. The stream is never held up by them, but lines wait while they run:
 * open and send wait for no peer. Only options->wake is for other threads. */
#include <gst/gst.h>

#define GST_TFC_TRANSPORT_VERSION 1
/* A const GstTfcTransportClass, exported with default visibility. */
#define GST_TFC_MQTT_SYMBOL "gst_tfc_mqtt_transport"
/* Bytes of a payload, without the 0 behind it. */
#define GST_TFC_MAX_LINE (1024 * 1024)
/* Bytes of a topic's suffix. */
#define GST_TFC_MAX_SUFFIX 200

/* The element's properties when it started. Strings are borrowed until close. An empty string is
 * NULL here. */
typedef struct {
  const gchar *source; /* never NULL; UTF-8 */
  /* file, standard output, unix socket */
  const gchar *location;
  guint64 max_bytes; /* a file that has grown to it is rotated; 0: never */
  /* MQTT; each but address may be NULL: the default */
  const gchar *address;       /* mqtt://host[:1883], mqtts://host[:8883] */
  const gchar *topic;         /* tfc/SOURCE */
  const gchar *client_id;     /* NULL: the transport makes one up */
  const gchar *username;      /* NULL: none */
  const gchar *password_file; /* its first line is the password; NULL: none. Never printed */
  const gchar *ca_file;       /* NULL: the system's certificates */
  guint qos;                  /* 0..2 */
  gboolean home_assistant;    /* discovery messages; see suffix */
  /* Has work called soon: there may be something to do (connected, room to send). Any thread. */
  void (*wake) (gpointer wake_data);
  gpointer wake_data;
} GstTfcTransportOptions;

/* One payload, borrowed for the call. */
typedef struct {
  const gchar *text; /* one JSON object without a newline, or a number; ends with 0 */
  gsize length;      /* without the 0, 1..GST_TFC_MAX_LINE */
  /* NULL: to the topic itself. With home_assistant also retained numbers, how many there are now,
   * each sent whenever it changes and first at 0 or more: "count/LABEL"      objects of a class in
   * the frame "zone/ZONE"        objects inside a zone "zone/ZONE/LABEL"  of a class inside a zone
   * Names are valid UTF-8 in which '/', '+', '#' and control characters are '_'; the transport
   * announces each that it has not announced yet. Files and sockets take lines without suffix only.
   */
  const gchar *suffix;
  gboolean retain; /* the peer keeps the last one for those who come later */
} GstTfcTransportLine;

typedef enum {
  GST_TFC_SENT,   /* taken over whole: written, or the transport sees to it from here on */
  GST_TFC_RETRY,  /* not now (no connection, no room): the same line comes again after work; nothing
                   * of  it was sent, or the rest will be sent before any other line */
  GST_TFC_REFUSED /* never: this line is dropped and counted, the next one is tried */
} GstTfcSendResult;

typedef struct {
  gboolean connected; /* lines go out now */
  /* Why not, or what is wrong although it is: one sentence that names file or host, never a
   * password. The transport's, valid until its next call; NULL: nothing is wrong. A text other than
   * before is posted as one warning. */
  const gchar *problem;
  guint64 lost;       /* lines taken over that are known not to have arrived; only grows */
  guint64 reconnects; /* connections after the first one; of a unix socket: readers that came */
} GstTfcTransportState;

typedef struct GstTfcTransport GstTfcTransport; /* the transport's own */

typedef struct {
  guint version; /* GST_TFC_TRANSPORT_VERSION */
  /* NULL with error set: what can never work as it is: a wrong address or topic, a file that cannot
   * be read, a folder that is not there. A peer that is not there yet is no error. Waits at most
   * for the local file system. */
  GstTfcTransport *(*open) (const GstTfcTransportOptions *options, GError **error);
  GstTfcSendResult (*send) (GstTfcTransport *transport, const GstTfcTransportLine *line);
  /* Whatever else there is to do, without waiting: connections, bytes that could not be written
   * before. Called after wake, after RETRY and whenever as many milliseconds have passed as the
   * last call returned, 1..1000. */
  guint (*work) (GstTfcTransport *transport);
  void (*get_state) (GstTfcTransport *transport, GstTfcTransportState *state);
  /* Sends what was taken over, says good-bye and frees all, within timeout_ms. NULL is not passed.
   * Returns the lines that were taken over and are lost now (besides state.lost). */
  guint64 (*close) (GstTfcTransport *transport, guint timeout_ms);
} GstTfcTransportClass;
