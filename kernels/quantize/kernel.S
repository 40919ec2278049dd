// QUANTIZE of float32: quantize_float(const QuantizeFloatArguments *, begin, end, scratch). See call.h.
//
// A product with about 1 / scale, added to 1.5 * 2^22 and half a unit, has twice the result in its bits, rounded:
// shifted right by 1 they are 0x25600000 + the result or one more. The step of that number says which.
//
//   r1 output   r2 elements left   r3 input   r4 inverse   r5 magic   r6, r7 guesses of -127 and 127
//   r8 steps, of guess 0   r9 value   r10 guess   r11 and r0 temporary

.set arguments.input, 0
.set arguments.output, 1
.set arguments.steps, 2
.set arguments.inverse, 3
.set arguments.magic, 4

.text
.issue_mode dual
.align 16
.globl quantize_float
.type quantize_float, @function
quantize_float:
  dualentsp 12
  std r5, r4, sp[1]
  std r7, r6, sp[2]
  std r9, r8, sp[3]
  { sub r2, r2, r1 ; stw r10, sp[8] }
  { shl r9, r1, 2 ; bf r2, .Ldone }
  { ; ldw r3, r0[arguments.input] }
  { add r3, r3, r9 ; ldw r10, r0[arguments.output] }
  { add r1, r10, r1 ; ldw r8, r0[arguments.steps] }
  { ; ldw r4, r0[arguments.inverse] }
  { ; ldw r5, r0[arguments.magic] }
  ldc r0, 0x2560
  { shl r0, r0, 16 ; mkmsk r7, 7 }
  { sub r6, r0, r7 ; add r7, r0, r7 }
  { shl r0, r0, 2 ; }
  { sub r8, r8, r0 ; ldc r11, 1 }
  { shl r11, r11, 8 ; }
  { add r8, r8, r11 ; }
  { add r8, r8, r11 ; }
.align 16
.Lelement:
  { add r3, r3, 4 ; ldw r9, r3[0] }
  fmul r10, r9, r4
  fadd r10, r10, r5
  { shr r10, r10, 1 ; }
  { lss r11, r10, r6 ; lss r0, r7, r10 }
  { sub r2, r2, 1 ; bt r11, .Llowest }
  { ; bt r0, .Lfar }
  { ; ldw r11, r8[r10] }
  flt r11, r9, r11                      // below its step: one too high
  { sub r10, r10, r11 ; ldc r0, 0 }
.Lstore:
  st8 r10, r1[r0]
  { add r1, r1, 1 ; bt r2, .Lelement }
.Ldone:
  ldd r5, r4, sp[1]
  ldd r7, r6, sp[2]
  ldd r9, r8, sp[3]
  { ; ldw r10, sp[8] }
  retsp 12
.Lfar:                                  // the largest result; the smallest for negative sums, and for not a number
  feq r11, r9, r9
  { ldc r0, 0 ; bf r11, .Llowest }
  { lss r0, r9, r0 ; }
  { mkmsk r10, 7 ; bt r0, .Llowest }
  { ldc r0, 0 ; bu .Lstore }
.Llowest:
  ldc r10, 128
  { ldc r0, 0 ; bu .Lstore }
.size quantize_float, . - quantize_float
