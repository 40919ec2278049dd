// MAX_POOL_2D in float32: max_pool2d_float(const FloatWindowArguments *, begin, end, scratch). See
// kernels/window/float_call.h.
//
//   r0 .. r3 largest so far   r4 tap   r5 temporary   r7 input   r9 rows left   r10 from tap to tap
//   r11 taps of the row left

.include "kernels/window/float.inc"

// A tap that is not a number replaces nothing.
.macro larger value
  flt r5, \value, r4
  { ; bf r5, .Lkept\@ }
  { mov \value, r4 ; }
.Lkept\@:
.endm

.text
.issue_mode dual
.align 16
.globl max_pool2d_float
.type max_pool2d_float, @function
max_pool2d_float:
  float_window_begin .Ldone
.Lunit:
  { ldc r0, 1 ; ldc r4, 23 }
  { shl r0, r0, r4 ; }
  { not r0, r0 ; }                      // the lowest number, 0xff7fffff
  { mov r1, r0 ; mov r2, r0 }
  { mov r3, r0 ; ldw r10, sp[arguments.tapStep] }
  { ; ldw r11, sp[frame.columns] }
  { ; ldw r9, sp[frame.rows] }
  { ; bu .Ltap }
.align 16
.Ltap:
  { sub r11, r11, 1 ; ldw r4, r7[0] }
  larger r0
  { ; ldw r4, r7[1] }
  larger r1
  { ; ldw r4, r7[2] }
  larger r2
  { ; ldw r4, r7[3] }
  larger r3
  { add r7, r7, r10 ; bt r11, .Ltap }
  { sub r9, r9, 1 ; ldw r4, sp[frame.rowStep] }
  { add r7, r7, r4 ; ldw r11, sp[frame.columns] }
  { ; bt r9, .Ltap }
  float_window_next .Lunit
.Ldone:
  float_window_return
.size max_pool2d_float, . - max_pool2d_float
