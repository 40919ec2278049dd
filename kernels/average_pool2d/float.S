// AVERAGE_POOL_2D in float32: average_pool2d_float(const FloatWindowArguments *, begin, end, scratch). See
// kernels/window/float_call.h.
//
//   r0 .. r3 sums   r4 tap   r7 input   r9 rows left   r10 from tap to tap   r11 taps of the row left; then the
//   division, with r8 too

.include "kernels/window/float.inc"
.include "kernels/division/float.inc"

// A sum that is not finite is the mean already.
.macro mean_of sum
  fsub r4, \sum, \sum
  { ; bt r4, .Lmean\@ }
  float_quotient \sum, r9, r10, r11, r4, r5, r6, r8
.Lmean\@:
.endm

.text
.issue_mode dual
.align 16
.globl average_pool2d_float
.type average_pool2d_float, @function
average_pool2d_float:
  float_window_begin .Ldone
.Lunit:
  { ldc r0, 0 ; ldc r1, 0 }
  { ldc r2, 0 ; ldw r10, sp[arguments.tapStep] }
  { ldc r3, 0 ; ldw r11, sp[frame.columns] }
  { ; ldw r9, sp[frame.rows] }
  { ; bu .Ltap }
.align 16
.Ltap:
  { sub r11, r11, 1 ; ldw r4, r7[0] }
  fadd r0, r0, r4
  { ; ldw r4, r7[1] }
  fadd r1, r1, r4
  { ; ldw r4, r7[2] }
  fadd r2, r2, r4
  { ; ldw r4, r7[3] }
  fadd r3, r3, r4
  { add r7, r7, r10 ; bt r11, .Ltap }
  { sub r9, r9, 1 ; ldw r4, sp[frame.rowStep] }
  { add r7, r7, r4 ; ldw r11, sp[frame.columns] }
  { ; bt r9, .Ltap }
  { ldc r11, 0 ; ldw r4, sp[frame.places] }
  { ldc r5, 23 ; }
  fmake r4, r11, r5, r11, r4            // their number as a float
  float_divisor r4, r9, r10
  mean_of r0
  mean_of r1
  mean_of r2
  mean_of r3
  float_window_next .Lunit
.Ldone:
  float_window_return
.size average_pool2d_float, . - average_pool2d_float
