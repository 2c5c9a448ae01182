/* Runs an exported model on QEMU's mps2-an386 over all takes: how many outputs are equal, and what
 * an inference costs. With -icount shift=0 an instruction takes 1 ns and the timer counts 25 MHz,
 * so a tick is 40 instructions. */
#include "waggle_model.h"

#include "takes.h"

#include <string.h>

#define INSTRUCTIONS_PER_TICK 40
#define STACK_PROBE_BYTES 4096
#define STACK_MARK 0xa5

/* CMSDK timer 0 of AN386 (ARM DAI 0386, memory map; DDI 0479, APB timer) */
#define TIMER_CONTROL (*(volatile uint32_t *)0x40000000)
#define TIMER_VALUE (*(volatile uint32_t *)0x40000004)
#define TIMER_RELOAD (*(volatile uint32_t *)0x40000008)

enum { SYS_WRITE0 = 0x04, SYS_EXIT = 0x18 };
#define STOPPED_APPLICATION_EXIT 0x20026

extern uint32_t stack_top, data_load, data_start, data_end;
void reset(void);
static void fault(void);

/* the processor's: first the stack, then the reset, then five kinds of fault */
typedef struct {
    uint32_t *stack;
    void (*handlers[15])(void);
} Vectors;

__attribute__((section(".vectors"), used)) static const Vectors vectors = {
    &stack_top,
    {reset, fault, fault, fault, fault, fault},
};

static uint32_t
ask_host(uint32_t what, uintptr_t argument)
{
    register uint32_t r0 __asm__("r0") = what;
    register uintptr_t r1 __asm__("r1") = argument;

    __asm__ volatile("bkpt 0xab" : "+r"(r0) : "r"(r1) : "memory");
    return r0;
}

static void
say(const char *text)
{
    ask_host(SYS_WRITE0, (uintptr_t)text);
}

static void
say_number(const char *name, uint32_t value)
{
    char text[12];
    char *at = text + sizeof text - 1;

    *at = '\0';
    do {
        *--at = (char)('0' + value % 10);
        value /= 10;
    } while (value > 0);
    say(name);
    say("=");
    say(at);
    say("\n");
}

static void
fault(void)
{
    say("fault=1\n");
    ask_host(SYS_EXIT, STOPPED_APPLICATION_EXIT);
}

/* Ticks of the timer, which counts down, that one inference takes. */
static uint32_t __attribute__((noinline))
time_run(const waggle_input *window, waggle_output *outputs)
{
    const uint32_t start = TIMER_VALUE;

    waggle_run(window, outputs);
    return start - TIMER_VALUE;
}

/* Bytes below here that one inference writes over. */
static uint32_t __attribute__((noinline))
measure_stack(const waggle_input *window, waggle_output *outputs)
{
    uint8_t *const here = __builtin_frame_address(0);
    uint8_t *const lowest = here - STACK_PROBE_BYTES;
    uint8_t *at = lowest;

    for (uint8_t *mark = lowest; mark < here - 64; mark++)
        *(volatile uint8_t *)mark = STACK_MARK;
    waggle_run(window, outputs);
    while (at < here && *(volatile uint8_t *)at == STACK_MARK)
        at++;
    return (uint32_t)(here - at);
}

int
main(void)
{
    uint32_t n_equal = 0, n_same = 0, n_ticks = 0;
    waggle_output outputs[WAGGLE_N_OUTPUTS];

    TIMER_RELOAD = 0xffffffff;
    TIMER_VALUE = 0xffffffff;
    TIMER_CONTROL = 1;
    for (int i = 0; i < N_TAKES; i++) {
        n_ticks += time_run(take_inputs[i], outputs);
        n_equal += memcmp(outputs, take_outputs[i], sizeof outputs) == 0;
        n_same += waggle_decide(outputs) == take_answers[i];
    }
    say_number("takes", N_TAKES);
    say_number("equal", n_equal);
    say_number("answers", n_same);
    say_number("instructions", n_ticks / N_TAKES * INSTRUCTIONS_PER_TICK);
    say_number("stack", measure_stack(take_inputs[0], outputs));
    ask_host(SYS_EXIT, STOPPED_APPLICATION_EXIT);
    return 0;
}

void
reset(void)
{
    uint32_t *from = &data_load;

    for (uint32_t *to = &data_start; to < &data_end;)
        *to++ = *from++;
    main();
}
