// MEAN in float32: mean_float(const MeanFloatArguments *, begin, end, scratch). See float_call.h.
//
//   r0 arguments   r1 value   r2 sum   r4 temporary   r5 step   r6 base   r7 place   r8 places left   r9 rows left
//   r10 offsets   r11 temporary

.include "kernels/division/float.inc"

.set arguments.input, 0
.set arguments.output, 1
.set arguments.outerBases, 2
.set arguments.outerSize, 3
.set arguments.outerStep, 4
.set arguments.inner, 5
.set arguments.averagedOffsets, 6
.set arguments.averagedRows, 7
.set arguments.averagedSize, 8
.set arguments.averagedStep, 9
.set arguments.count, 10

.set frame, 20          // words
.set frame.arguments, 1
.set frame.left, 2      // units
.set frame.output, 3
.set frame.inner, 4     // element of the outer place
.set frame.outer, 5     // outer place
.set frame.saved, 8     // r4 .. r10: 8 .. 14
.set frame.base, 15     // of the outer place, in the input
.set frame.mantissa, 16 // of the divisor
.set frame.exponent, 17

.text
.issue_mode dual
.align 16
.globl mean_float
.type mean_float, @function
mean_float:
  dualentsp frame
  std r5, r4, sp[4]
  std r7, r6, sp[5]
  std r9, r8, sp[6]
  { sub r2, r2, r1 ; stw r10, sp[frame.saved + 6] }
  { ; stw r0, sp[frame.arguments] }
  { shl r3, r1, 2 ; stw r2, sp[frame.left] }
  { ; bf r2, .Ldone }
  { ; ldw r4, r0[arguments.output] }
  { add r3, r3, r4 ; ldw r4, r0[arguments.inner] }
  { ; stw r3, sp[frame.output] }
  divu r5, r1, r4
  mul r6, r5, r4
  { sub r6, r1, r6 ; stw r5, sp[frame.outer] }
  { ; stw r6, sp[frame.inner] }
  { ; ldw r4, r0[arguments.count] }
  float_divisor r4, r5, r6
  { ; stw r5, sp[frame.mantissa] }
  { ; stw r6, sp[frame.exponent] }
.Louter:
  { ; ldw r5, sp[frame.outer] }
  { ; ldw r4, r0[arguments.outerSize] }
  divu r6, r5, r4
  mul r7, r6, r4
  { sub r7, r5, r7 ; ldw r4, r0[arguments.outerStep] }
  mul r7, r7, r4
  { ; ldw r4, r0[arguments.outerBases] }
  { ; ldw r4, r4[r6] }
  { add r7, r7, r4 ; ldw r4, r0[arguments.input] }
  { add r7, r7, r4 ; }
  { ; stw r7, sp[frame.base] }
.Lunit:
  { ; ldw r6, sp[frame.base] }
  { ; ldw r4, sp[frame.inner] }
  { shl r4, r4, 2 ; ldw r5, r0[arguments.averagedStep] }
  { add r6, r6, r4 ; ldw r9, r0[arguments.averagedRows] }
  { ldc r2, 0 ; ldw r10, r0[arguments.averagedOffsets] }
.Lrow:
  { add r10, r10, 4 ; ldw r7, r10[0] }
  { add r7, r7, r6 ; ldw r8, r0[arguments.averagedSize] }
  { sub r9, r9, 1 ; bu .Lplace }
.align 16
.Lplace:
  { sub r8, r8, 1 ; ldw r1, r7[0] }
  fadd r2, r2, r1
  { add r7, r7, r5 ; bt r8, .Lplace }
  { ; bt r9, .Lrow }
  fsub r4, r2, r2
  { ldc r4, 0 ; bt r4, .Lmean }         // a sum that is not finite is the mean already
  { ; ldw r5, sp[frame.mantissa] }
  { ; ldw r6, sp[frame.exponent] }
  float_quotient r2, r5, r6, r4, r7, r8, r9, r10
.Lmean:
  { ; ldw r3, sp[frame.output] }
  { add r3, r3, 4 ; stw r2, r3[0] }
  { ; stw r3, sp[frame.output] }
  { ; ldw r4, sp[frame.left] }
  { sub r4, r4, 1 ; ldw r5, sp[frame.inner] }
  { add r5, r5, 1 ; stw r4, sp[frame.left] }
  { ; ldw r6, r0[arguments.inner] }
  { eq r6, r5, r6 ; bf r4, .Ldone }
  { ; stw r5, sp[frame.inner] }
  { ldc r4, 0 ; bf r6, .Lunit }
  { ; stw r4, sp[frame.inner] }
  { ; ldw r4, sp[frame.outer] }
  { add r4, r4, 1 ; }
  { ; stw r4, sp[frame.outer] }
  { ; bu .Louter }
.Ldone:
  ldd r5, r4, sp[4]
  ldd r7, r6, sp[5]
  ldd r9, r8, sp[6]
  { ; ldw r10, sp[frame.saved + 6] }
  retsp frame
.size mean_float, . - mean_float
