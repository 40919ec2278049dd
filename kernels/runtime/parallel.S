// xs3_alone, xs3_parallel, xs3_team_begin, xs3_team_end: see parallel.h.
//
// A team's slaves come to two barriers in each step: one where they say that they are done, and one where they wait for
// the next step. So the master's first msync starts the step and its second one ends it.

// Words of Team.
.set team.threads, 0
.set team.scratch, 1
.set team.scratchStep, 2
.set team.mailbox, 3
.set team.stacks, 4
.set team.stackStep, 5

// Words of the mailbox.
.set mailbox.synchroniser, 0
.set mailbox.jobs, 1

// Words of a Job, and the bits of its size.
.set job.kernel, 0              // and the arguments behind it
.set job.begin, 2               // and the end behind it
.set job.shift, 4

.set synchroniser, 3            // for getr

.text
.issue_mode dual

.align 16
.globl xs3_alone
.type xs3_alone, @function
xs3_alone:
  dualentsp 2
  { mov r2, r0 ; ldw r3, r1[team.scratch] }
  ldd r0, r11, r2[job.kernel / 2]
  ldd r2, r1, r2[job.begin / 2]
  { ; bla r11 }
  retsp 2
.size xs3_alone, . - xs3_alone

.align 16
.globl xs3_parallel
.type xs3_parallel, @function
xs3_parallel:
  dualentsp 4
  { mov r2, r0 ; stw r4, sp[2] }
  { ; ldw r4, r1[team.mailbox] }
  { ; stw r0, r4[mailbox.jobs] }
  { ; ldw r4, r4[mailbox.synchroniser] }
  { msync res[r4] ; }
  { ; ldw r3, r1[team.scratch] }
  ldd r0, r11, r2[job.kernel / 2]
  ldd r2, r1, r2[job.begin / 2]
  { ; bf r11, .Lmaster_done }
  { ; bla r11 }
.Lmaster_done:
  { msync res[r4] ; }
  { ; ldw r4, sp[2] }
  retsp 4
.size xs3_parallel, . - xs3_parallel

// A slave: r0 = its number, r1 = team. The kernels preserve r4 .. r6.
.align 16
.Lslave:
  dualentsp 2
  { shl r4, r0, job.shift ; ldw r5, r1[team.mailbox] }
  { ; ldw r6, r1[team.scratch] }
  { ; ldw r1, r1[team.scratchStep] }
  mul r1, r1, r0
  { add r6, r6, r1 ; bu .Lwork }
.align 16
.Lwork:
  { mov r3, r6 ; ldw r2, r5[mailbox.jobs] }
  { add r2, r2, r4 ; }
  ldd r0, r11, r2[job.kernel / 2]
  ldd r2, r1, r2[job.begin / 2]
  { ; bf r11, .Lslave_done }
  { ; bla r11 }
.Lslave_done:
  { ssync ; }                   // done
  { ssync ; }                   // the next step, or the end
  { ; bu .Lwork }

.align 16
.globl xs3_team_begin
.type xs3_team_begin, @function
xs3_team_begin:
  dualentsp 8
  std r5, r4, sp[1]
  std r7, r6, sp[2]
  { mov r4, r0 ; ldw r5, r0[team.mailbox] }
  getr r6, synchroniser
  { ecallf r6 ; stw r6, r5[mailbox.synchroniser] }
  ldap r11, .Lslave
  { mov r1, r11 ; ldw r2, r4[team.stacks] }
  { ldc r5, 1 ; ldw r3, r4[team.threads] }
  // r1 = where a slave begins, r2 = its stack, r3 = threads, r4 = team, r5 = its number, r6 = synchroniser
  { ; bu .Lall }
.Lnext:
  getst r0, res[r6]
  { ecallf r0 ; ldw r7, r4[team.stackStep] }
  { add r2, r2, r7 ; ldc r7, 8 }
  { sub r7, r2, r7 ; }          // its first word takes the slave's lr
  init t[r0]:pc, r1
  init t[r0]:sp, r7
  set t[r0]:r0, r5
  set t[r0]:r1, r4
  { add r5, r5, 1 ; }
.Lall:
  { lsu r7, r5, r3 ; }
  { ; bt r7, .Lnext }
  ldd r5, r4, sp[1]
  ldd r7, r6, sp[2]
  retsp 8
.size xs3_team_begin, . - xs3_team_begin

.align 16
.globl xs3_team_end
.type xs3_team_end, @function
xs3_team_end:
  dualentsp 0
  { ; ldw r0, r0[team.mailbox] }
  { ; ldw r0, r0[mailbox.synchroniser] }
  { mjoin res[r0] ; }
  { freer res[r0] ; }
  retsp 0
.size xs3_team_end, . - xs3_team_end
