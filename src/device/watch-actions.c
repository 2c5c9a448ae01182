/* Reads actions and writes them as the watch's app takes them. */
#include "device/watch-actions.h"

#include "base/error.h"
#include "device/espruino-protocol.h"
#include "device/program.h"

#include <glib/gi18n.h>
#include <stdlib.h>
#include <string.h>

typedef enum { ACTION_NONE, ACTION_MEDIA, ACTION_KEY, ACTION_SCRIPT, ACTION_EVENT } ActionKind;

typedef struct {
    ActionKind kind;
    int code, modifiers;
    const char *script;
} Action;

typedef struct {
    const char *name;
    int code;
} Named;

/* Bits of the media report that the watch's setting HID "kbmedia" declares: the consumer usages B5
 * B6 B7 B8 CD E2 E9 EA in that order (HID Usage Tables 1.3, page 0C). */
static const Named media[] = {
    {"next", 0x01}, {"previous", 0x02}, {"stop", 0x04},    {"play", 0x10},
    {"mute", 0x20}, {"louder", 0x40},   {"quieter", 0x80},
};
const char *const wg_watch_action_media[] = {"play",   "next",    "previous", "stop",
                                             "louder", "quieter", "mute",     NULL};
const char *const wg_watch_action_keys[] = {"right", "left",      "up",      "down",   "space",
                                            "enter", "page-down", "page-up", "escape", NULL};

/* Page 07; letters, digits and F1 to F12 follow rules. */
static const Named keys[] = {
    {"enter", 40}, {"escape", 41},  {"backspace", 42}, {"tab", 43}, {"space", 44},
    {"home", 74},  {"page-up", 75}, {"delete", 76},    {"end", 77}, {"page-down", 78},
    {"right", 79}, {"left", 80},    {"down", 81},      {"up", 82},
};
static const Named modifiers[] = {{"ctrl", 1}, {"shift", 2}, {"alt", 4}, {"super", 8}};

#define USAGE_A 4
#define USAGE_1 30
#define USAGE_0 39
#define USAGE_F1 58

static int
find(const Named *table, gsize n, const char *name)
{
    for (gsize i = 0; i < n; i++)
        if (g_ascii_strcasecmp(table[i].name, name) == 0)
            return table[i].code;
    return 0;
}

static int
find_key(const char *name)
{
    const char first = g_ascii_tolower(name[0]);
    if (first && !name[1] && g_ascii_isalpha(first))
        return USAGE_A + first - 'a';
    if (first && !name[1] && g_ascii_isdigit(first))
        return first == '0' ? USAGE_0 : USAGE_1 + first - '1';
    if (first == 'f' && g_ascii_isdigit(name[1])) {
        char *end;
        const long number = strtol(name + 1, &end, 10);
        return *end == '\0' && number >= 1 && number <= 12 ? USAGE_F1 + (int)number - 1 : 0;
    }
    return find(keys, G_N_ELEMENTS(keys), name);
}

static gboolean
read_key(const char *text, Action *action)
{
    g_auto(GStrv) parts = g_strsplit(text, "+", -1);
    const int n = (int)g_strv_length(parts);
    action->kind = ACTION_KEY;
    for (int i = 0; i + 1 < n; i++) {
        const int modifier = find(modifiers, G_N_ELEMENTS(modifiers), parts[i]);
        if (modifier == 0)
            return FALSE;
        action->modifiers |= modifier;
    }
    action->code = n > 0 ? find_key(parts[n - 1]) : 0;
    return action->code != 0;
}

static gboolean
read_action(const char *text, Action *action)
{
    *action = (Action){ACTION_NONE};
    if (g_str_has_prefix(text, "media:")) {
        action->kind = ACTION_MEDIA;
        action->code = find(media, G_N_ELEMENTS(media), text + strlen("media:"));
        return action->code != 0;
    }
    if (g_str_has_prefix(text, "key:"))
        return read_key(text + strlen("key:"), action);
    if (g_str_has_prefix(text, "script:")) {
        action->kind = ACTION_SCRIPT;
        action->script = text + strlen("script:");
        return *action->script != '\0';
    }
    if (strcmp(text, "event") == 0)
        action->kind = ACTION_EVENT;
    return action->kind == ACTION_EVENT || strcmp(text, "none") == 0;
}

gboolean
wg_watch_action_check(const char *text, GError **error)
{
    Action action;
    if (!read_action(text, &action)) {
        g_set_error(
            error, WG_ERROR, WG_ERROR_USAGE,
            _("“%s” is no action: there are media:play, next, previous, stop, louder, quieter "
              "and mute; key: with a letter, a digit, f1 to f12, enter, escape, backspace, "
              "tab, space, delete, home, end, page-up, page-down or an arrow's direction, as "
              "in key:ctrl+right; script:JAVASCRIPT; event; and none"),
            text);
        return FALSE;
    }
    if (action.script && strlen(action.script) > WG_ACTION_SCRIPT_MAX) {
        g_set_error(
            error, WG_ERROR, WG_ERROR_USAGE,
            _("the script has %zu bytes, a watch takes %d: put it into a module on the watch "
              "and require() that"),
            strlen(action.script), WG_ACTION_SCRIPT_MAX);
        return FALSE;
    }
    return TRUE;
}

/* FALSE: none of the gestures does anything. */
static gboolean
note_kinds(const WgDeployment *d, gboolean has[ACTION_EVENT + 1])
{
    Action action;
    gboolean any = FALSE;
    for (int i = 0; d->actions && d->actions[i]; i++) {
        if (!read_action(d->actions[i], &action) || action.kind == ACTION_NONE)
            continue;
        any = has[action.kind] = TRUE;
    }
    return any;
}

/* A firmware may keep 8 bits of each letter alone, and of what is written in a program that way any
 * letter may become a quote: \u in a string says the same to every one. */
static char *
escape_script(const char *script)
{
    GString *out = g_string_new(NULL);
    for (const char *p = script; *p; p = g_utf8_next_char(p)) {
        const gunichar c = g_utf8_get_char(p);
        if (c < 0x80)
            g_string_append_c(out, (char)c);
        else if (c < 0x10000)
            g_string_append_printf(out, "\\u%04x", c);
        else
            g_string_append_printf(out, "\\u%04x\\u%04x", 0xd800 + ((c - 0x10000) >> 10),
                                   0xdc00 + ((c - 0x10000) & 0x3ff));
    }
    return g_string_free(out, FALSE);
}

static void
append_action(GString *out, const char *text)
{
    Action action;
    if (!read_action(text, &action))
        action.kind = ACTION_NONE;
    switch (action.kind) {
    case ACTION_MEDIA:
        g_string_append_printf(out, "[\"m\",%d]", action.code);
        break;
    case ACTION_KEY:
        g_string_append_printf(out, "[\"k\",%d,%d]", action.code, action.modifiers);
        break;
    case ACTION_SCRIPT: {
        g_autofree char *script = escape_script(action.script);
        g_autofree char *quoted = wg_espruino_quote(script, -1);
        g_string_append_printf(out, "[\"s\",%s]", quoted);
        break;
    }
    case ACTION_EVENT:
        g_string_append(out, "[\"e\"]");
        break;
    case ACTION_NONE:
        g_string_append(out, "null");
        break;
    }
}

void
wg_watch_actions_append(const WgDeployment *d, GString *record)
{
    gboolean has[ACTION_EVENT + 1] = {FALSE};
    if (d->mode != WG_DEPLOY_APP)
        return;
    if (note_kinds(d, has)) {
        g_string_append(record, ",\"actions\":[");
        for (int i = 0; d->actions[i]; i++) {
            g_string_append(record, i ? "," : "");
            append_action(record, d->actions[i]);
        }
        g_string_append_c(record, ']');
    }
    if (d->n_debounce > 0) {
        char span[G_ASCII_DTOSTR_BUF_SIZE];
        g_string_append_printf(record, ",\"debounce\":[%d,%s]", d->n_debounce,
                               g_ascii_dtostr(span, sizeof span, d->debounce_ms));
    }
    if (d->in_background)
        g_string_append(record, ",\"background\":true");
}

static void
append_program(GString *out, WgProgram program)
{
    g_autofree char *text = wg_program_join(program, -1);
    g_string_append(out, text);
}

char *
wg_watch_actions_build_app(const WgDeployment *d)
{
    gboolean has[ACTION_EVENT + 1] = {FALSE};
    const gboolean any = note_kinds(d, has);
    GString *out = g_string_new("(function(){");
    append_program(out, WG_PROGRAM_RECOGNISE);
    append_program(out, WG_PROGRAM_APP);
    if (d->n_debounce > 0)
        append_program(out, WG_PROGRAM_DEBOUNCE);
    if (has[ACTION_MEDIA] || has[ACTION_KEY])
        append_program(out, WG_PROGRAM_ACT_KEY);
    if (has[ACTION_SCRIPT])
        append_program(out, WG_PROGRAM_ACT_SCRIPT);
    if (has[ACTION_EVENT])
        append_program(out, WG_PROGRAM_ACT_EVENT);
    g_string_append(out, "return {recognise:waggleRecognise,start:");
    if (any || d->n_debounce > 0)
        g_string_append_printf(
            out, "function(r,t,b){return waggleStart(r,t,b,{n:0%s%s%s%s},%s);}",
            has[ACTION_MEDIA] ? ",m:waggleKey" : "", has[ACTION_KEY] ? ",k:waggleKey" : "",
            has[ACTION_SCRIPT] ? ",s:waggleScript" : "", has[ACTION_EVENT] ? ",e:waggleEvent" : "",
            d->n_debounce > 0 ? "waggleDebounce" : "null");
    else
        g_string_append(out, "waggleStart");
    g_string_append(out, "};})()");
    return g_string_free(out, FALSE);
}
