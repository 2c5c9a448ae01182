/* Any device at the other end of a link: the bytes are a play of what it says, when time passes,
 * when the link breaks and what the user asks meanwhile. What must hold: each call is answered
 * once, and nothing the device said goes back to it, where it might be run. */
#include "fuzz.h"
#include "play-link.h"

#include "../device/manual-clock.h"
#include "device/espruino-protocol.h"
#include "device/identify.h"
#include "device/recorder.h"
#include "device/survey.h"
#include "device/watch.h"

#include <stdlib.h>
#include <string.h>

#define LONGEST_PLAY 4096
#define WIND_STEP_MS 100

/* The play so far. */
typedef struct {
    const guint8 *data;
    gsize n, at;
    PlayLink *link;
    ManualClock *clock;
    WgWatch *watch;
    WgRecorder *recorder;
    GCancellable *cancellable;
    WgDeployment deployment, builtin;
    int n_open;   /* calls that were not answered yet */
    gsize n_seen; /* bytes sent, when it was looked last whether they are a piece */
} Play;

static guint8
take_byte(Play *p)
{
    return p->at < p->n ? p->data[p->at++] : 0;
}

/* The next bytes of the play, their number before them. */
static GString *
take_text(Play *p)
{
    const gsize asked = take_byte(p), n = MIN(asked, p->n - p->at);
    GString *text = g_string_new_len((const char *)p->data + p->at, (gssize)n);
    p->at += n;
    return text;
}

static void
turn(void)
{
    while (g_main_context_iteration(NULL, FALSE))
        ;
}

static void
hear(Play *p, const char *data, gsize n)
{
    if (wg_link_is_open(WG_LINK(p->link)))
        wg_link_emit_received(WG_LINK(p->link), data, n);
}

/* What it was asked last, with this value for the answer. */
static void
answer(Play *p, const char *value, gsize n)
{
    const char *number = g_strrstr(p->link->sent->str, ",n:");
    g_autoptr(GString) line = g_string_new("\x1e{\"wg\":\"=\",\"n\":");
    g_string_append_printf(line, "%d,\"v\":", number ? atoi(number + 3) : 0);
    g_string_append_len(line, value, (gssize)n);
    g_string_append(line, "}\r\n");
    hear(p, line->str, line->len);
}

/* The answer of a packet: acknowledged, then its content. */
static void
respond_plainly(Play *p, const char *text, gsize n)
{
    g_autoptr(GBytes) packet = wg_espruino_build_packet(WG_PACKET_RESPONSE, text, n);
    gsize size = 0;
    const char *bytes = g_bytes_get_data(packet, &size);
    hear(p, "\x06", 1);
    hear(p, bytes, size);
}

/* The value of the expression. */
static void
respond(Play *p, const char *value, gsize n)
{
    g_autoptr(GString) object = g_string_new("{\"v\":");
    g_string_append_len(object, value, (gssize)n);
    g_string_append_c(object, '}');
    g_autofree char *quoted = wg_espruino_quote(object->str, (gssize)object->len);
    respond_plainly(p, quoted, strlen(quoted));
}

/* A long expression comes in pieces, as many as it needs: their answers are no part of the play. */
static void
take_pieces(Play *p)
{
    static const char piece[] = "(global.WaggleText", last[] = "return eval(c)";
    const GString *sent = p->link->sent;
    for (gboolean is_piece = TRUE; is_piece; turn()) {
        const char *news = sent->str + p->n_seen;
        const gsize n = sent->len - p->n_seen;
        is_piece =
            memmem(news, n, piece, sizeof piece - 1) && !memmem(news, n, last, sizeof last - 1);
        p->n_seen = sent->len;
        if (is_piece)
            respond(p, "0", 1);
    }
}

static void
on_done(GObject *source, GAsyncResult *result, gpointer user_data)
{
    Play *p = user_data;
    p->n_open--;
}

/* What a watch says it carries is read with care, and then shown and looked up. */
static void
on_surveyed(GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(WgSurvey) survey = wg_survey_finish(WG_WATCH(source), result, &error);
    const WgCarried *both[] = {survey ? survey->now : NULL, survey ? survey->former : NULL};
    for (gsize i = 0; i < G_N_ELEMENTS(both); i++) {
        g_autoptr(GBytes) labels = both[i] ? wg_carried_build_labels(both[i]) : NULL;
        if (both[i] && (!wg_survey_needs(survey, both[i]->record) ||
                        !g_utf8_validate(both[i]->project, -1, NULL)))
            abort();
    }
    on_done(source, result, user_data);
}

static void
ask(Play *p, guint8 what)
{
    static const char content[] = "0123456789abcdefghij";
    g_autoptr(GBytes) bytes = g_bytes_new_static(content, sizeof content - 1);
    p->n_open++;
    switch (what % 11) {
    case 0:
        wg_watch_eval_async(p->watch, "1+1", p->cancellable, on_done, p);
        break;
    case 1:
        wg_watch_write_file_async(p->watch, "a", bytes, p->cancellable, on_done, p);
        break;
    case 2:
        wg_watch_read_file_async(p->watch, "a", p->cancellable, on_done, p);
        break;
    case 3:
        wg_deploy_async(p->watch, &p->deployment, NULL, p->cancellable, on_done, p);
        break;
    case 4:
        wg_listen_start_async(p->watch, p->cancellable, on_done, p);
        break;
    case 5:
        wg_recorder_start_async(p->recorder, what & 8 ? WG_RECORD_STREAM : WG_RECORD_GESTURES,
                                p->cancellable, on_done, p);
        break;
    case 6:
        wg_recorder_stop_async(p->recorder, p->cancellable, on_done, p);
        break;
    case 7:
        wg_survey_async(p->watch, (what & 8) != 0, p->cancellable, on_surveyed, p);
        break;
    case 8:
        wg_restore_async(p->watch, p->cancellable, on_done, p);
        break;
    case 9:
        wg_identify_async(p->watch, "here", p->cancellable, on_done, p);
        break;
    default:
        wg_deploy_async(p->watch, &p->builtin, NULL, p->cancellable, on_done, p);
        break;
    }
}

static void
connect_again(Play *p)
{
    if (wg_watch_get_state(p->watch) != WG_WATCH_CLOSED &&
        wg_watch_get_state(p->watch) != WG_WATCH_LOST)
        return;
    p->n_open++;
    wg_watch_connect_async(p->watch, p->cancellable, on_done, p);
}

static void
lose(Play *p)
{
    g_autoptr(GError) error = g_error_new_literal(G_IO_ERROR, G_IO_ERROR_BROKEN_PIPE, "lost");
    wg_link_emit_closed(WG_LINK(p->link), error);
}

static void
cancel(Play *p)
{
    g_cancellable_cancel(p->cancellable);
    g_object_unref(p->cancellable);
    p->cancellable = g_cancellable_new();
}

static void
say_event(Play *p, const char *name, const GString *rest)
{
    g_autoptr(GString) line = g_string_new(NULL);
    g_string_printf(line, "\x1e{\"wg\":\"%s\",", name);
    g_string_append_len(line, rest->str, (gssize)rest->len);
    g_string_append(line, "}\r\n");
    hear(p, line->str, line->len);
}

static void
act(Play *p)
{
    static const char *const events[] = {"sample", "gesture", "answer", "s", "trouble", "="};
    static const char facts[] = "[\"BANGLEJS2\",\"2v29.277\",\"Storage,tensorflow\",0]";
    static const char old_facts[] = "[\"BANGLEJS2" PLAY_LINK_MARK "\",\"2v10\",\"tensorflow\",1]";
    const guint8 what = take_byte(p);
    g_autoptr(GString) text = what % 16 < 8 ? take_text(p) : NULL;
    switch (what % 16) {
    case 0:
    case 1:
        hear(p, text->str, text->len);
        break;
    case 2:
        answer(p, text->str, text->len);
        break;
    case 3:
        take_pieces(p);
        respond(p, text->str, text->len);
        break;
    case 4:
        respond(p, text->str, text->len);
        break;
    case 5:
        say_event(p, events[what / 16 % G_N_ELEMENTS(events)], text);
        break;
    case 6: {
        const char head[4] = {0x10, 0x01, (char)take_byte(p), (char)take_byte(p)};
        hear(p, head, sizeof head);
        hear(p, text->str, text->len);
        break;
    }
    case 7:
        for (int i = 0; i < 64; i++) /* a line that does not end */
            hear(p, text->str, text->len);
        break;
    case 8:
        answer(p, facts, sizeof facts - 1);
        turn();
        respond_plainly(p, "1", 1); /* it takes packets */
        break;
    case 9:
        answer(p, old_facts, sizeof old_facts - 1);
        break;
    case 10:
        hear(p, what & 16 ? "\x06" : "\x15", 1);
        break;
    case 11:
        manual_clock_wind(p->clock, WIND_STEP_MS * (1u + take_byte(p)));
        break;
    case 12:
        lose(p);
        break;
    case 13:
        cancel(p);
        break;
    case 14:
        connect_again(p);
        break;
    default:
        ask(p, take_byte(p));
        break;
    }
    turn();
}

static WgDeployment
make_deployment(void)
{
    static char *names[] = {"one", "two", NULL};
    static gint8 inputs[6] = {1, 2, 3, 4, 5, 6};
    static float outputs[2] = {3, -3};
    static const guint8 model[200] = {1, 2, 3};
    return (WgDeployment){.mode = WG_DEPLOY_APP,
                          .tflite = g_bytes_new_static(model, sizeof model),
                          .names = names,
                          .arena_bytes = 2000,
                          .threshold = 0.5,
                          .project_name = (char *)"p",
                          .n_tests = 1,
                          .n_inputs = 6,
                          .n_outputs = 2,
                          .test_inputs = inputs,
                          .test_outputs = outputs};
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Play play = {.data = data, .n = MIN(size, LONGEST_PLAY), .clock = manual_clock_new()};
    play.link = g_object_new(PLAY_TYPE_LINK, "address", "play:", NULL);
    play.watch = wg_watch_new(WG_LINK(play.link));
    play.recorder = wg_recorder_new(play.watch);
    play.cancellable = g_cancellable_new();
    play.deployment = make_deployment();
    play.builtin = play.deployment;
    play.builtin.mode = WG_DEPLOY_BUILTIN;
    wg_watch_set_clock(play.watch, &play.clock->clock);
    connect_again(&play);
    turn();
    while (play.at < play.n)
        act(&play);
    wg_watch_disconnect(play.watch);
    turn();
    manual_clock_wind(play.clock, 600000);
    turn();
    if (play.n_open != 0) /* a call that was never answered, or twice */
        abort();
    g_object_unref(play.recorder);
    g_object_unref(play.watch);
    g_object_unref(play.link);
    g_object_unref(play.cancellable);
    g_bytes_unref(play.deployment.tflite);
    manual_clock_free(play.clock);
    return 0;
}
