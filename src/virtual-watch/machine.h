/* The virtual watch as a whole: its parts, and the loop that lets them take turns. */
#pragma once

#include <gio/gio.h>

#include "virtual-watch/flash.h"
#include "virtual-watch/output.h"
#include "virtual-watch/sensor.h"

G_BEGIN_DECLS

#define WG_MACHINE_VERSION "2v29.277" /* the firmware whose behaviour is copied */
#define WG_MACHINE_BOARD "BANGLEJS2"

/* When the line is lost, and what then. Whichever comes first; each -1: not. */
typedef struct {
    gint64 heard; /* bytes that the watch has taken */
    gint64 said;  /* bytes of its own that have left */
    double seconds;
    double back_seconds; /* afterwards the same watch is found again; below 0: the program ends */
    gboolean is_silent;  /* nobody is told: bytes just do not come through */
} WgLossPlan;

typedef struct {
    double bytes_per_second; /* 0: no limit */
    int chunk_bytes;         /* that come together; 0: as a notification carries */
    double latency_ms;       /* of each direction */
    gboolean stays;          /* when the other end closes, somebody may come back to it */
    WgLossPlan loss;
} WgLineOptions;

typedef struct {
    const char *folder;   /* Storage lives here */
    gsize storage_bytes;  /* its capacity */
    double speed;         /* virtual seconds a real second */
    const char *firmware; /* its version, as process.version */
    gboolean has_packets; /* FALSE: as firmware before 2v25 */
    double battery_percent;
    double battery_falls; /* percent an hour of virtual time */
    double press_seconds; /* from one press of the button to the next; 0: nobody presses it */
    WgLineOptions line;
    const char *project;    /* where takes come from; NULL: the shipped recordings */
    GPtrArray *performance; /* of WgTake, played once something listens; may be NULL */
    gboolean plain_takes;   /* play history units << 7, without choosing the bits below */
} WgMachineOptions;

typedef struct _WgMachine WgMachine;
typedef struct _WgEngine WgEngine;
typedef struct _WgConsole WgConsole;
typedef struct _WgConnection WgConnection;
typedef struct _WgTerminal WgTerminal;

/* One thread only: all of it runs on the default main context. */
struct _WgMachine {
    WgMachineOptions options;
    WgFlash *flash;
    WgOutput *output;
    WgConsole *console;
    WgEngine *engine;
    WgSensor *sensor;
    WgConnection *connection;
    GMainLoop *loop;
    GSource *clock;   /* wakes for the next virtual event */
    double now_ms;    /* virtual time since power on */
    gint64 anchor_us; /* real time at which the virtual time was anchor_ms */
    double anchor_ms;
    gint64 last_poll_us;                   /* when a running program last looked at the input */
    gboolean performing;                   /* the performance given by option is under way */
    gboolean performed;                    /* and has been told */
    guint take;                            /* of the performance, next */
    double battery_percent, battery_falls; /* as of battery_ms */
    double battery_ms;
    gboolean hid_wanted,
        hid_active;          /* NRF.setServices asked for it; the radio has started with it */
    gboolean is_started;     /* past power on */
    gboolean ends_on_ctrl_d; /* by hand, on a terminal */
};

/* `input_fd` and `output_fd` stay the caller's. Errors: WG_ERROR_STORAGE. */
WgMachine *wg_machine_new(const WgMachineOptions *options, int input_fd, int output_fd,
                          GError **error);
/* Until the other end is closed. */
void wg_machine_run(WgMachine *self);
/* Called from inside a running program: hands over output, reads input; TRUE when Ctrl-C is there.
 */
gboolean wg_machine_poll(WgMachine *self);
/* Something changed when the next virtual event is due. */
void wg_machine_reschedule(WgMachine *self);
/* Virtual milliseconds since power on; goes on while a program runs. */
double wg_machine_get_time_ms(WgMachine *self);
/* The same as a program on the watch is told: what this machine runs late, or slowly, is neither
 * there. It goes on with each call and each pass of a loop. */
double wg_machine_get_program_time_ms(WgMachine *self);
/* Ends wg_machine_run. */
void wg_machine_stop(WgMachine *self);
/* Takes what has come in, and answers. */
void wg_machine_take_turn(WgMachine *self);
/* 0..100, as E.getBattery. */
int wg_machine_get_battery(WgMachine *self);
/* From now on; `falls` percent an hour. */
void wg_machine_set_battery(WgMachine *self, double percent, double falls);
/* A first listener for gestures came. */
void wg_machine_start_performance(WgMachine *self);
/* It is time: one sample, and what hears it. */
void wg_machine_read_sensor(WgMachine *self);
void wg_machine_free(WgMachine *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WgMachine, wg_machine_free)

G_END_DECLS
