// SOFTMAX, int8: softmax_int8(const SoftmaxArguments *, begin, end, scratch). See call.h.

.set arguments.input, 0
.set arguments.output, 1
.set arguments.exponentials, 2
.set arguments.classes, 3
.set arguments.scale, 4
.set arguments.zeroPoint, 5

.set frame, 14          // words; r4 .. r10 in 2 .. 8
.set frame.arguments, 9
.set frame.rows, 10
.set frame.zeroPoint, 11

.text
.issue_mode dual
.align 16
.globl softmax_int8
.type softmax_int8, @function
softmax_int8:
  dualentsp frame
  std r5, r4, sp[1]
  std r7, r6, sp[2]
  std r9, r8, sp[3]
  { sub r2, r2, r1 ; stw r10, sp[8] }
  { ; stw r0, sp[frame.arguments] }
  { ; bf r2, .Ldone }
  { ; stw r2, sp[frame.rows] }
  { ; ldw r4, r0[arguments.zeroPoint] }
  { ; stw r4, sp[frame.zeroPoint] }
  { ; ldw r4, r0[arguments.classes] }
  mul r5, r4, r1
  { ; ldw r1, r0[arguments.input] }
  { add r1, r1, r5 ; ldw r2, r0[arguments.output] }
  { add r2, r2, r5 ; ldw r3, r0[arguments.exponentials] }
  // r1 = input, r2 = output, r3 = exponentials, r4 = classes
.Lrow:
  { ldc r5, 0 ; mkmsk r6, 7 }
  { not r6, r6 ; }                      // largest value
.Llargest:
  { add r5, r5, 1 ; ld8u r7, r1[r5] }
  { sext r7, 8 ; }
  { lss r8, r6, r7 ; }
  { eq r9, r5, r4 ; bf r8, .Lnot_larger }
  { mov r6, r7 ; }
.Lnot_larger:
  { ; bf r9, .Llargest }
  { ldc r5, 0 ; ldc r10, 0 }            // r10 = sum
.Lsum:
  { add r5, r5, 1 ; ld8u r7, r1[r5] }
  { sext r7, 8 ; }
  { sub r7, r6, r7 ; }
  { eq r9, r5, r4 ; ldw r7, r3[r7] }
  fadd r10, r10, r7
  { ; bf r9, .Lsum }
  // r10 = 1 / (sum * scale), correctly rounded: 2^48 divided by the mantissa has 25 or 26 bits, and one more bit says
  // whether a remainder was left.
  { ; ldw r0, sp[frame.arguments] }
  { ; ldw r7, r0[arguments.scale] }
  fmul r10, r10, r7
  fsexp r7, r8, r10
  fmant r7, r10
  { ldc r9, 1 ; ldc r0, 0 }
  { shl r9, r9, 16 ; ldc r11, 0 }
  ldivu r9, r0, r9, r11, r7             // r9 = 2^48 / mantissa, r0 = remainder
  { add r9, r9, r9 ; lsu r0, r11, r0 }
  { or r9, r9, r0 ; neg r8, r8 }
  { sub r8, r8, 3 ; ldc r5, 0 }
  fmake r10, r11, r8, r11, r9
.Lproduct:
  { ; ld8u r7, r1[r5] }
  { sext r7, 8 ; }
  { sub r7, r6, r7 ; }
  { ; ldw r7, r3[r7] }
  fmul r7, r7, r10
  // To the nearest integer, ties away from zero: half of the last place added, then the fraction shifted out.
  fsexp r8, r9, r7
  fmant r7, r7
  { ldc r8, 23 ; ldc r11, 1 }
  { sub r8, r8, r9 ; ldw r0, sp[frame.zeroPoint] }
  { sub r9, r8, 1 ; }
  { shl r11, r11, r9 ; }
  { add r7, r7, r11 ; mkmsk r9, 7 }
  { shr r7, r7, r8 ; }
  { add r7, r7, r0 ; }
  { lss r8, r9, r7 ; }
  { ; bf r8, .Lnot_above }
  { mov r7, r9 ; }
.Lnot_above:
  st8 r7, r2[r5]
  { add r5, r5, 1 ; }
  { eq r9, r5, r4 ; }
  { ; bf r9, .Lproduct }
  { add r1, r1, r4 ; ldw r7, sp[frame.rows] }
  { add r2, r2, r4 ; sub r7, r7, 1 }
  { ; stw r7, sp[frame.rows] }
  { ; bt r7, .Lrow }
.Ldone:
  ldd r5, r4, sp[1]
  ldd r7, r6, sp[2]
  ldd r9, r8, sp[3]
  { ; ldw r10, sp[8] }
  retsp frame
.size softmax_int8, . - softmax_int8
