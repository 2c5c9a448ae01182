/* For loops that the compiler vectorises by itself: built for two kinds of processor, chosen when
 * the program starts; elsewhere as the compiler does it. Inside quant/ only. */
#pragma once

/* a sanitizer is not ready yet when the choice is made; clang says of one in its own way */
#if defined(__has_feature)
#define WG_HAS_SANITIZER __has_feature(address_sanitizer)
#elif defined(__SANITIZE_ADDRESS__)
#define WG_HAS_SANITIZER 1
#else
#define WG_HAS_SANITIZER 0
#endif

/* clang 14 defines the chooser under another name than the one that other files call */
#if defined(__x86_64__) && defined(__GLIBC__) && !defined(__clang__) && !WG_HAS_SANITIZER
#define WG_CLONES __attribute__((target_clones("avx2", "default")))
#else
#define WG_CLONES
#endif
