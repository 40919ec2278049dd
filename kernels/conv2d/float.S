// CONV_2D, DEPTHWISE_CONV_2D and FULLY_CONNECTED in float32: conv2d_float(const FloatWindowArguments *, begin, end,
// scratch). See float_call.h.
//
//   r0 .. r3 sums   r4 input element   r5, r6 weights   r7 behind the elements of the row or tap   r8 filter
//   r9 -elements left   r10 bytes of the weights of a turn of the innermost loop   r11 rows or taps left

.include "kernels/window/float.inc"

.text
.issue_mode dual
.align 16
.globl conv2d_float
.type conv2d_float, @function
conv2d_float:
  float_window_begin .Ldone
.Lunit:
  { ldc r0, 0 ; ldw r11, sp[frame.rows] }
  { ldc r1, 0 ; ldw r9, sp[frame.run] }
  { ldc r2, 0 ; ldw r4, sp[frame.path] }
  { ldc r3, 0 ; ldc r10, 16 }
  { shl r10, r10, 2 ; bf r4, .Lfour }
  { ldc r10, 16 ; sub r4, r4, 1 }
  { sub r4, r4, 1 ; bf r4, .Lelement }
  bf r4, .Ltaps
  bu .Lsummed
.align 16
.Lfour:                                 // 29 slots for 16 products
  { add r9, r9, 1 ; ldw r4, r7[r9] }
  ldd r6, r5, r8[0]
  fmacc r0, r0, r4, r5
  fmacc r1, r1, r4, r6
  ldd r6, r5, r8[1]
  fmacc r2, r2, r4, r5
  fmacc r3, r3, r4, r6
  { add r9, r9, 1 ; ldw r4, r7[r9] }
  ldd r6, r5, r8[2]
  fmacc r0, r0, r4, r5
  fmacc r1, r1, r4, r6
  ldd r6, r5, r8[3]
  fmacc r2, r2, r4, r5
  fmacc r3, r3, r4, r6
  { add r9, r9, 1 ; ldw r4, r7[r9] }
  ldd r6, r5, r8[4]
  fmacc r0, r0, r4, r5
  fmacc r1, r1, r4, r6
  ldd r6, r5, r8[5]
  fmacc r2, r2, r4, r5
  fmacc r3, r3, r4, r6
  { add r9, r9, 1 ; ldw r4, r7[r9] }
  ldd r6, r5, r8[6]
  fmacc r0, r0, r4, r5
  fmacc r1, r1, r4, r6
  ldd r6, r5, r8[7]
  fmacc r2, r2, r4, r5
  fmacc r3, r3, r4, r6
  { add r8, r8, r10 ; bt r9, .Lfour }
  { sub r11, r11, 1 ; ldw r9, sp[arguments.tapRowStep] }
  { add r7, r7, r9 ; ldw r9, sp[frame.rowFilter] }
  { add r8, r8, r9 ; ldw r9, sp[frame.run] }
  { ; bt r11, .Lfour }
  bu .Lsummed
.align 16
.Lelement:                              // 8 slots for 4 products
  { add r9, r9, 1 ; ldw r4, r7[r9] }
  ldd r6, r5, r8[0]
  fmacc r0, r0, r4, r5
  fmacc r1, r1, r4, r6
  ldd r6, r5, r8[1]
  fmacc r2, r2, r4, r5
  fmacc r3, r3, r4, r6
  { add r8, r8, r10 ; bt r9, .Lelement }
  { sub r11, r11, 1 ; ldw r9, sp[arguments.tapRowStep] }
  { add r7, r7, r9 ; ldw r9, sp[frame.rowFilter] }
  { add r8, r8, r9 ; ldw r9, sp[frame.run] }
  { ; bt r11, .Lelement }
  bu .Lsummed
.Ltaps:                                 // the elements of a tap, tap by tap
  { ; stw r11, sp[frame.turns] }
  { ; ldw r11, sp[frame.columns] }
  { ; bu .Ltap_element }
.align 16
.Ltap_element:
  { add r9, r9, 1 ; ldw r4, r7[r9] }
  ldd r6, r5, r8[0]
  fmacc r0, r0, r4, r5
  fmacc r1, r1, r4, r6
  ldd r6, r5, r8[1]
  fmacc r2, r2, r4, r5
  fmacc r3, r3, r4, r6
  { add r8, r8, r10 ; bt r9, .Ltap_element }
  { sub r11, r11, 1 ; ldw r9, sp[arguments.tapStep] }
  { add r7, r7, r9 ; ldw r9, sp[frame.run] }
  { ; bt r11, .Ltap_element }
  { ; ldw r4, sp[frame.rowStep] }
  { add r7, r7, r4 ; ldw r4, sp[frame.rowFilter] }
  { add r8, r8, r4 ; ldw r11, sp[frame.turns] }
  { sub r11, r11, 1 ; }
  { ; bt r11, .Ltaps }
.Lsummed:
  float_window_bias
  float_window_next .Lunit
.Ldone:
  float_window_return
.size conv2d_float, . - conv2d_float
