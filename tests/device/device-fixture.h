/* What the tests of devices share: calls that wait for their answer, and the golden deployment. */
#pragma once

#include "device/deployer.h"
#include "device/recorder.h"

G_BEGIN_DECLS

/* Each runs the main loop until the answer is there. */
gboolean fixture_connect(WgWatch *watch, GError **error);
char *fixture_eval(WgWatch *watch, const char *expression, GError **error);
gboolean fixture_write(WgWatch *watch, const char *name, GBytes *content, guint32 *crc32,
                       GError **error);
GBytes *fixture_read(WgWatch *watch, const char *name, GError **error);
gboolean fixture_deploy(WgWatch *watch, const WgDeployment *deployment, WgDeployReport *report,
                        GError **error);
gboolean fixture_self_test(WgWatch *watch, const WgDeployment *deployment, int *n_equal,
                           GError **error);
gboolean fixture_listen(WgWatch *watch, GError **error);
gboolean fixture_start_recorder(WgRecorder *recorder, WgRecordMode mode, GError **error);
gboolean fixture_stop_recorder(WgRecorder *recorder, GError **error);
/* Runs the main loop while `*done` is FALSE; the test fails if that takes a minute. */
void fixture_wait(const gboolean *done);

/* A watch at this address; the test fails where it is malformed. */
WgWatch *fixture_watch_new(const char *address);
/* "virtual:" of the built waggle-watch on this folder; sets WAGGLE_WATCH. `options`: "&a=b" or "".
 */
char *fixture_virtual_address(const char *folder, const char *options);

/* The seed's int8 model with its golden inputs and the outputs the firmware gave: n_tests of them,
 * evenly spread. Six names, some of them hostile. */
WgDeployment *fixture_golden_deployment(WgDeployMode mode, int n_tests);

G_END_DECLS
