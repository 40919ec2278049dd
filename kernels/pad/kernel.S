// PAD: pad_rows(const PadArguments *, begin, end, scratch). See call.h.
//
//   r0 arguments   r1 row   r2 rows left   r3 32, or 0 where single bytes are moved   r4 output   r5 bytes left
//   r6 fill   r10 input   the others are temporary

.set arguments.input, 0
.set arguments.output, 1
.set arguments.levels, 2
.set arguments.levelCount, 3
.set arguments.fill, 4
.set arguments.beforeBytes, 5
.set arguments.rowBytes, 6
.set arguments.afterBytes, 7
.set arguments.byBytes, 8

// r10 = the input's row of output row r1; branches to `outside` where there is none.
.macro input_row outside
  { mov r7, r1 ; ldw r10, r0[arguments.input] }
  { ; ldw r8, r0[arguments.levels] }
  { ; ldw r9, r0[arguments.levelCount] }
.Llevel\@:
  { sub r9, r9, 1 ; bf r9, .Lfound\@ }
  { ; ldw r5, r8[0] }
  remu r11, r7, r5                      // place in this dimension of the output
  divu r7, r7, r5
  { ; ldw r5, r8[1] }
  { sub r11, r11, r5 ; ldw r5, r8[2] }
  { lsu r5, r11, r5 ; }
  { ; bf r5, \outside }
  { ; ldw r5, r8[3] }
  mul r11, r11, r5
  { ldc r5, 16 ; add r10, r10, r11 }
  { add r8, r8, r5 ; bu .Llevel\@ }
.Lfound\@:
.endm

// Writes r5 bytes of fill to r4; both are left behind them.
.macro fill_words_of_row
  { shr r7, r5, 5 ; vldd r6[0] }
  { zext r5, 5 ; sub r8, r7, 1 }
  { mov r11, r6 ; bf r7, .Lrest\@ }
.Lpiece\@:
  { add r4, r4, r3 ; vstd r4[0] }
  { sub r8, r8, 1 ; bt r8, .Lpiece\@ }
.Lrest\@:
  { mkmsk r7, r5 ; vldr r11[0] }
  vstrpv r4[0], r7
  { add r4, r4, r5 ; }
.endm

.macro fill_bytes_of_row
  { ; bf r5, .Lfilled\@ }
  { sub r5, r5, 1 ; ld8u r7, r6[r3] }
.Lbyte\@:
  st8 r7, r4[r3]
  { add r4, r4, 1 ; }
  { sub r5, r5, 1 ; bt r5, .Lbyte\@ }
.Lfilled\@:
.endm

// Copies r5 bytes from r10 to r4, which is left behind them.
.macro copy_words_of_row
  { shr r7, r5, 5 ; mov r11, r10 }
  { zext r5, 5 ; sub r8, r7, 1 }
  { ; bf r7, .Lrest\@ }
.Lpiece\@:
  { add r11, r11, r3 ; vldr r11[0] }
  { add r4, r4, r3 ; vstr r4[0] }
  { sub r8, r8, 1 ; bt r8, .Lpiece\@ }
.Lrest\@:
  { mkmsk r7, r5 ; vldr r11[0] }
  vstrpv r4[0], r7
  { add r4, r4, r5 ; }
.endm

.macro copy_bytes_of_row
  { sub r5, r5, 1 ; }
.Lbyte\@:
  { add r10, r10, 1 ; ld8u r7, r10[r3] }
  st8 r7, r4[r3]
  { add r4, r4, 1 ; }
  { sub r5, r5, 1 ; bt r5, .Lbyte\@ }
.endm

// Row after row; `fill` and `copy` are macros.
.macro pad_all_rows fill, copy
.Lrow\@:
  input_row .Loutside\@
  { ; ldw r5, r0[arguments.beforeBytes] }
  \fill
  { ; ldw r5, r0[arguments.rowBytes] }
  \copy
  { ; ldw r5, r0[arguments.afterBytes] }
  \fill
.Lnext\@:
  { sub r2, r2, 1 ; add r1, r1, 1 }
  { ; bt r2, .Lrow\@ }
  { ; bu .Ldone }
.Loutside\@:
  { ; ldw r5, r0[arguments.beforeBytes] }
  { ; ldw r7, r0[arguments.rowBytes] }
  { add r5, r5, r7 ; ldw r7, r0[arguments.afterBytes] }
  { add r5, r5, r7 ; }
  \fill
  { ; bu .Lnext\@ }
.endm

.text
.issue_mode dual
.align 16
.globl pad_rows
.type pad_rows, @function
pad_rows:
  dualentsp 10
  std r5, r4, sp[1]
  std r7, r6, sp[2]
  std r9, r8, sp[3]
  { sub r2, r2, r1 ; stw r10, sp[8] }
  { ; bf r2, .Ldone }
  { ldc r3, 32 ; ldw r4, r0[arguments.beforeBytes] }
  { ; ldw r5, r0[arguments.rowBytes] }
  { add r4, r4, r5 ; ldw r5, r0[arguments.afterBytes] }
  { add r4, r4, r5 ; ldw r5, r0[arguments.output] }
  mul r4, r4, r1
  { add r4, r4, r5 ; ldw r6, r0[arguments.fill] }
  { ; ldw r5, r0[arguments.byBytes] }
  { ; bt r5, .Lby_bytes }
  pad_all_rows fill_words_of_row, copy_words_of_row
.Lby_bytes:
  { ldc r3, 0 ; }
  pad_all_rows fill_bytes_of_row, copy_bytes_of_row
.Ldone:
  ldd r5, r4, sp[1]
  ldd r7, r6, sp[2]
  ldd r9, r8, sp[3]
  { ; ldw r10, sp[8] }
  retsp 10
.size pad_rows, . - pad_rows
