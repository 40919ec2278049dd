# xs3_tests(NAME LABEL LIBRARIES lib... SOURCES file...): a GoogleTest program; each of its tests is a ctest test
# with that label. Tests find the repository at XS3_SOURCE_DIR and files beyond it (../shared) by shared_files.h.

function(xs3_tests name label)
  cmake_parse_arguments(arg "" "" "LIBRARIES;SOURCES" ${ARGN})
  xs3_executable(${name} ${arg_SOURCES})
  target_link_libraries(${name} PRIVATE ${arg_LIBRARIES} GTest::gtest_main GTest::gmock)
  target_compile_definitions(${name} PRIVATE XS3_SOURCE_DIR="${PROJECT_SOURCE_DIR}" XS3_BINARY_DIR="${PROJECT_BINARY_DIR}")
  gtest_discover_tests(${name} DISCOVERY_MODE PRE_TEST DISCOVERY_TIMEOUT 120 PROPERTIES LABELS ${label} TIMEOUT 600)
endfunction()
