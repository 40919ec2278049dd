# xs3_use_llvm(TARGET): LLVM's headers (as SYSTEM, for their warnings) and its library,
# shared while developing, static archives for a release.

if(XS3_STATIC_LLVM)
  llvm_map_components_to_libnames(XS3_LLVM_LIBRARIES MC MCParser MCDisassembler Object BinaryFormat Support
                                  TargetParser DebugInfoDWARF)
else()
  set(XS3_LLVM_LIBRARIES LLVM)
endif()

function(xs3_use_llvm target)
  target_include_directories(${target} SYSTEM PRIVATE ${LLVM_INCLUDE_DIRS})
  target_link_libraries(${target} PUBLIC ${XS3_LLVM_LIBRARIES})
endfunction()
