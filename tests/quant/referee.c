/* TensorFlow Lite's own C library as judge (its C API: tensorflow/lite/c/c_api.h). */
#include "referee.h"

#include <dlfcn.h>

typedef void *(*ModelCreate)(const void *data, size_t size);
typedef void *(*InterpreterCreate)(const void *model, const void *options);
typedef int (*Call)(void *interpreter);
typedef void *(*GetInput)(const void *interpreter, gint32 index);
typedef const void *(*GetOutput)(const void *interpreter, gint32 index);
typedef int (*CopyFrom)(void *tensor, const void *data, size_t size);
typedef int (*CopyTo)(const void *tensor, void *data, size_t size);
typedef void (*Delete)(void *object);

struct _WgReferee {
    void *library, *model, *interpreter;
    /* looked up once, so that a benchmark times the inference alone */
    Call invoke;
    CopyFrom copy_from;
    CopyTo copy_to;
    void *input;
    const void *output;
    GBytes *bytes; /* the library reads the model in place */
};

static void *
find(WgReferee *self, const char *name)
{
    void *function = dlsym(self->library, name);

    g_assert_nonnull(function);
    return function;
}

WgReferee *
wg_referee_new(GBytes *tflite)
{
    g_autofree char *path = g_build_filename(g_getenv("WAGGLE_BUILD"), "tests", "referee",
                                             "libtensorflowlite_c.so", NULL);
    WgReferee *self = g_new0(WgReferee, 1);
    gsize size;
    gconstpointer data = g_bytes_get_data(tflite, &size);

    self->library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (!self->library)
        g_error("the referee is missing: %s", dlerror());
    self->bytes = g_bytes_ref(tflite);
    self->model = ((ModelCreate)find(self, "TfLiteModelCreate"))(data, size);
    g_assert_nonnull(self->model);
    self->interpreter =
        ((InterpreterCreate)find(self, "TfLiteInterpreterCreate"))(self->model, NULL);
    g_assert_nonnull(self->interpreter);
    g_assert_cmpint(((Call)find(self, "TfLiteInterpreterAllocateTensors"))(self->interpreter), ==,
                    0);
    self->invoke = (Call)find(self, "TfLiteInterpreterInvoke");
    self->copy_from = (CopyFrom)find(self, "TfLiteTensorCopyFromBuffer");
    self->copy_to = (CopyTo)find(self, "TfLiteTensorCopyToBuffer");
    self->input = ((GetInput)find(self, "TfLiteInterpreterGetInputTensor"))(self->interpreter, 0);
    self->output =
        ((GetOutput)find(self, "TfLiteInterpreterGetOutputTensor"))(self->interpreter, 0);
    return self;
}

void
wg_referee_free(WgReferee *self)
{
    ((Delete)find(self, "TfLiteInterpreterDelete"))(self->interpreter);
    ((Delete)find(self, "TfLiteModelDelete"))(self->model);
    g_bytes_unref(self->bytes);
    g_free(self);
}

void
wg_referee_run(WgReferee *self, gconstpointer input, gsize n_input, gpointer output, gsize n_output)
{
    g_assert_cmpint(self->copy_from(self->input, input, n_input), ==, 0);
    g_assert_cmpint(self->invoke(self->interpreter), ==, 0);
    g_assert_cmpint(self->copy_to(self->output, output, n_output), ==, 0);
}
