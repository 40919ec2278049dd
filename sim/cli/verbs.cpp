// The table of verbs, in the order of the overview. A new verb is a file, a line here and one in
// CMakeLists.txt.
#include "sim/cli/verb.h"

namespace xs3::cli {

extern const Verb kEncodeVerb, kDecodeVerb;
extern const Verb kAsmVerb, kLinkVerb, kDisVerb;
extern const Verb kRunVerb, kMachineVerb;
extern const Verb kCompileVerb, kProfileVerb, kOpsVerb;

std::span<const Verb *const> verbs() {
  static constexpr const Verb *kVerbs[] = {&kProfileVerb, &kCompileVerb, &kOpsVerb, &kRunVerb,
                                           &kAsmVerb,     &kLinkVerb,    &kDisVerb, &kEncodeVerb,
                                           &kDecodeVerb,  &kMachineVerb};
  return kVerbs;
}

} // namespace xs3::cli
