// stream_copy(const StreamCopyEntry *, begin, end, scratch): see call.h.

.set entry.source, 0
.set entry.destination, 1
.set entry.lines, 2
.set entry.bytes, 12

.set line, 32

.text
.issue_mode dual
.align 16
.globl stream_copy
.type stream_copy, @function
stream_copy:
  dualentsp 6
  { lsu r3, r1, r2 ; stw r4, sp[2] }
  std r6, r5, sp[2]
  { sub r2, r2, r1 ; bf r3, .Ldone }
  { ldc r6, entry.bytes ; }
  mul r1, r1, r6
  { add r0, r0, r1 ; ldc r5, line }
  { add r4, r5, r5 ; }
// r0 = entry, r2 = entries left, r4 = two lines, r5 = line, r6 = bytes of an entry
.Lentry:
  { ; ldw r3, r0[entry.lines] }
  { sub r2, r2, 1 ; ldw r11, r0[entry.source] }
  { add r0, r0, r6 ; ldw r1, r0[entry.destination] }
  { ; bu .Lline }
// r1 = destination, r3 = lines left, r11 = source. While one line is on its way the one behind it is asked for.
.align 16
.Lline:
  { add r11, r11, r4 ; vldr r11[0] }
  { sub r3, r3, 1 ; prefetch r11 }
  { sub r11, r11, r5 ; vstr r1[0] }
  { add r1, r1, r5 ; bt r3, .Lline }
  { ; bt r2, .Lentry }
.Ldone:
  ldd r6, r5, sp[2]
  { ; ldw r4, sp[2] }
  retsp 6
.size stream_copy, . - stream_copy
