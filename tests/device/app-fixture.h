/* A virtual watch with keys over Bluetooth, and the golden model to be deployed there as an app. */
#pragma once

#include "device-fixture.h"

G_BEGIN_DECLS

/* What is on the screen; what was felt or sent, as "buzz 100;hid 1,1;hid 1,0". */
#define APP_SCREEN "WaggleVirtual.getScreen()"
#define APP_SENT "WaggleVirtual.sent().map(function(s){return s.what+\" \"+s.value;}).join(\";\")"
/* What the watch's boot code does where its setting HID is on. */
#define APP_KEYS_ON "NRF.setServices({},{uart:true,hid:[5,1,9,6]})"

typedef struct {
    char *folder, *address;
    WgWatch *watch;
    WgDeployment *deployment; /* its actions are all "none" */
    int take, label;          /* one of which the model is sure, and what it is */
} AppFixture;

void app_set_up(AppFixture *f, gconstpointer unused);
void app_tear_down(AppFixture *f, gconstpointer unused);
/* Statements, the last one without semicolon. */
void app_run(AppFixture *f, const char *code);
void app_assert(AppFixture *f, const char *expression, const char *expected);
/* Asks until the answer is that. */
void app_await(AppFixture *f, const char *expression, const char *expected);
/* With this action at the gesture of the take. */
void app_deploy(AppFixture *f, const char *action);
/* The app's recogniser, without reports, as Waggle. */
void app_start(AppFixture *f);
/* Makes the gesture of the take. */
void app_perform(AppFixture *f);

G_END_DECLS
