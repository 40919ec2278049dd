// MEAN, int8: mean_int8(const MeanArguments *, begin, end, scratch). See call.h.
//
// Sums of 16 elements at a time with weights of 1, or of single elements; then each is scaled on its own.
//
//   sums:      see units.inc; of single elements r2 sum, r5 element, r6 0, r11 value
//   elements:  see finish.inc

.include "kernels/mean/units.inc"
.include "kernels/conv2d/finish.inc"

.text
.issue_mode dual
.align 16
.globl mean_int8
.type mean_int8, @function
mean_int8:
  units_begin .Ldone
  finish_constants frame.zeroPoint, frame.low, frame.high, frame.rounding
  ldc r11, 0x200                        // 8-bit mode
  { ; vsetc r11 }
.Lunit:
  mean_unit
  { ; ldw r8, r0[single] }
  { ldc r5, 0 ; bt r8, .Lelement }
  mean_sums
  { ldc r4, 32 ; ldw r0, sp[frame.scratch] }
  { add r7, r0, r4 ; vstd r0[0] }
  { ; vstr r7[0] }
  { ; bu .Lsummed }

.Lelement:
  { ; ldw r9, r0[averagedOffsets] }
  { ; ldw r8, r0[averagedRows] }
  { ldc r6, 0 ; ldw r2, r0[startValue] }
.Lelement_row:
  { add r9, r9, 4 ; ldw r1, r9[0] }
  { add r1, r1, r10 ; ldw r7, r0[averagedSize] }
  { ; ldw r4, r0[averagedStep] }
.Lvalue:
  { add r1, r1, r4 ; ld8u r11, r1[r6] }
  { sub r7, r7, 1 ; sext r11, 8 }
  { add r2, r2, r11 ; bt r7, .Lvalue }
  { sub r8, r8, 1 ; }
  { ; bt r8, .Lelement_row }
  { shr r4, r2, 16 ; ldw r11, sp[frame.scratch] }
  st16 r4, r11[r5]
  { ldc r4, 32 ; }
  { add r11, r11, r4 ; add r10, r10, 1 }
  st16 r2, r11[r5]
  { add r5, r5, 1 ; ldw r4, sp[frame.elements] }
  { eq r4, r4, r5 ; }
  { ; bf r4, .Lelement }

.Lsummed:
  { ; ldw r6, sp[frame.arguments] }
  { ; ldw r6, r6[arguments.multipliers] }
  { ; ldw r5, sp[frame.elements] }
  { ; ldw r0, sp[frame.scratch] }
  finish_channels frame.zeroPoint, frame.low, frame.high, frame.rounding
  units_next .Lunit
.Ldone:
  units_return
.size mean_int8, . - mean_int8
