// CONV_2D, DEPTHWISE_CONV_2D and FULLY_CONNECTED in float32: conv2d_float(const FloatWindowArguments *, begin, end,
// scratch). See float_call.h.
//
//   r0 .. r3 sums   r4 input element   r5, r6 weights   r7 behind the turn's input   r8 filter   r9 -elements left
//   r10 bytes of the weights of a turn of the innermost loop   r11 turns left

.include "kernels/window/float.inc"

.text
.issue_mode dual
.align 16
.globl conv2d_float
.type conv2d_float, @function
conv2d_float:
  float_window_begin .Ldone
.Lunit:
  { ldc r0, 0 ; ldc r1, 0 }
  { ldc r2, 0 ; ldc r3, 0 }
  float_window_unit .Lsummed
  { ldc r10, 16 ; ldw r9, sp[frame.run] }
  { shl r4, r9, 2 ; mov r5, r9 }
  { sub r7, r7, r4 ; zext r5, 2 }
  { shl r10, r10, 2 ; bt r5, .Lsingle } // no whole number of turns of four
  { ; bu .Lfour }
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
  { sub r11, r11, 1 ; ldw r9, sp[frame.innerStep] }
  { add r7, r7, r9 ; ldw r9, sp[frame.innerFilter] }
  { add r8, r8, r9 ; ldw r9, sp[frame.run] }
  { ; bt r11, .Lfour }
  float_window_outer .Lfour
  bu .Lsummed
.Lsingle:
  { ldc r10, 16 ; bu .Lelement }
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
  { sub r11, r11, 1 ; ldw r9, sp[frame.innerStep] }
  { add r7, r7, r9 ; ldw r9, sp[frame.innerFilter] }
  { add r8, r8, r9 ; ldw r9, sp[frame.run] }
  { ; bt r11, .Lelement }
  float_window_outer .Lelement
.Lsummed:
  { ; ldw r4, sp[frame.bias] }
  ldd r6, r5, r4[0]
  fadd r0, r0, r5
  fadd r1, r1, r6
  ldd r6, r5, r4[1]
  fadd r2, r2, r5
  fadd r3, r3, r6
  float_window_next .Lunit
.Ldone:
  float_window_return
.size conv2d_float, . - conv2d_float
