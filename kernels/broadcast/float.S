// ADD, SUB, MUL and PRELU in float32: add_float, sub_float, mul_float and prelu_float(const FloatPairArguments *, begin,
// end, scratch). See float_call.h.
//
//   r0 elements left in the row   r1, r2 operands   r3 output   r4, r5 their steps   r6 lowest   r9 highest result
//   r7, r8 an element of each   r10 0   r11 temporary

.include "kernels/broadcast/walk.inc"

.set frame.low, frame.free
.set frame.high, frame.free + 1

// `operation` makes r7 of r7 and r8.
.macro float_pairs operation
  dualentsp frame
  broadcast_begin 2, .Ldone\@
  { ; ldw r4, r0[0] }
  { ; stw r4, sp[frame.low] }
  { ; ldw r4, r0[1] }
  { ; stw r4, sp[frame.high] }
.Lrow\@:
  broadcast_row
  { ldc r10, 0 ; ldw r6, sp[frame.low] }
  { ; ldw r9, sp[frame.high] }
.Lelement\@:
  { add r1, r1, r4 ; ldw r7, r1[0] }
  { add r2, r2, r5 ; ldw r8, r2[0] }
  \operation
  flt r11, r7, r6
  { ; bt r11, .Llow\@ }
  flt r11, r9, r7
  { ; bt r11, .Lhigh\@ }
.Lstore\@:
  { add r3, r3, 4 ; stw r7, r3[0] }
  { sub r0, r0, 1 ; }
  { ; bt r0, .Lelement\@ }
  broadcast_next .Lrow\@
.Ldone\@:
  broadcast_return
.Llow\@:
  { mov r7, r6 ; bu .Lstore\@ }
.Lhigh\@:
  { mov r7, r9 ; bu .Lstore\@ }
.endm

.macro sum_of_pair
  fadd r7, r7, r8
.endm

.macro difference_of_pair
  fsub r7, r7, r8
.endm

.macro product_of_pair
  fmul r7, r7, r8
.endm

.macro slope_of_pair
  flt r11, r7, r10
  { ; bf r11, .Lnot_below\@ }
  fmul r7, r7, r8
.Lnot_below\@:
.endm

.text
.issue_mode dual
.align 16
.globl add_float
.type add_float, @function
add_float:
  float_pairs sum_of_pair
.size add_float, . - add_float

.align 16
.globl sub_float
.type sub_float, @function
sub_float:
  float_pairs difference_of_pair
.size sub_float, . - sub_float

.align 16
.globl mul_float
.type mul_float, @function
mul_float:
  float_pairs product_of_pair
.size mul_float, . - mul_float

.align 16
.globl prelu_float
.type prelu_float, @function
prelu_float:
  float_pairs slope_of_pair
.size prelu_float, . - prelu_float
