;; The VM's self-test: the 30th Fibonacci number, computed in a loop, as a Borsh u64.
;; Built by: wat2wasm self-test.wat, then the custom section xwasm.abi appended (see VmSelfTest).
(module
  (import "xwasm" "ret" (func $ret (param i32 i32)))
  (memory (export "memory") 1 1)
  (func (export "fibonacci")
    (local $a i64) (local $b i64) (local $t i64) (local $n i32)
    (local.set $b (i64.const 1))
    (loop $again
      (local.set $t (i64.add (local.get $a) (local.get $b)))
      (local.set $a (local.get $b))
      (local.set $b (local.get $t))
      (local.set $n (i32.add (local.get $n) (i32.const 1)))
      (br_if $again (i32.lt_u (local.get $n) (i32.const 30))))
    (i64.store (i32.const 0) (local.get $a))
    (call $ret (i32.const 0) (i32.const 8))))
