/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* A connection to a broker. libmosquitto is used on one thread of the connection's own, which
 * resolves names, connects, and waits for the broker, however long that takes; tfcpublish's thread
 * puts lines into its letter box and is told by wake when they have been taken.
 *
 * Lines are kept until the broker has them: acknowledged (qos 1 and 2), or written to the socket
 * (qos 0). Whatever was not, is sent again over the next connection. */
#include <mosquitto.h>

#include "gst/mqtt/gsttfcmqtt-discovery.h"
#include "gst/mqtt/gsttfcmqtt-message.h"
#include "gst/mqtt/gsttfcmqtt-settings.h"

GST_DEBUG_CATEGORY_EXTERN (gst_tfc_mqtt_debug); /* tfcmqtt */

/* Messages at a time that were taken over and are not acknowledged: libmosquitto's own limit too.
 */
#define GST_TFC_MQTT_IN_FLIGHT 20
/* Bytes of them after which no further line is taken over. */
#define GST_TFC_MQTT_MAX_BYTES (4 * 1024 * 1024)

struct GstTfcTransport {
  gint refs; /* atomic: who opened it, and the thread */
  GstTfcMqttSettings *settings;
  void (*wake) (gpointer wake_data);
  gpointer wake_data;
  int event;   /* eventfd: the thread is to look at what is under the lock */
  gchar *told; /* the problem that get_state gave last */
  GThread *thread;

  GMutex lock;
  GCond changed; /* ended, waking */
  /* Under the lock: */
  GQueue lines;  /* of GstTfcMqttMessage: taken over, not sent */
  guint n_taken; /* lines taken over that the broker does not have: in lines and in flight */
  gsize n_bytes; /* of these */
  gboolean connected;
  guint64 connections; /* made so far */
  guint64 lost;
  gchar *problem;                 /* NULL: none */
  GstTfcMqttDiscovery *discovery; /* NULL: not wanted */
  gboolean crowded;               /* numbers that cannot be announced */
  gboolean closing;               /* no more lines come */
  gint64 deadline;                /* monotonic, µs: of closing */
  gboolean abandoned; /* closed while the thread was busy: nobody waits for it any more */
  gboolean waking, ended;

  /* The thread's alone: */
  struct mosquitto *client;
  GPtrArray *in_flight; /* of GstTfcMqttMessage, at most GST_TFC_MQTT_IN_FLIGHT */
  guint n_accepted;     /* times that the broker let us in: messages may be sent after the first */
  gint refusal;         /* CONNACK's code, 0 while there is none */
  gboolean said_online, said_offline;
  gint64 since;                    /* monotonic, µs: when this connection was begun */
  guint64 n_sent;                  /* messages over this connection */
  gboolean tls_failed, wrong_host; /* what libmosquitto said about this connection */
  gchar tls_reason[128];           /* OpenSSL's words, printable; or "" */
};

/* The thread: connects again and again until the transport is closed. data is a reference, which it
 * drops. */
gpointer gst_tfc_mqtt_run (gpointer data);
void gst_tfc_mqtt_unref (GstTfcTransport *t);

/* Sets callbacks of client, whose user data is t; they are called on the thread. */
void gst_tfc_mqtt_listen (GstTfcTransport *t);
/* Sends what there is to send and room for. */
void gst_tfc_mqtt_send_messages (GstTfcTransport *t);
/* Closing, and all is said and acknowledged. */
gboolean gst_tfc_mqtt_has_finished (GstTfcTransport *t);
/* The connection is gone: messages of qos 0 in flight go back; those of qos 1 and 2 stay with
 * libmosquitto. */
void gst_tfc_mqtt_take_back (GstTfcTransport *t);
/* Has tfcpublish call; no lock held. */
void gst_tfc_mqtt_wake (GstTfcTransport *t);
/* Takes problem (NULL: none); connected or not. Wakes. No lock held. */
void gst_tfc_mqtt_tell (GstTfcTransport *t, gboolean connected, gchar *problem);
/* A sentence about why a connection failed or was lost: code is libmosquitto's, error errno's.
 * g_free. */
gchar *gst_tfc_mqtt_words (const GstTfcTransport *t, int code, int error);
