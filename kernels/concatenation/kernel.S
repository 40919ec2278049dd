// CONCATENATION: concatenation_rows(const ConcatenationArguments *, begin, end, scratch). See call.h.
//
//   r1 output row   r2 rows left   r3 32   r4 output   r5 pieces left   r8 output step   r11 input
//   in pieces of 32 bytes:  r6 bytes of the last, partial one   r7 its mask   r9 whole ones
//   byte by byte:           r6 a byte   r7 bytes left   r9 bytes of a row   r5 0

.set arguments.input, 0
.set arguments.output, 1
.set arguments.rowBytes, 2
.set arguments.outputStep, 3
.set arguments.byBytes, 4

.text
.issue_mode dual
.align 16
.globl concatenation_rows
.type concatenation_rows, @function
concatenation_rows:
  dualentsp 8
  std r5, r4, sp[1]
  std r7, r6, sp[2]
  std r9, r8, sp[3]
  { sub r2, r2, r1 ; ldw r9, r0[arguments.rowBytes] }
  { ldc r3, 32 ; bf r2, .Ldone }
  { ; ldw r8, r0[arguments.outputStep] }
  mul r4, r9, r1
  mul r1, r8, r1
  { ; ldw r11, r0[arguments.input] }
  { add r11, r11, r4 ; ldw r4, r0[arguments.output] }
  { add r1, r1, r4 ; ldw r4, r0[arguments.byBytes] }
  { mov r6, r9 ; bt r4, .Lby_bytes }
  { zext r6, 5 ; shr r9, r9, 5 }
  { mkmsk r7, r6 ; }
.Lrow:
  { mov r4, r1 ; bf r9, .Lrest }
  { sub r5, r9, 1 ; bu .Lpiece }
.align 16
.Lpiece:
  { add r11, r11, r3 ; vldr r11[0] }
  { add r4, r4, r3 ; vstr r4[0] }
  { sub r5, r5, 1 ; bt r5, .Lpiece }
.Lrest:
  { add r11, r11, r6 ; vldr r11[0] }
  vstrpv r4[0], r7
  { sub r2, r2, 1 ; add r1, r1, r8 }
  { ; bt r2, .Lrow }
  { ; bu .Ldone }
.Lby_bytes:
  { ldc r5, 0 ; }
.Lrow_by_bytes:
  { mov r4, r1 ; sub r7, r9, 1 }
  { sub r2, r2, 1 ; bu .Lbyte }
.align 16
.Lbyte:
  { add r11, r11, 1 ; ld8u r6, r11[r5] }
  st8 r6, r4[r5]
  { add r4, r4, 1 ; }
  { sub r7, r7, 1 ; bt r7, .Lbyte }
  { add r1, r1, r8 ; bt r2, .Lrow_by_bytes }
.Ldone:
  ldd r5, r4, sp[1]
  ldd r7, r6, sp[2]
  ldd r9, r8, sp[3]
  retsp 8
.size concatenation_rows, . - concatenation_rows
