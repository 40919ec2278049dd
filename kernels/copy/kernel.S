// copy_bytes(const CopyArguments *, begin, end, scratch): see call.h. 32 bytes a turn, the last ones under a mask.

.set arguments.input, 0
.set arguments.output, 1
.set arguments.last, 2
.set arguments.lastMask, 3

.text
.issue_mode dual
.align 16
.globl copy_bytes
.type copy_bytes, @function
copy_bytes:
  dualentsp 0
  { lsu r3, r1, r2 ; ldw r11, r0[arguments.last] }
  { sub r2, r2, 1 ; bf r3, .Ldone }
  // r1 = output, r2 = whole units, r3 = 32, r11 = input, r0 = whether the last unit is the call's last
  { eq r3, r2, r11 ; sub r2, r2, r1 }   // units but one
  { shl r1, r1, 5 ; ldw r11, r0[arguments.input] }
  { add r11, r11, r1 ; bt r3, .Lto_the_end }
  { add r2, r2, 1 ; ldw r0, r0[arguments.output] }
  { add r1, r0, r1 ; ldc r3, 32 }
  { ldc r0, 0 ; bu .Lcopy }
.Lto_the_end:
  { ; ldw r3, r0[arguments.output] }
  { add r1, r3, r1 ; ldw r0, r0[arguments.lastMask] }
  { ldc r3, 32 ; bf r2, .Llast }
.Lcopy:
  { sub r2, r2, 1 ; }
.align 16
.Lvector:
  { add r11, r11, r3 ; vldr r11[0] }
  { add r1, r1, r3 ; vstr r1[0] }
  { sub r2, r2, 1 ; bt r2, .Lvector }
.Llast:
  { ; bf r0, .Ldone }
  { ; vldr r11[0] }
  vstrpv r1[0], r0
.Ldone:
  retsp 0
.size copy_bytes, . - copy_bytes
