// MEAN, int8, on the vector unit: mean_int8_vector(const MeanVectorArguments *, begin, end, scratch). See call.h.
//
//   sums:   see units.inc
//   scale:  see halves.inc

.include "kernels/mean/units.inc"
.include "kernels/halves/halves.inc"

.text
.issue_mode dual
.align 16
.globl mean_int8_vector
.type mean_int8_vector, @function
mean_int8_vector:
  units_begin .Ldone
.Lunit:
  ldc r11, 0x200                        // 8-bit mode
  { ; vsetc r11 }
  mean_unit
  mean_sums
  { ; ldw r1, sp[frame.arguments] }
  { ; ldw r1, r1[arguments.multipliers] }
  { ; ldw r7, sp[frame.elements] }
  { mkmsk r7, r7 ; ldw r8, sp[frame.scratch] }
  scale_halves any_result
  store_halves
  units_next .Lunit
.Ldone:
  units_return
.size mean_int8_vector, . - mean_int8_vector
