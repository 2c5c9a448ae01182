/* One command line: parsed into a job, run on the main loop, its result printed. */
#include "cli/command.h"

#include "base/error.h"
#include "base/shown.h"
#include "cli/printer.h"
#include "workbench/json.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <stdio.h>
#include <unistd.h>

#define EXIT_FAILED 1
#define EXIT_WRONG_USE 2
#define EXIT_CANCELLED 130

typedef struct {
    const WgOutput *output;
    const WgPrinter *printer;
    GMainLoop *loop;
    WgJob *job;
    gboolean has_progress_line;
    gboolean has_list_begun; /* that of the result that is told in parts */
    gint64 n_rows;           /* of it */
    int exit_code;
} Command;

static void
clear_progress_line(Command *command)
{
    if (command->has_progress_line)
        g_printerr("\r\033[K");
    command->has_progress_line = FALSE;
}

static int
explain(Command *command, const char *name, const GError *error)
{
    const WgJobKind *kind = wg_job_kind_find(name);
    g_autofree char *message = wg_dup_shown(error->message, 0);

    clear_progress_line(command);
    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
        g_printerr("waggle-cli %s: stopped; %s\n", name,
                   kind && kind->stopped ? kind->stopped : "nothing was changed");
        return EXIT_CANCELLED;
    }
    g_printerr("waggle-cli %s: %s%s\n", name, message,
               g_error_matches(error, WG_ERROR, WG_ERROR_DAMAGED) ? " (“repair”)" : "");
    return g_error_matches(error, WG_ERROR, WG_ERROR_USAGE) ? EXIT_WRONG_USE : EXIT_FAILED;
}

static void
print_json(JsonObject *object)
{
    g_autofree char *text = wg_json_to_text(object);
    g_autofree char *valid = g_utf8_make_valid(text, -1); /* a file's name may be any bytes */

    g_print("%s\n", valid);
    fflush(stdout);
}

/* As JSON the list stands in the result as if it had been there whole. */
static void
print_rows(Command *command, const char *name, JsonArray *rows)
{
    const gboolean as_json =
        command->output->as_json || !command->printer || !command->printer->write_row;
    g_autoptr(GString) text = g_string_new(NULL);
    g_autofree char *valid = NULL;

    if (as_json && !command->has_list_begun)
        g_string_append_printf(text, "{\"%s\":[", name);
    for (guint i = 0; i < json_array_get_length(rows); i++) {
        JsonObject *row = json_array_get_object_element(rows, i);
        g_autofree char *json = as_json ? wg_json_to_text(row) : NULL;

        if (as_json)
            g_string_append_printf(text, "%s%s", command->n_rows++ > 0 ? "," : "", json);
        else
            command->printer->write_row(row, text);
    }
    command->has_list_begun = TRUE;
    valid = g_utf8_make_valid(text->str, (gssize)text->len); /* a file's name may be any bytes */
    g_print("%s", valid);
}

/* The members of the result behind its list. */
static void
end_rows(JsonObject *result)
{
    g_autofree char *rest = wg_json_to_text(result);

    g_print("]%s%s\n", json_object_get_size(result) > 0 ? "," : "", rest + strlen("{"));
}

static void
on_event(WgJob *job, const char *name, JsonObject *event, gpointer user_data)
{
    Command *command = user_data;

    if (g_strcmp0(name, wg_job_get_kind(job)->streamed) == 0) {
        clear_progress_line(command);
        print_rows(command, name, json_object_get_array_member(event, "rows"));
    } else if (g_str_equal(name, "row")) {
        clear_progress_line(command);
        if (command->output->as_json || !command->printer || !command->printer->print_row)
            print_json(event);
        else
            command->printer->print_row(event);
        fflush(stdout);
    } else if (g_str_equal(name, "note") && !command->output->is_quiet) {
        g_autofree char *text = wg_dup_shown(json_object_get_string_member(event, "text"), 0);

        clear_progress_line(command);
        g_printerr("%s\n", text);
    }
}

static void
on_progress(WgProgress *progress, gpointer user_data)
{
    Command *command = user_data;
    g_autofree char *text = wg_progress_dup_text(progress);
    const double remaining_s = wg_progress_get_remaining_s(progress);

    if (command->output->is_quiet || !isatty(STDERR_FILENO))
        return;
    g_printerr("\r\033[K%3.0f %%", 100 * wg_progress_get_fraction(progress));
    if (remaining_s >= 1)
        g_printerr("  %.0f s to go", remaining_s);
    if (text)
        g_printerr("  %s", text);
    command->has_progress_line = TRUE;
}

static gboolean
on_interrupt(gpointer user_data)
{
    Command *command = user_data;

    g_cancellable_cancel(wg_job_get_cancellable(command->job));
    return G_SOURCE_CONTINUE;
}

static void
on_done(GObject *source, GAsyncResult *result, gpointer user_data)
{
    Command *command = user_data;
    g_autoptr(GError) error = NULL;
    g_autoptr(JsonObject) object = wg_job_run_finish(command->job, result, &error);
    JsonObject *found = object ? object : wg_job_get_result(command->job);

    clear_progress_line(command);
    if (command->has_list_begun && command->output->as_json) {
        if (object) /* else it is not whole, and shows it */
            end_rows(object);
    } else if (found && (command->output->as_json || !command->printer)) {
        print_json(found);
    } else if (found && command->printer->print) {
        command->printer->print(found);
    }
    fflush(stdout);
    if (!object)
        command->exit_code = explain(command, wg_job_get_kind(command->job)->name, error);
    else if (g_cancellable_is_cancelled(wg_job_get_cancellable(command->job)))
        command->exit_code = EXIT_CANCELLED;
    g_main_loop_quit(command->loop);
}

/* An option and its value: "--name value", "--name=value" or a flag. Gives the words used, 0:
 * error. */
static int
parse_option(WgJob *job, int n_words, char **words, GError **error)
{
    const char *equals = strchr(words[0], '=');
    g_autofree char *name =
        equals ? g_strndup(words[0] + 2, (gsize)(equals - words[0]) - 2) : g_strdup(words[0] + 2);
    const WgJobOption *option = wg_job_option_find(wg_job_get_kind(job), name);
    const char *value;

    /* an unknown one is refused as such, whether or not a word follows it */
    if (!option || (option->type == WG_OPTION_FLAG && !equals))
        return wg_job_set(job, name, "yes", error) ? 1 : 0;
    if (option->type == WG_OPTION_FLAG) {
        g_set_error(error, WG_ERROR, WG_ERROR_USAGE, "--%s takes no value", name);
        return 0;
    }
    value = equals ? equals + 1 : n_words > 1 ? words[1] : NULL;
    if (!value) {
        g_set_error(error, WG_ERROR, WG_ERROR_USAGE, "--%s needs a value", name);
        return 0;
    }
    if (!wg_job_set(job, name, value, error))
        return 0;
    return equals ? 1 : 2;
}

static gboolean
check_arguments(const WgJobKind *kind, int n_given, GError **error)
{
    g_auto(GStrv) wanted = g_strsplit(kind->arguments, " ", -1);
    int n_least = 0, n_most = 0;

    for (int i = 0; wanted[i]; i++) {
        if (!*wanted[i])
            continue;
        n_least += wanted[i][0] != '[';
        n_most = g_str_has_suffix(wanted[i], "...") ? G_MAXINT : n_most + (n_most < G_MAXINT);
    }
    if (n_given >= n_least && n_given <= n_most)
        return TRUE;
    g_set_error(error, WG_ERROR, WG_ERROR_USAGE,
                n_given == 1 ? "takes %s%s, not %d argument (--help tells more)"
                             : "takes %s%s, not %d arguments (--help tells more)",
                *kind->arguments ? "" : "no arguments",
                g_str_has_prefix(kind->arguments, "NEW") ? kind->arguments + 3 : kind->arguments,
                n_given);
    return FALSE;
}

/* The first argument is a project, unless the command also takes another file and this is no such.
 */
static gboolean
place_argument(WgJob *job, WgSession *session, int number, const char *word, GError **error)
{
    const char *arguments = wg_job_get_kind(job)->arguments;

    if (number > 0 || !g_str_has_prefix(arguments, "PROJECT") ||
        (arguments[strlen("PROJECT")] == '|' && g_str_has_suffix(word, ".tflite"))) {
        wg_job_add_argument(job, word);
        return TRUE;
    }
    return wg_session_open_project(session, word, error);
}

static gboolean
parse(WgJob *job, WgSession *session, int n_words, char **words, GError **error)
{
    g_autoptr(GPtrArray) arguments = g_ptr_array_new();
    gboolean only_arguments = FALSE;

    for (int i = 0; i < n_words;) {
        if (!only_arguments && g_str_equal(words[i], "--")) {
            only_arguments = TRUE;
            i++;
        } else if (!only_arguments && g_str_has_prefix(words[i], "--")) {
            const int n_used = parse_option(job, n_words - i, words + i, error);

            if (n_used == 0)
                return FALSE;
            i += n_used;
        } else {
            g_ptr_array_add(arguments, words[i++]);
        }
    }
    if (!check_arguments(wg_job_get_kind(job), (int)arguments->len, error))
        return FALSE;
    for (guint i = 0; i < arguments->len; i++) {
        if (!place_argument(job, session, (int)i, g_ptr_array_index(arguments, i), error))
            return FALSE;
    }
    return TRUE;
}

static void
run_job(Command *command)
{
    const guint interrupt_id = g_unix_signal_add(SIGINT, on_interrupt, command);
    const guint terminate_id = g_unix_signal_add(SIGTERM, on_interrupt, command);

    command->loop = g_main_loop_new(NULL, FALSE);
    g_signal_connect(command->job, "event", G_CALLBACK(on_event), command);
    g_signal_connect(wg_job_get_progress(command->job), "changed", G_CALLBACK(on_progress),
                     command);
    wg_job_run_async(command->job, on_done, command);
    g_main_loop_run(command->loop);
    g_source_remove(interrupt_id);
    g_source_remove(terminate_id);
    g_clear_pointer(&command->loop, g_main_loop_unref);
}

static const WgPrinter *
find_printer(const char *name)
{
    for (int i = 0; wg_printers[i]; i++) {
        if (g_str_equal(wg_printers[i]->name, name))
            return wg_printers[i];
    }
    return NULL;
}

static void
say_former(WgSession *session, const WgOutput *output)
{
    WgProject *project = wg_session_get_project(session);
    const char *former = project ? wg_project_get_former(project) : NULL;
    g_autofree char *shown = former ? wg_dup_shown(former, 0) : NULL;
    g_autofree char *text =
        shown ? g_strdup_printf(_("The project is of this version's form now. A copy of how it was "
                                  "lies beside it: %s."),
                                shown)
              : NULL;

    if (text && !output->is_quiet)
        g_printerr("%s\n", text);
}

static void
say_log(WgSession *session, const WgOutput *output)
{
    WgProject *project = wg_session_get_project(session);
    const char *note = project ? wg_project_get_log_note(project) : NULL;
    g_autofree char *shown = note ? wg_dup_shown(note, 0) : NULL;

    if (shown && !output->is_quiet)
        g_printerr("%s\n", shown);
}

/* What a job has not seen. */
static void
say_damaged(WgSession *session, const WgOutput *output)
{
    WgProject *project = wg_session_get_project(session);
    const int n = project ? wg_project_count_damaged(project) : 0;

    g_autofree char *text = NULL;

    if (n == 0 || output->is_quiet)
        return;
    text = g_strdup_printf(
        ngettext("%d recording of the project is damaged and was left out: “repair” "
                 "saves the others into a new one.",
                 "%d recordings of the project are damaged and were left out: "
                 "“repair” saves the others into a new one.",
                 (gulong)n),
        n);
    g_printerr("%s\n", text);
}

int
wg_command_run(int n_words, char **words, const WgOutput *output)
{
    g_autoptr(WgSession) session = wg_session_new();
    g_autoptr(GError) error = NULL;
    g_autoptr(WgJob) job = NULL;
    Command command = {.output = output, .printer = find_printer(words[0])};

    job = wg_job_new(session, words[0], &error);
    if (!job)
        return explain(&command, words[0], error);
    for (int i = 1; i < n_words; i++) {
        if (wg_help_is_asked(words[i])) {
            wg_help_print(wg_job_get_kind(job));
            return 0;
        }
    }
    if (!parse(job, session, n_words - 1, words + 1, &error))
        return explain(&command, words[0], error);
    say_former(session, output);
    say_log(session, output);
    command.job = job;
    run_job(&command);
    say_damaged(session, output);
    /* the job's thread may still hold the session: the watch is taken leave of all the same, and no
     * log is left beside the project */
    wg_session_drop_watch(session);
    wg_session_close_project(session);
    return command.exit_code;
}
