# Every option of the build, each with a sentence.
option(XS3_TESTS "Build the tests (GoogleTest)." ON)
option(XS3_BENCHMARKS "Build the benchmarks (Google Benchmark)." OFF)
option(XS3_STATIC_LLVM "Link LLVM's static archives instead of its shared library: starts faster." OFF)
option(XS3_SANITIZE "Build with AddressSanitizer and UndefinedBehaviorSanitizer." OFF)

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)

find_program(XS3_CCACHE ccache)
if(XS3_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${XS3_CCACHE})
  set(CMAKE_C_COMPILER_LAUNCHER ${XS3_CCACHE})
endif()
