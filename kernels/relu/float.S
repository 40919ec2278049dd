// RELU, RELU6 and RELU_N1_TO_1 in float32: clamp_float(const ClampFloatArguments *, begin, end, scratch). See
// float_call.h.
//
//   r0 elements left   r1 input   r2 output   r3 element   r5 lowest   r6 highest result   r4 temporary

.set arguments.input, 0
.set arguments.output, 1
.set arguments.low, 2
.set arguments.high, 3

.text
.issue_mode dual
.align 16
.globl clamp_float
.type clamp_float, @function
clamp_float:
  dualentsp 6
  std r5, r4, sp[1]
  { sub r11, r2, r1 ; stw r6, sp[4] }
  { shl r4, r1, 2 ; bf r11, .Ldone }
  { ; ldw r1, r0[arguments.input] }
  { add r1, r1, r4 ; ldw r2, r0[arguments.output] }
  { add r2, r2, r4 ; ldw r5, r0[arguments.low] }
  { ; ldw r6, r0[arguments.high] }
  { mov r0, r11 ; bu .Lelement }
.align 16
.Lelement:
  { add r1, r1, 4 ; ldw r3, r1[0] }
  flt r4, r3, r5
  { sub r0, r0, 1 ; bt r4, .Llow }
  flt r4, r6, r3
  { ; bt r4, .Lhigh }
  { add r2, r2, 4 ; stw r3, r2[0] }
  { ; bt r0, .Lelement }
.Ldone:
  ldd r5, r4, sp[1]
  { ; ldw r6, sp[4] }
  retsp 6
.Llow:
  { add r2, r2, 4 ; stw r5, r2[0] }
  { ; bt r0, .Lelement }
  { ; bu .Ldone }
.Lhigh:
  { add r2, r2, 4 ; stw r6, r2[0] }
  { ; bt r0, .Lelement }
  { ; bu .Ldone }
.size clamp_float, . - clamp_float
