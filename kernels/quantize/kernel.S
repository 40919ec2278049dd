// QUANTIZE of float32: quantize_float(const QuantizeFloatArguments *, begin, end, scratch). See call.h.
//
// The guess is round(value * inverse) + zero point, read out of the bits of a sum with 1.5 * 2^23; the steps beside it
// say whether it is one too high or one too low.
//
//   r1 output   r2 elements left   r3 input   r4 inverse   r5 magic   r6 first step   r7 last step
//   r8 steps, of result 0   r9 value   r10 guess   r11 and r0 temporary

.set arguments.input, 0
.set arguments.output, 1
.set arguments.steps, 2
.set arguments.inverse, 3
.set arguments.magic, 4
.set arguments.first, 5
.set arguments.last, 6

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
  { ; ldw r6, r0[arguments.first] }
  ldc r11, 512
  { add r8, r8, r11 ; ldw r7, r0[arguments.last] }
  ldc r0, 0x4b40
  { shl r0, r0, 16 ; }
  { ; stw r0, sp[10] }
.align 16
.Lelement:
  { add r3, r3, 4 ; ldw r9, r3[0] }
  flt r11, r9, r7
  { ; bf r11, .Lnot_below_last }
  flt r11, r9, r6
  { sub r2, r2, 1 ; bt r11, .Llowest }
  fmul r10, r9, r4
  fadd r10, r10, r5
  { ; ldw r0, sp[10] }
  { sub r10, r10, r0 ; }
  { add r0, r10, 1 ; ldw r11, r8[r10] } // guess + 1; its own step
  flt r11, r9, r11                      // below its own step: one too high
  { sub r10, r10, r11 ; ldw r0, r8[r0] }
  flt r11, r9, r0                       // not below the next step: one too low
  { sub r10, r10, r11 ; ldc r0, 0 }
  { add r10, r10, 1 ; }
.Lstore:
  st8 r10, r1[r0]
  { add r1, r1, 1 ; bt r2, .Lelement }
.Ldone:
  ldd r5, r4, sp[1]
  ldd r7, r6, sp[2]
  ldd r9, r8, sp[3]
  { ; ldw r10, sp[8] }
  retsp 12
.Lnot_below_last:                       // the largest result, but the smallest for not a number
  feq r11, r9, r9
  { sub r2, r2, 1 ; bf r11, .Llowest }
  { mkmsk r10, 7 ; ldc r0, 0 }
  { ; bu .Lstore }
.Llowest:
  ldc r10, 128
  { ldc r0, 0 ; bu .Lstore }
.size quantize_float, . - quantize_float
