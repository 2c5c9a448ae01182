/* Storage: flash memory's rules, names, room, and the checksum. */
#include "watch-process.h"

#include <string.h>

static void
assert_throws(WatchProcess *watch, const char *line, const char *message)
{
    g_autofree char *said = watch_process_run(watch, line);
    g_autofree char *expected = g_strdup_printf("Uncaught Error: %s\n", message);
    g_assert_true(g_str_has_prefix(said, expected));
}

static void
test_fills_a_file_in_parts(void)
{
    g_autoptr(WatchProcess) watch = watch_process_new(NULL, NULL);
    g_free(watch_process_run(watch, "S=require('Storage');S.write('f','ab',0,6)"));
    watch_process_assert_eval(watch, "E.toJS(S.read('f'))", "\"ab\\xFF\\xFF\\xFF\\xFF\"");
    watch_process_assert_eval(watch, "S.write('f','cd',2)", "true");
    watch_process_assert_eval(watch, "S.write('f','ef',4)", "true");
    watch_process_assert_eval(watch, "S.read('f')", "abcdef");
    watch_process_assert_eval(watch, "S.read('f',2,3)", "cde");
    watch_process_assert_eval(watch, "S.read('f',99)===''", "true");
}

static void
test_writing_a_part_again_throws(void)
{
    g_autoptr(WatchProcess) watch = watch_process_new(NULL, NULL);
    g_free(
        watch_process_run(watch, "S=require('Storage');S.write('f','ab',0,4);S.write('f','cd',2)"));
    assert_throws(watch, "S.write('f','cd',2)", "File already written with different data");
    assert_throws(watch, "S.write('f','xyz',3)", "Too much data for file size");
    assert_throws(watch, "S.write('g','x',1)", "Unable to find or create file");
    watch_process_assert_eval(watch, "S.read('f')", "abcd");
    watch_process_assert_eval(watch, "S.write('f','abcd')", "true"); /* equal: nothing to do */
    watch_process_assert_eval(watch, "S.write('f','new')", "true");  /* offset 0 starts again */
    watch_process_assert_eval(watch, "S.read('f')", "new");
}

static void
test_refuses_empty_files(void)
{
    g_autoptr(WatchProcess) watch = watch_process_new(NULL, NULL);
    assert_throws(watch, "require('Storage').write('f','')", "Can't create zero length file");
}

static void
test_cuts_long_names(void)
{
    g_autoptr(WatchProcess) watch = watch_process_new(NULL, NULL);
    g_free(watch_process_run(
        watch, "S=require('Storage');S.write('0123456789012345678901234567890','x')"));
    watch_process_assert_eval(watch, "S.list()[0]", "0123456789012345678901234567");
    watch_process_assert_eval(watch, "S.read('0123456789012345678901234567zzz')", "x");
}

static void
test_takes_any_name(void)
{
    g_autoptr(WatchProcess) watch = watch_process_new(NULL, NULL);
    g_free(watch_process_run(watch,
                             "S=require('Storage');['..','.','/etc/x','a b','.tfmodel','\\xff%',"
                             "'../up'].forEach(function(n){S.write(n,'v'+n);})"));
    watch_process_assert_eval(watch, "S.list().length", "7");
    watch_process_assert_eval(watch, "S.list().every(function(n){return S.read(n)=='v'+n;})",
                              "true");
    g_autofree char *outside = g_build_filename(watch_process_get_folder(watch), "..", "up", NULL);
    g_assert_false(g_file_test(outside, G_FILE_TEST_EXISTS));
    watch_process_assert_eval(watch, "S.list(/^a/)[0]", "a b");
    g_free(watch_process_run(watch, "S.erase('a b')"));
    watch_process_assert_eval(watch, "S.read('a b')===undefined", "true");
}

static void
test_runs_full(void)
{
    static const char *const options[] = {"--storage-bytes", "200", NULL};
    g_autoptr(WatchProcess) watch = watch_process_new(NULL, options);
    g_free(watch_process_run(watch, "S=require('Storage');S.write('a','12345')"));
    watch_process_assert_eval(watch, "S.getFree()", "160"); /* 32 of header, 5 made 8 */
    assert_throws(watch, "S.write('b',E.toString(new Uint8Array(150)))",
                  "Unable to find or create file");
    watch_process_assert_eval(watch, "S.list().join()", "a");
    watch_process_assert_eval(watch, "S.write('b',E.toString(new Uint8Array(128)))", "true");
    watch_process_assert_eval(watch, "S.getFree()", "0");
}

static void
assert_stats(WatchProcess *watch, const char *line, const char *expected)
{
    g_free(watch_process_run(watch, line));
    watch_process_assert_eval(watch,
                              "[(s=S.getStats()).freeBytes,s.fileBytes,s.fileCount,s.trashBytes,"
                              "s.trashCount].join()",
                              expected);
}

/* All figures are those of the firmware's Linux build, whose Storage has 1 MB. */
static void
test_erased_files_keep_their_bytes(void)
{
    static const char *const options[] = {"--storage=1048576", NULL};
    g_autoptr(WatchProcess) watch = watch_process_new(NULL, options);
    assert_stats(watch, "S=require('Storage');S.write('a','12345')", "1048536,40,1,0,0");
    assert_stats(watch, "S.erase('a')", "1048536,0,0,40,1");
    assert_stats(watch, "S.write('b',E.toString(new Uint8Array(1000)))", "1047504,1032,1,40,1");
    assert_stats(watch, "S.write('b',E.toString(new Uint8Array(2000)))", "1045472,2032,1,1072,2");
    assert_stats(watch, "S.compact()", "1046544,2032,1,0,0");
}

static void
test_compacts_when_it_is_full(void)
{
    static const char *const options[] = {"--storage=1048576", NULL};
    g_autoptr(WatchProcess) watch = watch_process_new(NULL, options);
    assert_stats(watch, "S=require('Storage');S.write('a','x',0,400000);S.write('b','x',0,400000)",
                 "248512,800064,2,0,0");
    assert_stats(watch, "S.erase('a')", "248512,400032,1,400032,1");
    g_autofree char *said = watch_process_run(watch, "S.write('c','y',0,400000)");
    g_assert_cmpstr(said, ==, "Compacting...");
    watch_process_assert_eval(watch, "S.read('c',0,1)+S.read('b',0,1)", "yx");
    /* the old one is erased before it is seen that there is no room */
    assert_stats(watch, "S.write('c','y',0,700000)", "648544,400032,1,0,0");
    assert_stats(watch, "S.write('d','z',0,648512)", "0,1048576,2,0,0");
    g_free(watch_process_run(watch, "S.erase('d')"));
    assert_throws(watch, "S.write('e','q',0,648512)", "Unable to find or create file");
    assert_stats(watch, "", "0,400032,1,648544,1"); /* and not compacted for nothing */
    assert_stats(watch, "S.eraseAll()", "1048576,0,0,0,0");
}

static void
test_trash_survives_the_connection(void)
{
    g_autoptr(WatchProcess) first = watch_process_new(NULL, NULL);
    assert_stats(first, "S=require('Storage');S.write('a','1234');S.erase('a')",
                 "8388572,0,0,36,1");
    g_autoptr(WatchProcess) second = watch_process_new(watch_process_get_folder(first), NULL);
    assert_stats(second, "S=require('Storage')", "8388572,0,0,36,1");
}

static void
test_low_battery_does_not_compact(void)
{
    static const char *const options[] = {"--storage=200", "--battery=9", NULL};
    g_autoptr(WatchProcess) watch = watch_process_new(NULL, options);
    g_free(watch_process_run(watch, "S=require('Storage');S.write('a','x',0,100);S.erase('a')"));
    g_autofree char *said = watch_process_run(watch, "S.write('b','x',0,60)");
    g_assert_true(g_str_has_prefix(
        said, "Less than 10 percent battery remaining - cannot compact\nUncaught Error"));
    g_free(watch_process_run(watch, "WaggleVirtual.setBattery(10)"));
    g_free(watch_process_run(watch, "S.write('b','x',0,60)"));
    watch_process_assert_eval(watch, "S.read('b',0,1)", "x");
}

static void
test_survives_the_connection(void)
{
    g_autoptr(WatchProcess) first = watch_process_new(NULL, NULL);
    g_free(watch_process_run(first, "require('Storage').write('k','kept')"));
    g_autoptr(WatchProcess) second = watch_process_new(watch_process_get_folder(first), NULL);
    watch_process_assert_eval(second, "require('Storage').read('k')", "kept");
}

static void
test_keeps_all_bytes(void)
{
    g_autoptr(WatchProcess) watch = watch_process_new(NULL, NULL);
    g_free(watch_process_run(watch, "S=require('Storage');a=new Uint8Array(256);"
                                    "for(var i=0;i<256;i++)a[i]=i;S.write('b',a)"));
    /* 0x29058c73: zlib's crc32 of the bytes 0..255 */
    watch_process_assert_eval(watch, "E.CRC32(S.read('b')).toString(16)", "29058c73");
    watch_process_assert_eval(watch, "E.CRC32(new Uint8Array(S.readArrayBuffer('b')))==E.CRC32(a)",
                              "true");
    watch_process_assert_eval(watch, "E.CRC32('123456789')", "3421780262"); /* 0xcbf43926 */
}

static void
test_reads_json(void)
{
    g_autoptr(WatchProcess) watch = watch_process_new(NULL, NULL);
    g_free(watch_process_run(watch,
                             "S=require('Storage');S.writeJSON('j',{a:[1,2]});S.write('o',{b:2});"
                             "S.write('bad','{')"));
    watch_process_assert_eval(watch, "S.readJSON('j').a[1]", "2");
    watch_process_assert_eval(watch, "S.readJSON('o').b", "2");
    watch_process_assert_eval(watch, "S.readJSON('none')===undefined", "true");
    watch_process_assert_eval(watch, "S.readJSON('bad',true)===undefined", "true");
    g_free(watch_process_run(watch, "v={a:'\\xff\\v\\0021\\\\x',\"b c\":[1.5,null],d:'k:{a:1}'};"
                                    "S.writeJSON('c',v)"));
    watch_process_assert_eval(watch, "S.read('c')",
                              "{a:\"\\xFF\\v\\x021\\\\x\",\"b c\":[1.5,null],d:\"k:{a:1}\"}");
    watch_process_assert_eval(watch, "JSON.stringify(S.readJSON('c'))==JSON.stringify(v)", "true");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/virtual-watch/storage/fills-a-file-in-parts", test_fills_a_file_in_parts);
    g_test_add_func("/virtual-watch/storage/writing-a-part-again-throws",
                    test_writing_a_part_again_throws);
    g_test_add_func("/virtual-watch/storage/refuses-empty-files", test_refuses_empty_files);
    g_test_add_func("/virtual-watch/storage/cuts-long-names", test_cuts_long_names);
    g_test_add_func("/virtual-watch/storage/takes-any-name", test_takes_any_name);
    g_test_add_func("/virtual-watch/storage/runs-full", test_runs_full);
    g_test_add_func("/virtual-watch/storage/erased-files-keep-their-bytes",
                    test_erased_files_keep_their_bytes);
    g_test_add_func("/virtual-watch/storage/compacts-when-it-is-full",
                    test_compacts_when_it_is_full);
    g_test_add_func("/virtual-watch/storage/trash-survives-the-connection",
                    test_trash_survives_the_connection);
    g_test_add_func("/virtual-watch/storage/low-battery-does-not-compact",
                    test_low_battery_does_not_compact);
    g_test_add_func("/virtual-watch/storage/survives-the-connection", test_survives_the_connection);
    g_test_add_func("/virtual-watch/storage/keeps-all-bytes", test_keeps_all_bytes);
    g_test_add_func("/virtual-watch/storage/reads-json", test_reads_json);
    return g_test_run();
}
