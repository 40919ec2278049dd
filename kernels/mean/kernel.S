// MEAN, int8: mean_int8(const MeanArguments *, begin, end, scratch). See call.h.
//
// Sums of 16 elements at a time with weights of 1, or of single elements; then each is scaled on its own.
//
//   sums:      r0 averagedOffsets in the arguments   r1 input   r3 output   r4 step   r7 places left   r8 rows left
//              r9 offsets   r10 base; of single elements r2 sum, r5 element, r6 0, r11 value
//   elements:  see finish.inc

.include "kernels/conv2d/finish.inc"

.set arguments.input, 0
.set arguments.output, 1
.set arguments.starts, 2
.set arguments.multipliers, 3
.set arguments.outerBases, 4
.set arguments.zeroPoint, 5
.set arguments.low, 6
.set arguments.high, 7
.set arguments.outerSize, 8
.set arguments.outerStep, 9
.set arguments.inner, 10
.set arguments.groups, 11
.set arguments.averaged, 48             // bytes: from here on
.set averagedOffsets, 0
.set averagedRows, 1
.set averagedSize, 2
.set averagedStep, 3
.set startValue, 4
.set single, 5

.set frame, 18          // words
.set frame.arguments, 1
.set frame.scratch, 2
.set frame.unit, 3
.set frame.end, 4
.set frame.zeroPoint, 5
.set frame.low, 6
.set frame.high, 7
.set frame.saved, 8     // r4 .. r10: 8 .. 14
.set frame.rounding, 15
.set frame.elements, 16 // of the group

.text
.issue_mode dual
.align 16
.globl mean_int8
.type mean_int8, @function
mean_int8:
  dualentsp frame
  std r5, r4, sp[4]
  std r7, r6, sp[5]
  std r9, r8, sp[6]
  { lsu r11, r1, r2 ; stw r10, sp[frame.saved + 6] }
  { ; stw r0, sp[frame.arguments] }
  { ; stw r3, sp[frame.scratch] }
  { ; stw r1, sp[frame.unit] }
  { ; stw r2, sp[frame.end] }
  { ; bf r11, .Ldone }
  finish_constants frame.zeroPoint, frame.low, frame.high, frame.rounding
  ldc r11, 0x200                        // 8-bit mode
  { ; vsetc r11 }
.Lunit:
  { ; ldw r0, sp[frame.arguments] }
  { ; ldw r8, sp[frame.unit] }
  { ; ldw r9, r0[arguments.groups] }
  divu r5, r8, r9                       // outer place
  mul r9, r5, r9
  { sub r8, r8, r9 ; ldw r4, r0[arguments.inner] }
  { shl r8, r8, 4 ; ldw r3, r0[arguments.output] } // first element
  mul r9, r5, r4
  { add r3, r3, r9 ; sub r4, r4, r8 }
  { add r3, r3, r8 ; ldc r9, 16 }
  { lsu r2, r4, r9 ; ldw r10, r0[arguments.input] }
  { add r10, r10, r8 ; bt r2, .Lcounted }
  { mov r4, r9 ; }
.Lcounted:
  { ; stw r4, sp[frame.elements] }
  { ; ldw r9, r0[arguments.outerSize] }
  divu r1, r5, r9
  mul r9, r1, r9
  { sub r5, r5, r9 ; ldw r9, r0[arguments.outerBases] }
  { ; ldw r1, r9[r1] }
  { add r10, r10, r1 ; ldw r9, r0[arguments.outerStep] }
  mul r5, r5, r9
  { add r10, r10, r5 ; ldw r11, r0[arguments.starts] }
  { ldc r4, arguments.averaged ; vldd r11[0] }
  { add r0, r0, r4 ; ldc r4, 32 }
  { add r11, r11, r4 ; ldw r9, r0[averagedOffsets] }
  { add r11, r11, r4 ; vldr r11[0] }
  { ; vldc r11[0] }
  { ; ldw r8, r0[single] }
  { ldc r5, 0 ; bt r8, .Lelement }
  { ; ldw r8, r0[averagedRows] }
  { ; ldw r4, r0[averagedStep] }
.Lrow:
  { add r9, r9, 4 ; ldw r1, r9[0] }
  { add r1, r1, r10 ; ldw r7, r0[averagedSize] }
  { sub r7, r7, 1 ; bu .Lplace }
.align 16
.Lplace:
  { add r1, r1, r4 ; vlmacc r1[0] }
  { sub r7, r7, 1 ; bt r7, .Lplace }
  { sub r8, r8, 1 ; }
  { ; bt r8, .Lrow }
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
  { ; ldw r1, sp[frame.unit] }
  { add r1, r1, 1 ; ldw r2, sp[frame.end] }
  { eq r3, r1, r2 ; stw r1, sp[frame.unit] }
  { ; bf r3, .Lunit }
.Ldone:
  ldd r5, r4, sp[4]
  ldd r7, r6, sp[5]
  ldd r9, r8, sp[6]
  { ; ldw r10, sp[frame.saved + 6] }
  retsp frame
.size mean_int8, . - mean_int8
