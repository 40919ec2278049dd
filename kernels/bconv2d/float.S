// LceBconv2d by its float formula: bconv2d_float and bconv2d_int8_float(const Bconv2dArguments *, begin, end, scratch).
// See call.h.
//
// 16 channels a turn. The ring ends as the popcount x; per channel t = clamp(2x), y = float(t) * multiplier + bias with
// a rounding after each step, and for int8 the nearest integer, ties away from zero, saturated.
//
//   ring:      r1 weights   r2 window   r4 32   r7 slices left   r11 start values
//   channels:  r2 ring in scratch   r3 output   r4 0   r5 23   r6 channels left   r8 transform   r9, r10, r11, r0, r7, r1

.include "kernels/bconv2d/ring.inc"

.set frame.weights, frame.free
.set frame.starts, frame.free + 1
.set frame.transform, frame.free + 2
.set frame.channels, frame.free + 3
.set frame.out, frame.free + 4
.set frame.slices, frame.free + 5
.set scratch.ring, 0

// Begins a pixel of 16 channels a turn; leaves r10 = window.
.macro affine_pixel
  binary_window
  { ; ldw r0, sp[frame.arguments] }
  binary_starts
  { ; ldw r1, r0[arguments.weights] }
  { ; ldw r8, r0[arguments.transform] }
  { ; stw r8, sp[frame.transform] }
  { ; ldw r8, r0[arguments.channels] }
  { ; stw r8, sp[frame.channels] }
  { ; ldw r8, sp[frame.output] }
  { ; stw r8, sp[frame.out] }
.endm

// The ring of one group of 16 channels, left in scratch; sets up the registers of the channels' loop.
.macro affine_ring
  { ldc r4, window.bytes ; ldw r0, sp[frame.arguments] }
  { add r4, r0, r4 ; vldr r11[0] }
  { ldc r4, 32 ; ldw r7, r4[slices] }
  { add r11, r11, r4 ; mov r2, r10 }
  { sub r7, r7, 1 ; stw r11, sp[frame.starts] }
  ring_slices
  { ; stw r1, sp[frame.weights] }
  { ; ldw r2, sp[frame.scratch] }
  { ; vstr r2[0] }
  { ldc r4, 0 ; ldw r8, sp[frame.transform] }
  { ldc r5, 23 ; ldw r6, sp[frame.channels] }
  { ldc r7, 16 ; ldw r3, sp[frame.out] }
  { lss r9, r6, r7 ; stw r10, sp[frame.slices] }
  { sub r7, r6, r7 ; bt r9, .Lfewer\@ }
  { ldc r6, 16 ; stw r7, sp[frame.channels] }
  { ; bu .Lcounted\@ }
.Lfewer\@:
  { ; stw r4, sp[frame.channels] }
.Lcounted\@:
.endm

// r11 = y of the next channel. Advances r2 and r8.
.macro affine_channel
  { add r2, r2, 2 ; ld16s r9, r2[r4] }
  { zext r9, 16 ; ldw r7, r0[arguments.low] }
  { add r9, r9, r9 ; ldw r10, r0[arguments.high] }
  { lss r1, r9, r7 ; }
  { ; bf r1, .Lnot_low\@ }
  { mov r9, r7 ; }
.Lnot_low\@:
  { lss r1, r10, r9 ; }
  { ; bf r1, .Lnot_high\@ }
  { mov r9, r10 ; }
.Lnot_high\@:
  fmake r9, r4, r5, r4, r9
  ldd r10, r7, r8[0]
  fmul r9, r9, r7
  fadd r11, r9, r10
  { add r8, r8, 8 ; }
.endm

// Ends a group of channels: branches to `group` while there are more.
.macro affine_next group
  { ; stw r8, sp[frame.transform] }
  { ; stw r3, sp[frame.out] }
  { ; ldw r11, sp[frame.starts] }
  { ; ldw r1, sp[frame.weights] }
  { ; ldw r10, sp[frame.slices] }
  { ; ldw r6, sp[frame.channels] }
  { ; bt r6, \group }
.endm

.text
.issue_mode dual
.align 16
.globl bconv2d_float
.type bconv2d_float, @function
bconv2d_float:
  dualentsp frame
  window_begin .Lfloat_done
  ldc r11, 0x100                        // 16-bit mode
  { ; vsetc r11 }
.Lfloat_pixel:
  affine_pixel
.Lfloat_group:
  affine_ring
  { ; ldw r7, r0[arguments.low] }
  { ; ldw r10, r0[arguments.high] }
  { ; bu .Lfloat_channel }
.align 16
.Lfloat_channel:                        // as affine_channel, with both bounds in registers: r7, r10
  { add r2, r2, 2 ; ld16s r9, r2[r4] }
  { zext r9, 16 ; sub r6, r6, 1 }
  { add r9, r9, r9 ; }
  { lss r1, r9, r7 ; lss r11, r10, r9 }
  { ; bf r1, .Lfloat_not_low }
  { mov r9, r7 ; }
.Lfloat_not_low:
  { ; bf r11, .Lfloat_not_high }
  { mov r9, r10 ; }
.Lfloat_not_high:
  fmake r9, r4, r5, r4, r9
  ldd r1, r11, r8[0]
  fmul r9, r9, r11
  fadd r9, r9, r1
  { add r8, r8, 8 ; stw r9, r3[0] }
  { add r3, r3, 4 ; bt r6, .Lfloat_channel }
  affine_next .Lfloat_group
  window_next .Lfloat_pixel
.Lfloat_done:
  window_return
.size bconv2d_float, . - bconv2d_float

.align 16
.globl bconv2d_int8_float
.type bconv2d_int8_float, @function
bconv2d_int8_float:
  dualentsp frame
  window_begin .Lint8_done
  ldc r11, 0x100                        // 16-bit mode
  { ; vsetc r11 }
.Lint8_pixel:
  affine_pixel
.Lint8_group:
  affine_ring
.Lint8_channel:
  affine_channel
  // r9 = round(|y|): the mantissa, shifted right by 23 - exponent with half of the last place added
  fsexp r7, r10, r11
  fmant r9, r11
  { sub r1, r5, r10 ; ldc r11, 1 }      // 23 - exponent
  { sub r10, r1, 1 ; }
  { shl r11, r11, r10 ; ldc r10, 15 }
  { add r9, r9, r11 ; lss r10, r1, r10 }
  { shr r9, r9, r1 ; bf r10, .Lin_range }
  ldc r9, 128                           // |y| >= 256: saturates
.Lin_range:
  ldc r10, 128
  { ; bf r7, .Lpositive }
  { lss r1, r10, r9 ; }
  { ; bf r1, .Lnegate }
  { mov r9, r10 ; }
.Lnegate:
  { neg r9, r9 ; bu .Lstore }
.Lpositive:
  { lss r1, r9, r10 ; }
  { ; bt r1, .Lstore }
  { sub r9, r10, 1 ; }
.Lstore:
  st8 r9, r3[r4]
  { sub r6, r6, 1 ; add r3, r3, 1 }
  { ; bt r6, .Lint8_channel }
  affine_next .Lint8_group
  window_next .Lint8_pixel
.Lint8_done:
  window_return
.size bconv2d_int8_float, . - bconv2d_int8_float
