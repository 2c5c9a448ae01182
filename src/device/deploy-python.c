/* Puts a model as Python on a MicroPython board, has the board prove it, and only then switches. */
#include "device/deploy-python.h"

#include "base/error.h"
#include "base/sentences.h"
#include "device/crc32.h"
#include "device/python-checks.h"
#include "device/watch-private.h"
#include "device/watch-python.h"

#include <glib/gi18n.h>

#define STEP_MS 15000 /* flash that is cleared, a CRC of 20 kB by Python itself */
#define IMPORT_MS 60000
#define TEST_MS 60000 /* one inference on the slowest of boards */
#define PASTE_BYTES 1536
#define PART_BYTES 144 /* as base64 in a call less than a UART holds without flow control */
#define UPLOAD_SHARE 0.6

typedef enum {
    HELPING,
    ASKING,
    OPENING,
    WRITING,
    CLOSING,
    IMPORTING,
    TESTING,
    SWITCHING,
    LEAVING,
} Stage;

typedef struct {
    const WgPythonDeployment *deployment;
    WgProgress *progress;
    Stage stage;
    gboolean is_main; /* the example is under way, the model is done */
    gsize n_written;
    int n_tested;
    gint64 inference_us;
    gint64 now_bytes, now_crc32;
    gint64 start_us;
    WgPythonReport report;
    GError *error; /* with which it ends once the board is left */
} Deploying;

static void run_stage(WgWatch *watch, GTask *task, Stage stage);

static void
deploying_free(Deploying *d)
{
    g_clear_object(&d->progress);
    g_clear_error(&d->error);
    g_free(d);
}

static void
tell(const Deploying *d, double fraction, const char *text)
{
    if (d->progress)
        wg_progress_tell(d->progress, fraction, text);
}

static GBytes *
get_content(const Deploying *d)
{
    return d->is_main ? d->deployment->example : d->deployment->module;
}

/* Whether the model in use, when the board was asked, was this one. */
static gboolean
holds_module(const Deploying *d)
{
    return d->now_bytes == (gint64)g_bytes_get_size(d->deployment->module) &&
           d->now_crc32 == (gint64)wg_crc32_bytes(d->deployment->module);
}

/* Takes the error, NULL: it is done. */
static void
finish(WgWatch *watch, GTask *task, GError *error)
{
    Deploying *d = g_task_get_task_data(task);
    const gboolean is_gone = g_error_matches(error, WG_ERROR, WG_ERROR_CONNECTION);

    d->error = error;
    if (!is_gone) {
        run_stage(watch, task, LEAVING);
        return;
    }
    wg_error_prefix(&d->error, "%s",
                    d->stage < SWITCHING && !d->is_main
                        ? _("the board keeps what it had")
                        : _("the board holds the model it had, or the new one as a whole"));
    wg_watch_leave_python(watch);
    g_task_return_error(task, g_steal_pointer(&d->error));
    g_object_unref(task);
}

static void
leave(WgWatch *watch, GTask *task)
{
    Deploying *d = g_task_get_task_data(task);

    wg_watch_leave_python(watch);
    d->report.deploy.seconds =
        (double)(wg_clock_get_us(watch->clock) - d->start_us) / G_USEC_PER_SEC;
    tell(d, 1, NULL);
    if (d->error)
        g_task_return_error(task, g_steal_pointer(&d->error));
    else
        g_task_return_boolean(task, TRUE);
    g_object_unref(task);
}

static void
take_test(WgWatch *watch, GTask *task, const gint64 *answer)
{
    Deploying *d = g_task_get_task_data(task);
    const WgPythonDeployment *deployment = d->deployment;
    const float *wanted =
        deployment->test_outputs + (gsize)d->n_tested * (gsize)deployment->n_outputs;
    gboolean is_equal = TRUE;

    d->inference_us += answer[0];
    for (int i = 0; i < deployment->n_outputs; i++)
        is_equal = is_equal && answer[1 + i] == (gint64)wanted[i];
    d->report.deploy.n_equal += is_equal;
    d->n_tested++;
    if (d->n_tested < deployment->n_tests) {
        run_stage(watch, task, TESTING);
        return;
    }
    d->report.deploy.n_tests = d->n_tested;
    d->report.inference_ms = (double)d->inference_us / 1000 / MAX(1, d->n_tested);
    /* one that answers otherwise is not put into use */
    if (deployment->only_tests || d->report.deploy.n_equal < d->n_tested)
        finish(watch, task, NULL);
    else
        run_stage(watch, task, SWITCHING);
}

static void
take_switch(WgWatch *watch, GTask *task, const gint64 *sum)
{
    Deploying *d = g_task_get_task_data(task);
    GError *error = NULL;

    if (!wg_python_check_sum(get_content(d), wg_watch_get_name(watch), sum, &error)) {
        finish(watch, task, error);
        return;
    }
    if (!d->is_main) {
        d->report.deploy.verified = TRUE;
        d->report.deploy.bytes = g_bytes_get_size(d->deployment->module);
        d->report.deploy.crc32 = (guint32)sum[1];
    }
    if (d->is_main || !d->deployment->example) {
        finish(watch, task, NULL);
        return;
    }
    d->is_main = TRUE;
    d->n_written = 0;
    run_stage(watch, task, OPENING);
}

static void
take_facts(WgWatch *watch, GTask *task, const gint64 *facts)
{
    Deploying *d = g_task_get_task_data(task);
    const WgPythonDeployment *deployment = d->deployment;
    GError *error = NULL;

    d->report.memory_free = facts[WG_PYTHON_FACT_MEMORY];
    d->now_bytes = facts[WG_PYTHON_FACT_MODEL];
    d->now_crc32 = facts[WG_PYTHON_FACT_MODEL_CRC32];
    if (deployment->only_tests) {
        d->report.deploy.verified = holds_module(d);
        run_stage(watch, task, IMPORTING);
        return;
    }
    if (wg_python_check_room(deployment, wg_watch_get_name(watch), facts, &d->report.has_dropped,
                             &error))
        run_stage(watch, task, OPENING);
    else
        finish(watch, task, error);
}

static int
count_numbers(const Deploying *d)
{
    static const int numbers[] = {[ASKING] = WG_PYTHON_N_FACTS,
                                  [CLOSING] = 2,
                                  [IMPORTING] = 1,
                                  [SWITCHING] = 2,
                                  [LEAVING] = 0};

    return d->stage == TESTING ? 1 + d->deployment->n_outputs : numbers[d->stage];
}

static void
take_answer(WgWatch *watch, GTask *task, const gint64 *numbers)
{
    Deploying *d = g_task_get_task_data(task);
    GError *error = NULL;

    switch (d->stage) {
    case HELPING:
        run_stage(watch, task, ASKING);
        break;
    case ASKING:
        take_facts(watch, task, numbers);
        break;
    case OPENING:
    case WRITING:
        run_stage(watch, task, d->n_written < g_bytes_get_size(get_content(d)) ? WRITING : CLOSING);
        break;
    case CLOSING:
        if (wg_python_check_sum(get_content(d), wg_watch_get_name(watch), numbers, &error))
            run_stage(watch, task, d->is_main ? SWITCHING : IMPORTING);
        else
            finish(watch, task, error);
        break;
    case IMPORTING:
        d->report.memory_free = numbers[0];
        run_stage(watch, task, TESTING);
        break;
    case TESTING:
        take_test(watch, task, numbers);
        break;
    case SWITCHING:
        take_switch(watch, task, numbers);
        break;
    case LEAVING:
    default:
        leave(watch, task);
        break;
    }
}

static void
on_answer(GObject *source, GAsyncResult *result, gpointer user_data)
{
    WgWatch *watch = WG_WATCH(source);
    GTask *task = user_data;
    Deploying *d = g_task_get_task_data(task);
    GError *error = NULL;
    g_autofree char *output = wg_watch_run_python_finish(watch, result, &error);
    gint64 numbers[WG_PYTHON_NUMBERS_MAX];

    if (d->stage == LEAVING) { /* what it was left with counts, not how */
        g_clear_error(&error);
        leave(watch, task);
        return;
    }
    if (output && wg_watch_read_numbers(watch, output, numbers, count_numbers(d), &error) &&
        !g_cancellable_set_error_if_cancelled(g_task_get_cancellable(task), &error))
        take_answer(watch, task, numbers);
    else
        finish(watch, task,
               wg_python_explain(error, d->deployment, wg_watch_get_name(watch),
                                 d->report.memory_free, g_bytes_get_size(get_content(d)),
                                 d->stage == IMPORTING));
}

static char *
encode(const void *bytes, gsize n, const char *function)
{
    g_autofree char *text = g_base64_encode(bytes, n);

    return g_strdup_printf("%s(b'%s')\n", function, text);
}

static char *
build_write(WgWatch *watch, Deploying *d)
{
    gsize size;
    const guint8 *data = g_bytes_get_data(get_content(d), &size);
    const gsize n =
        MIN(size - d->n_written, wg_watch_python_has_paste(watch) ? PASTE_BYTES : PART_BYTES);
    char *program = encode(data + d->n_written, n, "waggle_write");

    d->n_written += n;
    tell(d, (d->is_main ? 0.95 : UPLOAD_SHARE * (double)d->n_written / (double)size),
         d->is_main ? _("sending the example") : _("sending the model"));
    return program;
}

static char *
build_switch(const Deploying *d)
{
    /* the same again: the one before it stays the former */
    const gboolean is_same = !d->is_main && holds_module(d);

    return g_strdup_printf("waggle_switch('%s','%s')\n",
                           d->is_main ? WG_PYTHON_MAIN_NAME : WG_PYTHON_MODEL_NAME,
                           is_same      ? ""
                           : d->is_main ? WG_PYTHON_FORMER_MAIN_NAME
                                        : WG_PYTHON_FORMER_NAME);
}

static char *
build_program(WgWatch *watch, Deploying *d)
{
    const WgPythonDeployment *deployment = d->deployment;

    switch (d->stage) {
    case HELPING:
        return g_strdup(wg_board_programs[WG_BOARD_DEPLOY]);
    case ASKING:
        return g_strdup("waggle_ask('" WG_PYTHON_MODEL_NAME "','" WG_PYTHON_FORMER_NAME
                        "','" WG_PYTHON_MAIN_NAME "')\n");
    case OPENING:
        return g_strdup_printf("%swaggle_open()\n", d->report.has_dropped && !d->is_main
                                                        ? "waggle_remove('" WG_PYTHON_FORMER_NAME
                                                          "')\n"
                                                        : "");
    case WRITING:
        return build_write(watch, d);
    case CLOSING:
        return g_strdup("waggle_close()\n");
    case IMPORTING:
        tell(d, UPLOAD_SHARE, _("testing it on the board"));
        return g_strdup_printf("waggle_import('%s')\n",
                               deployment->only_tests ? "waggle_model" : "waggle_new");
    case TESTING:
        tell(d, UPLOAD_SHARE + 0.35 * d->n_tested / MAX(1, deployment->n_tests), NULL);
        return encode(deployment->test_inputs + (gsize)d->n_tested * (gsize)deployment->n_inputs,
                      (gsize)deployment->n_inputs, "waggle_test");
    case SWITCHING:
        return build_switch(d);
    case LEAVING:
    default:
        return g_strdup("waggle_leave()\n");
    }
}

static void
run_stage(WgWatch *watch, GTask *task, Stage stage)
{
    Deploying *d = g_task_get_task_data(task);
    g_autofree char *program = NULL;

    d->stage = stage;
    program = build_program(watch, d);
    wg_watch_run_python_async(watch, program,
                              stage == TESTING     ? TEST_MS
                              : stage == IMPORTING ? IMPORT_MS
                                                   : STEP_MS,
                              on_answer, task);
}

void
wg_python_deploy_async(WgWatch *watch, const WgPythonDeployment *deployment, WgProgress *progress,
                       GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
    GTask *task = g_task_new(watch, cancellable, callback, user_data);
    Deploying *d = g_new0(Deploying, 1);

    g_task_set_check_cancellable(task, FALSE); /* looked at between steps */
    g_task_set_task_data(task, d, (GDestroyNotify)deploying_free);
    d->deployment = deployment;
    d->progress = progress ? g_object_ref(progress) : NULL;
    d->start_us = wg_clock_get_us(watch->clock);
    if (deployment->n_tests < 1 || 1 + deployment->n_outputs > WG_PYTHON_NUMBERS_MAX) {
        g_task_return_new_error(task, WG_ERROR, WG_ERROR_UNSUPPORTED,
                                _("a board is tested with 1 take at least, of %d gestures at most"),
                                WG_PYTHON_NUMBERS_MAX - 1);
        g_object_unref(task);
        return;
    }
    tell(d, 0, _("asking the board"));
    run_stage(watch, task, HELPING);
}

gboolean
wg_python_deploy_finish(WgWatch *watch, GAsyncResult *result, WgPythonReport *report,
                        GError **error)
{
    const Deploying *d = g_task_get_task_data(G_TASK(result));

    *report = d->report;
    return g_task_propagate_boolean(G_TASK(result), error);
}
