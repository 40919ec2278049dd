# xs3_library(NAME SOURCE...) and xs3_executable(NAME SOURCE...): a target with the house's flags.
# Includes are written from the root of the repository. With no source, the library is headers only.

add_library(xs3_flags INTERFACE)
target_include_directories(xs3_flags INTERFACE ${PROJECT_SOURCE_DIR})
target_compile_options(xs3_flags INTERFACE -Wall -Wextra -Wpedantic -Wconversion -Werror)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # False alarms of GCC 12 in its own standard library at -O2 (GCC bugs 105329, 105651).
  target_compile_options(xs3_flags INTERFACE -Wno-restrict -Wno-stringop-overflow)
elseif(CMAKE_CXX_COMPILER_ID MATCHES "Clang")
  # GCC 12's library uses its own deprecated buffer inside std::stable_sort.
  target_compile_options(xs3_flags INTERFACE -Wno-deprecated-declarations)
endif()
if(XS3_SANITIZE)
  target_compile_options(xs3_flags INTERFACE -fsanitize=address,undefined -fno-sanitize-recover=all
                                             -fno-omit-frame-pointer)
  target_link_options(xs3_flags INTERFACE -fsanitize=address,undefined)
endif()
target_compile_options(xs3_flags INTERFACE -ffunction-sections -fdata-sections)
target_link_options(xs3_flags INTERFACE -fuse-ld=lld -Wl,--gc-sections)

function(xs3_library name)
  if(ARGN)
    add_library(${name} STATIC ${ARGN})
    target_link_libraries(${name} PUBLIC xs3_flags)
  else()
    add_library(${name} INTERFACE)
    target_link_libraries(${name} INTERFACE xs3_flags)
  endif()
endfunction()

function(xs3_executable name)
  add_executable(${name} ${ARGN})
  target_link_libraries(${name} PRIVATE xs3_flags)
  if(XS3_SANITIZE)
    target_sources(${name} PRIVATE ${PROJECT_SOURCE_DIR}/cmake/asan_options.cpp)
  endif()
endfunction()

# xs3_regex_sources(FILE...): GCC 12 takes members of std::regex for uninitialized in sanitized code (GCC bug 105562).
function(xs3_regex_sources)
  if(XS3_SANITIZE AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    set_source_files_properties(${ARGN} PROPERTIES COMPILE_OPTIONS -Wno-maybe-uninitialized)
  endif()
endfunction()
