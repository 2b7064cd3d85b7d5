/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* A TensorFlow.js GraphModel from the inside, shared by the files tfjs_*.c only.
 *
 * model.json becomes nodes and weights (text.c, json.c, manifest.c); then the nodes
 * that the outputs need are run once with what is known at load (evaluate.c): constants are computed
 * on the spot, loops are unrolled, TensorArrays are lists, and whatever depends on the picture becomes
 * a node of the graph. One table says how each TensorFlow op does that (ops.c). */
#include "inference/builder/operators.h"

#include <cJSON.h>

#define TFJS_MAX_JSON_BYTES (64 << 20)
#define TFJS_MAX_JSON_TOKENS (1 << 20) /* brackets, commas and colons: memory */
#define TFJS_MAX_JSON_DEPTH 64
#define TFJS_MAX_MEMBERS 1024 /* of an object in which one is looked for: time */
#define TFJS_MAX_FRAMES 64   /* different loops */
#define TFJS_MAX_SCOPES 4096 /* turns of all loops */
#define TFJS_MAX_STEPS (1 << 18)
#define TFJS_MAX_ELEMENTS (1 << 20) /* of all lists while loading */

typedef struct TfjsOp TfjsOp;

typedef struct {
  guint node, output;
} TfjsEdge;

typedef struct {
  const gchar *name, *op; /* inside the JSON */
  const cJSON *attr;      /* or NULL */
  const TfjsOp *kind;     /* NULL: unknown, an error only if it is needed */
  TfjsEdge *in;           /* data inputs; NULL where the producer is unknown until link */
  guint n_in;
  gboolean read; /* something takes it, be it only as a control input */
  guint frame;   /* the loop it stands in, 0 outside all */
  guint input;   /* where an input was asked for in its place (cut.c): that one's id */
  gboolean is_cut;
  guint file_n_in; /* what n_in was before that */
} TfjsNode;

typedef enum { TFJS_PLAIN, TFJS_TURNED, TFJS_N_LAYOUTS } TfjsLayout;

typedef struct {
  const gchar *name;
  TfcType type, stored; /* as the network sees it, and as it is written */
  gboolean usable, scaled;
  gdouble scale, min;
  TfcShape shape;
  gsize count, offset; /* elements; bytes from the group's start */
  guint group;
  const void *data;         /* as the network sees it, NULL until wanted */
  guint id[TFJS_N_LAYOUTS]; /* the constant in the graph, TFC_NONE until wanted */
} TfjsWeight;

typedef enum {
  TFJS_DEAD,    /* the branch that was not taken */
  TFJS_TENSOR,  /* id: a value of the graph, a constant if it has data */
  TFJS_WEIGHT,  /* id: of weights; becomes a TENSOR where it is used */
  TFJS_PICTURE, /* the input before it has a size: type, shape with -1 for unknown; fixed: it is the
                   size that was asked for */
  TFJS_SIZES,   /* shape: a vector of numbers, -1 for those that depend on the picture's size */
  TFJS_LIST,    /* id: of lists; the state of a TensorArray */
} TfjsKind;

typedef struct {
  TfjsKind kind;
  guint id;
  TfcType type;
  TfcShape shape;
  gboolean fixed;
} TfjsValue;

/* Of one file or several, one behind the other. */
typedef struct {
  GBytes *bytes; /* owned */
  gsize offset;  /* in its group */
  guint group;
} TfjsShard;

/* One turn of one loop. Scope 0 is outside all. */
typedef struct {
  guint parent, frame, turn;
} TfjsScope;

typedef struct {
  TfcBuilder b; /* the graph, the first error and the budget */
  gchar *path;        /* owned */
  gsize bytes, work;  /* the budget when the file was read */
  gboolean evaluated; /* once already */

  GBytes *tree; /* tfjs_copy_tree; NULL until the file is read */
  const cJSON *json; /* its root */
  TfjsNode *nodes;
  guint n_nodes;
  GHashTable *by_name; /* -> index + 1 */
  GArray *outputs;     /* TfjsEdge */
  GPtrArray *output_names; /* of their tensors */
  GPtrArray *output_keys;  /* as the signature calls them */
  struct {
    guint n_nodes;       /* that suppress; 0: none */
    gboolean inputs;     /* outputs are what those take */
    gboolean background; /* scores are known to have a column for it */
  } suppression;

  GArray *weights;            /* TfjsWeight */
  GHashTable *weight_by_name; /* -> index + 1 */
  GArray *shards;             /* TfjsShard, in order */
  guint n_shards;             /* files */

  GPtrArray *converted; /* GBytes: weights that the network does not take as they are written */
  GPtrArray *lists;  /* GArray of TfjsValue */
  guint n_elements;  /* of all lists */
  guint picture;     /* the graph's input once it has a size, TFC_NONE before */
  guint picture_node;
} TfjsLoad;

/* tree.c: tree and what belongs to it in one piece, for reading alone; NULL and an error of the graph if there is no memory. What
 * cJSON makes lies in as many pieces as there are parts, between those of others: it is freed before anything that stays is
 * allocated, so that malloc can give that memory back. */
GBytes *tfjs_copy_tree (TfjsLoad *load, const cJSON *tree);

/* text.c: what is in the file, as load->json. */
gboolean tfjs_parse (TfjsLoad *l);
/* The last of that name, as for JavaScript; NULL if there is none, or object is NULL or no object.
 * One of too many members fails the load. */
const cJSON *tfjs_member (TfjsLoad *l, const cJSON *object, const gchar *name);
/* NULL also if it is another kind of thing. */
const cJSON *tfjs_member_object (TfjsLoad *l, const cJSON *object, const gchar *name);
const cJSON *tfjs_member_array (TfjsLoad *l, const cJSON *object, const gchar *name);
const gchar *tfjs_member_string (TfjsLoad *l, const cJSON *object, const gchar *name);
/* A number, or one written as a string; maybe not finite. FALSE if it is neither, or NULL. */
gboolean tfjs_number (const cJSON *value, gdouble *number);

/* json.c: nodes and their edges, outputs, and with the manifest all else. */
gboolean tfjs_read_json (TfjsLoad *l);
/* outputs: what the signature says, else what nothing reads, as TensorFlow.js has it. FALSE with an error recorded. */
gboolean tfjs_find_outputs (TfjsLoad *l);
/* "name" or "name:2" to what it means; FALSE if there is no such node. */
gboolean tfjs_find_edge (TfjsLoad *l, const gchar *ref, TfjsEdge *edge);
/* Of the network: name of its tensor, key in the signature; borrowed. */
void tfjs_add_output (TfjsLoad *l, TfjsEdge edge, const gchar *name, const gchar *key);
/* manifest.c: weights and shards; sizes are checked here. */
gboolean tfjs_read_manifest (TfjsLoad *l, const cJSON *root);
/* shards.c: a group's shards, which must hold so many bytes; as few pieces of memory as their
 * sizes allow, each with TFC_TAIL_BYTES behind it. */
gboolean tfjs_map_shards (TfjsLoad *l, const cJSON *paths, guint group, gsize wanted);
/* weights.c: the weight as a constant of the graph, in the shards' own memory where it is large
 * and lies there as it is needed. TFJS_TURNED: a filter or factor with the last axis first (HWIO -> OHWI, KN ->
 * NK), its bytes unmoved (tensor.h, turned). TFC_NONE on failure. */
guint tfjs_weight (TfjsLoad *l, guint index, TfjsLayout layout);

/* One node being run. */
typedef struct {
  TfjsLoad *l;
  TfcBuilder *b; /* of l */
  const TfjsNode *node;
  const TfjsValue *in;
  guint n_in;
  GArray *out; /* TfjsValue, what it gives */
} TfjsCall;

/* FALSE with an error recorded. which: from the table. */
struct TfjsOp {
  const gchar *name;
  gboolean (*run) (TfjsCall *call, gint which);
  guint min_in, max_in;
  gint which;
};

const TfjsOp *tfjs_op (const gchar *name); /* NULL: there is none */
const gchar *tfjs_op_name (guint n);       /* of row n of the table; NULL past its end */
const TfjsOp *tfjs_op_nth (guint n);       /* all of them; NULL past the end */

/* attr.c. What is missing is the fallback; what is there and wrong fails the load. */
gint tfjs_attr_int (TfjsCall *c, const gchar *name, gint fallback);
gboolean tfjs_attr_bool (TfjsCall *c, const gchar *name, gboolean fallback);
gfloat tfjs_attr_float (TfjsCall *c, const gchar *name, gfloat fallback);
gchar *tfjs_attr_string (TfjsCall *c, const gchar *name); /* NULL if missing; g_free */
/* Up to max numbers; how many, -1 if missing. */
gint tfjs_attr_ints (TfjsCall *c, const gchar *name, gint32 *list, gint max);
gchar **tfjs_attr_strings (TfjsCall *c, const gchar *name); /* NULL if missing; g_strfreev */
/* FALSE if missing or no type that we know. */
gboolean tfjs_attr_type (TfjsCall *c, const gchar *name, TfcType *type);
/* FALSE if missing or of unknown rank; -1 for unknown dimensions. */
gboolean tfjs_attr_shape (TfjsCall *c, const gchar *name, TfcShape *shape);

/* value.c: values that ops take and give. Those that return an id return TFC_NONE with an error
 * recorded; TFC_NONE taken for an id is FALSE given. What they do to them is in
 * inference/builder/operators.h. */
/* The node is the one at hand: in messages, and for the names of values. */
void tfjs_at (TfjsLoad *l, const TfjsNode *node);
gboolean tfjs_give (TfjsCall *c, const TfjsValue *value);
gboolean tfjs_give_id (TfjsCall *c, guint id);
gboolean tfjs_give_ids (TfjsCall *c, const guint *ids, guint n);
gboolean tfjs_give_ints (TfjsCall *c, const TfcShape *shape, const gint32 *values); /* int32 */
/* Input k as a value of the graph; n inputs from the first on. */
guint tfjs_tensor (TfjsCall *c, guint k);
gboolean tfjs_tensors (TfjsCall *c, guint first, guint n, guint *ids);
guint tfjs_value_tensor (TfjsCall *c, const TfjsValue *value);
/* The shape of input 0, which may be a picture. */
gboolean tfjs_shape (TfjsCall *c, TfcShape *shape);

/* cut.c: the inputs and outputs that TfcModelOptions names, in place of nodes of the file and of its outputs. FALSE
 * with an error recorded. */
gboolean tfjs_cut_ends (TfjsLoad *l);
void tfjs_uncut (TfjsLoad *l); /* nodes are as in the file again */

/* evaluate.c: fills graph with what outputs need. */
gboolean tfjs_evaluate (TfjsLoad *l);

/* Ops, by file. compute.c */
gboolean tfjs_conv (TfjsCall *c, gint op);
gboolean tfjs_matmul (TfjsCall *c, gint which);
gboolean tfjs_batch_matmul (TfjsCall *c, gint which);
gboolean tfjs_batch_norm (TfjsCall *c, gint which);
gboolean tfjs_pool (TfjsCall *c, gint op);
gboolean tfjs_resize (TfjsCall *c, gint op);
gboolean tfjs_reduce (TfjsCall *c, gint op);
gboolean tfjs_arg (TfjsCall *c, gint op);
gboolean tfjs_conv_transpose (TfjsCall *c, gint which);
/* math.c */
gboolean tfjs_plain (TfjsCall *c, gint op); /* by its row in op_table.inc */
gboolean tfjs_top_k (TfjsCall *c, gint which);
gboolean tfjs_relu (TfjsCall *c, gint max);
gboolean tfjs_clip (TfjsCall *c, gint which);
gboolean tfjs_leaky_relu (TfjsCall *c, gint which);
gboolean tfjs_softmax (TfjsCall *c, gint log);
gboolean tfjs_add_n (TfjsCall *c, gint which);
gboolean tfjs_reciprocal (TfjsCall *c, gint which);
gboolean tfjs_cast (TfjsCall *c, gint which);
gboolean tfjs_not (TfjsCall *c, gint which);
gboolean tfjs_select (TfjsCall *c, gint rows);
gboolean tfjs_cumsum (TfjsCall *c, gint which);
gboolean tfjs_one_hot (TfjsCall *c, gint which);
gboolean tfjs_fake_quant (TfjsCall *c, gint which);
/* reshape.c */
gboolean tfjs_reshape (TfjsCall *c, gint which);
gboolean tfjs_squeeze (TfjsCall *c, gint which);
gboolean tfjs_expand_dims (TfjsCall *c, gint which);
gboolean tfjs_concat (TfjsCall *c, gint axis_first);
gboolean tfjs_transpose (TfjsCall *c, gint which);
gboolean tfjs_pad (TfjsCall *c, gint which);
gboolean tfjs_mirror_pad (TfjsCall *c, gint which);
enum { TFJS_FROM_SPACE, TFJS_TO_SPACE };
gboolean tfjs_space_depth (TfjsCall *c, gint way);
gboolean tfjs_space_batch (TfjsCall *c, gint way);
/* slice.c */
gboolean tfjs_slice (TfjsCall *c, gint which);
gboolean tfjs_strided_slice (TfjsCall *c, gint which);
gboolean tfjs_pack (TfjsCall *c, gint which);
gboolean tfjs_unpack (TfjsCall *c, gint which);
gboolean tfjs_split (TfjsCall *c, gint which);
gboolean tfjs_split_v (TfjsCall *c, gint which);
gboolean tfjs_tile (TfjsCall *c, gint which);
gboolean tfjs_gather (TfjsCall *c, gint which);
gboolean tfjs_gather_nd (TfjsCall *c, gint which);
gboolean tfjs_scatter_nd (TfjsCall *c, gint which);
gboolean tfjs_sparse_to_dense (TfjsCall *c, gint which);
gboolean tfjs_broadcast (TfjsCall *c, gint which);
gboolean tfjs_reverse (TfjsCall *c, gint which);
/* constant.c: only with inputs known at load */
gboolean tfjs_range (TfjsCall *c, gint which);
gboolean tfjs_fill (TfjsCall *c, gint which);
gboolean tfjs_like (TfjsCall *c, gint number);
enum { TFJS_SHAPE, TFJS_RANK, TFJS_SIZE };
gboolean tfjs_shape_op (TfjsCall *c, gint which);
/* control_flow.c */
gboolean tfjs_identity (TfjsCall *c, gint which);
gboolean tfjs_const_op (TfjsCall *c, gint which);
gboolean tfjs_placeholder (TfjsCall *c, gint which);
gboolean tfjs_switch (TfjsCall *c, gint which);
gboolean tfjs_merge (TfjsCall *c, gint which);
/* array.c: TensorArrays, and what TensorLists do as they do */
gboolean tfjs_array_new (TfjsCall *c, gint which);
/* which: the input that is the list. */
gboolean tfjs_list_size (TfjsCall *c, gint which);
gboolean tfjs_list_read (TfjsCall *c, gint which);
gboolean tfjs_list_write (TfjsCall *c, gint which);
gboolean tfjs_array_scatter (TfjsCall *c, gint which);
gboolean tfjs_array_gather (TfjsCall *c, gint which);
/* tensor_list.c: TensorLists */
gboolean tfjs_list_new (TfjsCall *c, gint which);
gboolean tfjs_list_split (TfjsCall *c, gint which);
gboolean tfjs_list_stack (TfjsCall *c, gint which);

/* suppression.c: before and after evaluation. FALSE with an error recorded. */
gboolean tfjs_cut_suppression (TfjsLoad *l);
gboolean tfjs_end_suppression (TfjsLoad *l);
/* After tfjs_cut_tail: the tail that stands for it. */
void tfjs_tell_suppression (TfjsLoad *l);

/* postprocess.c: a box coder that ends the network becomes graph->tail. */
void tfjs_cut_tail (TfcGraph *graph);

/* Ops whose place in the order of things evaluate.c must know. */
static inline gboolean
tfjs_is (const TfjsNode *node, gboolean (*run) (TfjsCall *, gint), gint which)
{
  return node->kind && node->kind->run == run && node->kind->which == which;
}
enum { TFJS_ID_PLAIN, TFJS_ID_ENTER, TFJS_ID_EXIT, TFJS_ID_NEXT };
