// Services of the run-time for kernels and programs, callable from both issue modes.

.set service.exit, 0
.set service.write, 6
.set service.done, 7
.set standard_output, 1

    .text

// void exit(status): runs the end functions, last one first and in single issue, and ends the program.
    .issue_mode single
    .align 4
    .globl exit
    .type exit, @function
exit:
    entsp_lu6 2
    mov r4, r0
    ldap r11, __fini_array_start
    mov r5, r11
    ldap r11, __fini_array_end
    mov r6, r11
    bu .Lmore_ends
.Lnext_end:
    sub r6, r6, 4
    ldw r11, r6[0]
    bla r11
.Lmore_ends:
    lsu r0, r5, r6
    bt r0, .Lnext_end
    mov r0, r4
    bl _exit
.Lexit_end:
    .size exit, .Lexit_end - exit

// void _exit(status): ends the program without the end functions.
    .issue_mode dual
    .align 4
    .globl _exit
    .type _exit, @function
_exit:
    dualentsp 2
    { mov r1, r0 ; ldc r0, service.exit }
    bl _DoSyscall
    bl _done
.L_exit_end:
    .size _exit, .L_exit_end - _exit

// void _done(): this tile has ended; the program ends when all have.
    .align 4
    .globl _done
    .type _done, @function
_done:
    dualentsp 2
.Ldone:
    ldc r0, service.done
    bl _DoSyscall
    bu .Ldone
.Ldone_end:
    .size _done, .Ldone_end - _done

// int xs3_write(descriptor, const void *bytes, uint32_t count): the number written, or -1.
    .align 4
    .globl xs3_write
    .type xs3_write, @function
xs3_write:
    dualentsp 2
    { mov r3, r2 ; mov r2, r1 }
    { mov r1, r0 ; ldc r0, service.write }
    bl _DoSyscall
    retsp 2
.Lwrite_end:
    .size xs3_write, .Lwrite_end - xs3_write

// int xs3_print(const char *text): a zero-terminated text to standard output.
    .align 4
    .globl xs3_print
    .type xs3_print, @function
xs3_print:
    dualentsp 2
    { mov r1, r0 ; ldc r2, 0 }
.Lcount:
    ld8u r3, r1[r2]
    { add r2, r2, 1 ; bt r3, .Lcount }
    { sub r2, r2, 1 ; ldc r0, standard_output }
    bl xs3_write
    retsp 2
.Lprint_end:
    .size xs3_print, .Lprint_end - xs3_print
