# isa_tablegen(OUTPUT ACTION): generates OUTPUT from isa/description/XS3.td in the build folder of isa/.
# LLVM's own tablegen() is not used: the installed package does not set the program it wants, and it makes
# Ninja rebuild everything at each run.

set(XS3_ISA_GENERATED_DIR ${PROJECT_BINARY_DIR}/isa/generated)

function(isa_tablegen out action)
  set(path ${XS3_ISA_GENERATED_DIR}/${out})
  add_custom_command(
    OUTPUT ${path}
    COMMAND ${CMAKE_COMMAND} -E make_directory ${XS3_ISA_GENERATED_DIR}
    COMMAND llvm-tblgen ${action} -I ${PROJECT_SOURCE_DIR}/isa/description -I ${LLVM_INCLUDE_DIRS}
            ${PROJECT_SOURCE_DIR}/isa/description/XS3.td --write-if-changed -o ${path} -d ${path}.d
    DEPENDS ${PROJECT_SOURCE_DIR}/isa/description/XS3.td llvm-tblgen
    DEPFILE ${path}.d
    COMMENT "tblgen ${out}"
    VERBATIM)
  set_property(GLOBAL APPEND PROPERTY XS3_ISA_GENERATED ${path})
endfunction()
