# Writes OUT, a C++ file that holds the text of each of FILES (relative to ROOT), its .include lines replaced by what
# they name. Run by cmake -P.

set(entries "")
foreach(file IN LISTS FILES)
  file(READ ${ROOT}/${file} text)
  while(text MATCHES "\n\\.include \"([^\"\n]+)\"")
    file(READ ${ROOT}/${CMAKE_MATCH_1} included)
    string(REPLACE "${CMAKE_MATCH_0}" "\n${included}" text "${text}")
  endwhile()
  string(APPEND entries "    {\"${file}\", R\"xs3kernel(${text})xs3kernel\"},\n")
endforeach()
file(WRITE ${OUT}
"// Made by cmake/EmbedKernels.cmake from the kernels' assembly.
#include \"kernels/embedded_sources.h\"

namespace xs3::kernels {

extern const KernelSource kEmbeddedSources[] = {
${entries}};
extern const std::size_t kEmbeddedSourceCount = std::size(kEmbeddedSources);

} // namespace xs3::kernels
")
