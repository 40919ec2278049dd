// Where the program meets its host (isa/c-programs.md section 10). A simulator stops at these two
// symbols; the code here is what runs when nobody listens.

// uint32_t _DoSyscall(number, a, b, c): asks the host for a service; -1 when there is no host.
// Two short instructions on a multiple of 4: they run in both issue modes, as two instructions or
// as one packet.
    .text
    .issue_mode single
    .align 4
    .globl _DoSyscall
    .type _DoSyscall, @function
_DoSyscall:
    mkmsk r0, 32
    retsp 0
.Lsyscall_end:
    .size _DoSyscall, .Lsyscall_end - _DoSyscall

// Reached out of the trap handler with et, ed, spc and ssr as the exception left them.
    .align 4
    .globl _DoException
    .type _DoException, @function
_DoException:
    bu _DoException
.Lexception_end:
    .size _DoException, .Lexception_end - _DoException
