# The hand-written kernels: what packs for them, and their assembly, carried inside of the library.

target_sources(xs3_kernels PRIVATE
  call.cpp
  add/pack.cpp
  add/search_sum.cpp
  average_pool2d/pack.cpp
  bconv2d/pack.cpp
  bconv2d/pack_ring.cpp
  bconv2d/search_int8.cpp
  bmaxpool2d/pack.cpp
  broadcast/pack.cpp
  broadcast/pack_float.cpp
  concatenation/pack.cpp
  conv2d/pack.cpp
  conv2d/pack_vector.cpp
  conv2d/search_scale.cpp
  conv2d/pack_float.cpp
  copy/pack.cpp
  depthwise_conv2d/pack.cpp
  exponential/pack.cpp
  fill/pack.cpp
  fully_connected/pack.cpp
  halves/pack_halves.cpp
  halves/search_halves.cpp
  lce_dequantize/pack.cpp
  lce_quantize/pack.cpp
  lookup/pack.cpp
  max_pool2d/pack.cpp
  mean/pack.cpp
  mean/pack_float.cpp
  mean/walk.cpp
  mul/pack.cpp
  pad/pack.cpp
  quantize/pack.cpp
  relu/pack_float.cpp
  softmax/pack.cpp
  window/pack.cpp
  window/pack_float.cpp
  window/pack_pool.cpp)

set(XS3_KERNEL_FILES
  kernels/add/kernel.S
  kernels/add/vector.S
  kernels/add/vector_clamped.S
  kernels/add/vector_wide.S
  kernels/average_pool2d/float.S
  kernels/average_pool2d/kernel.S
  kernels/average_pool2d/vector.S
  kernels/bconv2d/bits.S
  kernels/bconv2d/float.S
  kernels/bconv2d/int8.S
  kernels/bconv2d/int8_relu.S
  kernels/bconv2d/int8_relu_wide.S
  kernels/bconv2d/int8_wide.S
  kernels/bmaxpool2d/kernel.S
  kernels/broadcast/float.S
  kernels/concatenation/kernel.S
  kernels/conv2d/float.S
  kernels/conv2d/kernel.S
  kernels/conv2d/vector.S
  kernels/conv2d/vector_clamped.S
  kernels/conv2d/vector_relu.S
  kernels/conv2d/vector_signed.S
  kernels/copy/kernel.S
  kernels/depthwise_conv2d/float.S
  kernels/depthwise_conv2d/kernel.S
  kernels/depthwise_conv2d/vector.S
  kernels/depthwise_conv2d/vector_clamped.S
  kernels/exponential/float.S
  kernels/fill/kernel.S
  kernels/fully_connected/kernel.S
  kernels/fully_connected/pairs.S
  kernels/lce_dequantize/kernel.S
  kernels/lce_quantize/float.S
  kernels/lce_quantize/kernel.S
  kernels/lookup/kernel.S
  kernels/max_pool2d/float.S
  kernels/max_pool2d/kernel.S
  kernels/mean/float.S
  kernels/mean/kernel.S
  kernels/mean/vector.S
  kernels/mul/kernel.S
  kernels/mul/vector.S
  kernels/mul/vector_clamped.S
  kernels/pad/kernel.S
  kernels/quantize/kernel.S
  kernels/relu/float.S
  kernels/runtime/parallel.S
  kernels/softmax/kernel.S
  kernels/stream_copy/kernel.S)
# Included by them; not assembled on their own.
set(XS3_KERNEL_INCLUDES
  kernels/add/vector.inc
  kernels/bconv2d/int8.inc
  kernels/bconv2d/loops.inc
  kernels/bconv2d/ring.inc
  kernels/bconv2d/runs.inc
  kernels/broadcast/scale.inc
  kernels/broadcast/walk.inc
  kernels/conv2d/fill.inc
  kernels/conv2d/finish.inc
  kernels/conv2d/ring.inc
  kernels/conv2d/units.inc
  kernels/conv2d/vector.inc
  kernels/depthwise_conv2d/taps.inc
  kernels/depthwise_conv2d/vector.inc
  kernels/fully_connected/arguments.inc
  kernels/halves/halves.inc
  kernels/mean/units.inc
  kernels/mul/vector.inc
  kernels/division/float.inc
  kernels/exponential/table.inc
  kernels/window/copy.inc
  kernels/window/float.inc
  kernels/window/pool.inc)

set(kernelPaths ${XS3_KERNEL_FILES} ${XS3_KERNEL_INCLUDES})
list(TRANSFORM kernelPaths PREPEND ${PROJECT_SOURCE_DIR}/)
add_custom_command(
  OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/embedded_sources.cpp
  COMMAND ${CMAKE_COMMAND} "-DFILES=${XS3_KERNEL_FILES}" -DROOT=${PROJECT_SOURCE_DIR}
          -DOUT=${CMAKE_CURRENT_BINARY_DIR}/embedded_sources.cpp -P ${PROJECT_SOURCE_DIR}/cmake/EmbedKernels.cmake
  DEPENDS ${kernelPaths} ${PROJECT_SOURCE_DIR}/cmake/EmbedKernels.cmake
  COMMENT "Embedding kernels" VERBATIM)
target_sources(xs3_kernels PRIVATE sources.cpp ${CMAKE_CURRENT_BINARY_DIR}/embedded_sources.cpp)
