// Part of every sanitized executable. LLVM's headers poison memory that LLVM's library, which is
// not sanitized, then uses.
extern "C" const char *__asan_default_options();
extern "C" const char *__asan_default_options() { return "allow_user_poisoning=0"; }
