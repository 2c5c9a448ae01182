/* For loops that the compiler vectorises by itself: built for two kinds of processor, chosen when
 * the program starts; elsewhere as the compiler does it. Inside quant/ only. */
#pragma once

/* the address sanitizer is not ready yet when the choice is made */
#if defined(__x86_64__) && defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__)
#define WG_CLONES __attribute__((target_clones("avx2", "default")))
#else
#define WG_CLONES
#endif
