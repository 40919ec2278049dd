// DEPTHWISE_CONV_2D in float32, one output for each input channel: depthwise_conv2d_float(const FloatWindowArguments *,
// begin, end, scratch). See kernels/conv2d/float_call.h.
//
//   r0 .. r3 sums   r4 input element   r5, r6 weights   r7 input   r8 filter   r9 rows left
//   r10 from tap to tap of the input   r11 taps of the row left

.include "kernels/window/float.inc"

.text
.issue_mode dual
.align 16
.globl depthwise_conv2d_float
.type depthwise_conv2d_float, @function
depthwise_conv2d_float:
  float_window_begin .Ldone
.Lunit:
  { ldc r0, 0 ; ldw r9, sp[frame.rows] }
  { ldc r1, 0 ; ldw r11, sp[frame.columns] }
  { ldc r2, 0 ; ldw r10, sp[arguments.tapStep] }
  { ldc r3, 0 ; bf r9, .Lsummed }
  { ; bu .Ltap }
.align 16
.Ltap:                                  // 11 slots for 4 products
  { sub r11, r11, 1 ; ldw r4, r7[0] }
  ldd r6, r5, r8[0]
  fmacc r0, r0, r4, r5
  { ; ldw r4, r7[1] }
  fmacc r1, r1, r4, r6
  ldd r6, r5, r8[1]
  { add r8, r8, 8 ; ldw r4, r7[2] }
  fmacc r2, r2, r4, r5
  { add r8, r8, 8 ; ldw r4, r7[3] }
  fmacc r3, r3, r4, r6
  { add r7, r7, r10 ; bt r11, .Ltap }
  { sub r9, r9, 1 ; ldw r4, sp[frame.rowStep] }
  { add r7, r7, r4 ; ldw r4, sp[frame.rowFilter] }
  { add r8, r8, r4 ; ldw r11, sp[frame.columns] }
  { ; bt r9, .Ltap }
.Lsummed:
  float_window_bias
  float_window_next .Lunit
.Ldone:
  float_window_return
.size depthwise_conv2d_float, . - depthwise_conv2d_float
