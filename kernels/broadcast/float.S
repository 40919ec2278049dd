// ADD, SUB, MUL and PRELU in float32: add_float, sub_float, mul_float and prelu_float(const FloatPairArguments *, begin,
// end, scratch). See float_call.h.
//
//   r0 elements left in the row   r1, r2 operands   r3 output   r4, r5 their steps   r7, r8 an element of each
//   r6 lowest   r9 highest result   r10 0   r11 temporary
//
// Rows that are not clamped take a shorter loop; where both operands go on from element to element and lie in step with
// the output, two elements a turn, even with a lowest result.

.include "kernels/broadcast/walk.inc"

.set frame.low, frame.free
.set frame.high, frame.free + 1
.set frame.clamp, frame.free + 2

.macro float_begin done
  dualentsp frame
  broadcast_begin 2, \done
  { ; ldw r4, r0[0] }
  { ; stw r4, sp[frame.low] }
  { ; ldw r4, r0[1] }
  { ; stw r4, sp[frame.high] }
  { ; ldw r4, r0[2] }
  { ; stw r4, sp[frame.clamp] }
.endm

// `operation d, a, b` for elements of the row that are not clamped.
.macro plain_row operation
  { ldc r10, 0 ; bu .Lplain\@ }
.align 16
.Lplain\@:
  { add r1, r1, r4 ; ldw r7, r1[0] }
  { add r2, r2, r5 ; ldw r8, r2[0] }
  \operation r7, r7, r8
  { add r3, r3, 4 ; stw r7, r3[0] }
  { sub r0, r0, 1 ; }
  { ; bt r0, .Lplain\@ }
.endm

// Raises r7 or r8 to the lowest result, r4.
.macro raise value
  flt r11, \value, r4
  { ; bf r11, .Lraised\@ }
  { mov \value, r4 ; }
.Lraised\@:
.endm

// plain_row for the pairs of a row whose steps are one element, where all three places are multiples of 8 or all are 4
// more; leaves the last element where it is alone. `bounded`: results are raised to the lowest one.
.macro paired_row operation, bounded
.if \bounded
  { ; ldw r4, sp[frame.low] }
.endif
  { shr r10, r1, 2 ; }
  { zext r10, 1 ; }
  { sub r0, r0, r10 ; bf r10, .Leven\@ }
  { add r1, r1, 4 ; ldw r7, r1[0] }
  { add r2, r2, 4 ; ldw r8, r2[0] }
  \operation r7, r7, r8
.if \bounded
  raise r7
.endif
  { add r3, r3, 4 ; stw r7, r3[0] }
.Leven\@:
  { shr r10, r0, 1 ; }
  { sub r10, r10, 1 ; bf r10, .Lno_pair\@ }
  { shl r11, r10, 3 ; neg r10, r10 }
  { add r1, r1, r11 ; add r2, r2, r11 }
  { add r3, r3, r11 ; bu .Lpair\@ }
.align 16
.Lpair\@:
  ldd r8, r7, r1[r10]
  ldd r6, r5, r2[r10]
  \operation r7, r7, r5
  \operation r8, r8, r6
.if \bounded
  raise r7
  raise r8
.endif
  std r8, r7, r3[r10]
  { add r10, r10, 1 ; bt r10, .Lpair\@ }
  { add r1, r1, 8 ; add r2, r2, 8 }
  { add r3, r3, 8 ; }
.Lno_pair\@:
  { zext r0, 1 ; }
  { ldc r4, 4 ; ldc r5, 4 }
.endm

// r11 = whether paired_row can do the row.
.macro find_pairs
  xor r10, r1, r2
  xor r11, r1, r3
  { or r10, r10, r11 ; eq r11, r4, 4 }
  { shr r10, r10, 2 ; eq r7, r5, 4 }
  { zext r10, 1 ; and r11, r11, r7 }
  { eq r10, r10, 0 ; }
  { and r11, r11, r10 ; }
.endm

.macro float_pairs operation
  float_begin .Ldone\@
.Lrow\@:
  broadcast_row
  { ; ldw r7, sp[frame.clamp] }
  { eq r7, r7, 2 ; }
  bt r7, .Lclamped\@
  find_pairs
  bf r11, .Lsingle\@
  { ; ldw r7, sp[frame.clamp] }
  bt r7, .Lbounded\@
  paired_row \operation, 0
  bf r0, .Lnext\@
.Lsingle\@:
  { ; ldw r7, sp[frame.clamp] }
  bt r7, .Lclamped\@
  plain_row \operation
.Lnext\@:
  { ldc r2, 0 ; ldw r7, sp[frame.left] }
  bt r7, .Lrow\@
  bu .Ldone\@
.Lbounded\@:
  paired_row \operation, 1
  bf r0, .Lnext\@
.Lclamped\@:
  { ; ldw r6, sp[frame.low] }
  { ; ldw r9, sp[frame.high] }
  { ; bu .Lelement\@ }
.align 16
.Lelement\@:
  { add r1, r1, r4 ; ldw r7, r1[0] }
  { add r2, r2, r5 ; ldw r8, r2[0] }
  \operation r7, r7, r8
  flt r11, r7, r6
  { sub r0, r0, 1 ; bt r11, .Llow\@ }
  flt r11, r9, r7
  { ; bt r11, .Lhigh\@ }
.Lstore\@:
  { add r3, r3, 4 ; stw r7, r3[0] }
  { ; bt r0, .Lelement\@ }
  bu .Lnext\@
.Llow\@:
  { mov r7, r6 ; bu .Lstore\@ }
.Lhigh\@:
  { mov r7, r9 ; bu .Lstore\@ }
.Ldone\@:
  broadcast_return
.endm

// d = a, but a * b where a lies below 0. b and r11 are temporary.
.macro slope d, a, b
  flt r11, \a, r10
  { ; bf r11, .Lnot_below\@ }
  fmul \d, \a, \b
.Lnot_below\@:
.endm

.text
.issue_mode dual
.align 16
.globl add_float
.type add_float, @function
add_float:
  float_pairs fadd
.size add_float, . - add_float

.align 16
.globl sub_float
.type sub_float, @function
sub_float:
  float_pairs fsub
.size sub_float, . - sub_float

.align 16
.globl mul_float
.type mul_float, @function
mul_float:
  float_pairs fmul
.size mul_float, . - mul_float

.align 16
.globl prelu_float
.type prelu_float, @function
prelu_float:
  float_begin .Lprelu_done
.Lprelu_row:
  broadcast_row
  plain_row slope
  broadcast_next .Lprelu_row
.Lprelu_done:
  broadcast_return
.size prelu_float, . - prelu_float
