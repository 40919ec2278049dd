// Start-up: from reset (thread 0, single issue, no register set) to main and from main to exit.

.set service.arguments, 13
.set synchroniser, 3 // for getr
.set argument_bytes, 1024
.set standard_error, 2

// What an exception finds at kep, and a kernel call 64 bytes behind it. The issue mode there may be
// either; entsp makes it single.
    .text
    .issue_mode single
    .align 128
.Ltrap:
    entsp_lu6 0
    bu _DoException
    .align 64
    entsp_lu6 0
    bu _DoException

    .issue_mode dual
    .align 4
    .globl _start
    .type _start, @function
_start:
    dualentsp 0
    ldap r11, _cp
    { ; set cp, r11 }
    ldap r11, .Ldp
    { ; ldw r11, r11[0] }
    { ; set dp, r11 }
    ldap r11, .Lstack_top
    { ; ldw r11, r11[0] }
    { ; set sp, r11 }
    ldap r11, .Ltrap
    { set kep, r11 ; }

// All other threads take cp, dp and kep once: they keep them when they are freed and allocated again.
    getr r0, synchroniser
    { ; bf r0, .Lready }
    ldap r11, .Lslave
    mov r1, r11
.Ltake:
    getst r2, res[r0]
    { ; bf r2, .Ltaken }
    init t[r2]:pc, r1
    { ; bu .Ltake }
.Ltaken:
    msync res[r0]
    mjoin res[r0]
    freer res[r0]
.Lready:

// Clears the zeroed variables, 32 bytes at a time, then 8: both ends are multiples of 8.
    ldap r11, .Lzeroed
    { ; ldw r0, r11[0] }
    { ; ldw r11, r11[1] }
    { sub r1, r11, r0 ; vclrdr }
    { shr r2, r1, 5 ; ldc r3, 32 }
    { ; bf r2, .Ltail }
.Lclear32:
    { sub r2, r2, 1 ; vstr r0[0] }
    { add r0, r0, r3 ; bt r2, .Lclear32 }
.Ltail:
    { lsu r1, r0, r11 ; ldc r2, 0 }
    { ; bf r1, .Lcleared }
.Lclear8:
    std r2, r2, r0[0]
    add r0, r0, 8
    lsu r1, r0, r11
    { ; bt r1, .Lclear8 }
.Lcleared:

// Start functions, in three groups.
    ldap r11, .Lpreinit
    { ; ldw r0, r11[0] }
    { ; ldw r1, r11[1] }
    bl .Lcall_all
    ldap r11, .Linit
    { ; ldw r0, r11[0] }
    { ; ldw r1, r11[1] }
    bl .Lcall_all
    ldap r11, .Lbothinit
    { ; ldw r0, r11[0] }
    { ; ldw r1, r11[1] }
    bl .Lcall_all

// The arguments: the host fills pointers and texts in, or answers -1 (no host: none), or -2.
    ldap r11, .Larguments_address
    { ; ldw r1, r11[0] }
    mov r4, r1
    ldc r2, argument_bytes
    ldc r0, service.arguments
    bl _DoSyscall
    add r1, r0, 2
    { ldc r2, 0 ; bf r1, .Ltoo_many }
    lss r1, r0, r2
    { ; bf r1, .Lrun }
    { ldc r0, 0 ; stw r2, r4[0] }
.Lrun:
    mov r1, r4
// Called in single issue: right for functions that begin with entsp or dualentsp, and for plain single-issue code.
    entsp_lu6 0
    .issue_mode single
    bl main
    bl exit

    .issue_mode dual
    .align 4
.Ltoo_many:
    ldap r11, .Lmessage
    { mov r1, r11 ; ldc r0, standard_error }
    ldc r2, .Lmessage_end - .Lmessage
    bl xs3_write
    ldc r0, 1
    bl _exit
.Lstart_end:
    .size _start, .Lstart_end - _start

    .align 4
.Lslave:
    dualentsp 0
    ldap r11, _cp
    { ; set cp, r11 }
    ldap r11, .Ldp
    { ; ldw r11, r11[0] }
    { ; set dp, r11 }
    ldap r11, .Ltrap
    { set kep, r11 ; }
    ssync

// Calls the functions whose addresses stand from r0 up to r1, in single issue as main.
    .issue_mode single
    .align 4
.Lcall_all:
    entsp_lu6 4
    stw r4, sp[1]
    stw r5, sp[2]
    mov r4, r0
    mov r5, r1
    bu .Lmore
.Lnext:
    ldw r11, r4[0]
    add r4, r4, 4
    bla r11
.Lmore:
    lsu r0, r4, r5
    bt r0, .Lnext
    ldw r4, sp[1]
    ldw r5, sp[2]
    retsp 4

// What lies behind the constants of a large network, or behind its arena, is beyond the reach of ldap: its addresses
// stand here.
    .align 4
.Ldp:
    .long _dp
.Lstack_top:
    .long _sp
.Lzeroed:
    .long __bss_start, __bss_end
.Lpreinit:
    .long __preinit_array_start, __preinit_array_end
.Linit:
    .long __init_array_start, __init_array_end
.Lbothinit:
    .long __bothinit_array_start, __bothinit_array_end
.Larguments_address:
    .long .Larguments
.Lmessage:
    .ascii "the program's arguments do not fit into 1024 bytes\n"
.Lmessage_end:
    .align 4

    .section .noinit, "aw", @nobits
    .align 4
.Larguments:
    .space argument_bytes
