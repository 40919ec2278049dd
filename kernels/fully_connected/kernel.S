// FULLY_CONNECTED, int8: fully_connected_int8(const FullyConnectedArguments *, begin, end, scratch). See call.h.
//
//   ring:      r1 weights   r2 input   r4 32   r7 slices left   r11 start values
//   channels:  see finish.inc

.include "kernels/fully_connected/arguments.inc"

.text
.issue_mode dual
.align 16
.globl fully_connected_int8
.type fully_connected_int8, @function
fully_connected_int8:
  dense_begin .Ldone
.Lunit:
  { ; ldw r0, sp[frame.arguments] }
  { ; ldw r8, sp[frame.unit] }
  { ; ldw r9, r0[arguments.groups] }
  divu r5, r8, r9                       // row
  mul r9, r5, r9
  { sub r8, r8, r9 ; ldw r9, r0[arguments.depth] } // group
  mul r9, r5, r9
  { ; ldw r2, r0[arguments.input] }
  { add r2, r2, r9 ; ldw r7, r0[arguments.slices] }
  mul r9, r8, r7
  { shl r9, r9, 8 ; ldw r1, r0[arguments.weights] }
  { shl r9, r9, 1 ; }                   // 16 channels of 32 bytes a slice
  { add r1, r1, r9 ; ldw r11, r0[arguments.starts] }
  { shl r9, r8, 6 ; ldw r4, r0[arguments.channels] }
  { add r11, r11, r9 ; ldc r10, 32 }
  { add r11, r11, r10 ; vldd r11[0] }
  { ldc r9, arguments.outputStep ; vldr r11[0] }
  { ; ldw r9, r0[r9] }
  mul r9, r5, r9
  { shl r5, r8, 4 ; }                   // first channel
  { add r9, r9, r5 ; ldw r3, r0[arguments.output] }
  { add r3, r3, r9 ; sub r5, r4, r5 }   // channels from here on
  { shl r9, r8, 8 ; ldw r6, r0[arguments.multipliers] }
  { add r6, r6, r9 ; ldc r9, 16 }
  { lsu r9, r5, r9 ; mov r4, r10 }
  { sub r7, r7, 1 ; bt r9, .Lslice }
  { ldc r5, 16 ; }
.Lslice:
  { add r2, r2, r4 ; vldc r2[0] }
  .rept 16
  { add r1, r1, r4 ; vlmaccr r1[0] }
  .endr
  { sub r7, r7, 1 ; bt r7, .Lslice }
  { ; ldw r0, sp[frame.scratch] }
  { add r7, r0, r4 ; vstd r0[0] }
  { ; vstr r7[0] }
  finish_channels frame.zeroPoint, frame.low, frame.high, frame.rounding
  units_next .Lunit
.Ldone:
  units_return
.size fully_connected_int8, . - fully_connected_int8
