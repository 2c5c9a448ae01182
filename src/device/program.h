/* The programs of data/watch, made ready to be run on a watch. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* In the order of `watch_programs` in this folder's meson.build. */
typedef enum {
    WG_PROGRAM_RECOGNISE,
    WG_PROGRAM_APP,
    WG_PROGRAM_BOOT,
    WG_PROGRAM_RECORD,
    WG_PROGRAM_LISTEN,
    WG_PROGRAM_SELF_TEST,
    WG_PROGRAM_FIND,
    WG_PROGRAM_SURVEY,
    WG_PROGRAM_SWITCH,
    WG_PROGRAM_INSTALL,
    WG_PROGRAM_RESTORE,
    WG_PROGRAM_IDENTIFY,
    WG_PROGRAM_DEBOUNCE,
    WG_PROGRAM_ACT_KEY,
    WG_PROGRAM_ACT_SCRIPT,
    WG_PROGRAM_ACT_EVENT,
    WG_PROGRAM_BACKGROUND,
    WG_PROGRAM_KEEP,
    WG_PROGRAM_PAUSE,
    WG_PROGRAM_ADJUST,
    WG_N_PROGRAMS,
} WgProgram;

/* Ends the program of ours that runs on the watch, as a statement. */
#define WG_STOP_PROGRAM "if(global.Waggle&&Waggle.stop)Waggle.stop();"

/* These programs (ended by -1) one after the other, without comments and what space they can do
 * without. Owner: caller. */
char *wg_program_join(int program, ...);
/* An expression: the functions of these programs (ended by -1) around what `result` gives, as
 * small. Owner: caller. */
char *wg_program_build(const char *result, ...);

G_END_DECLS
