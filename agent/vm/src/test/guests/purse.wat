;; A contract written by hand from ABI.md alone: takes native value and gives it back to whoever
;; asks for it, all at once.
(module
  (import "xwasm" "caller" (func $caller (param i32)))
  (import "xwasm" "value" (func $value (param i32)))
  (import "xwasm" "self_address" (func $self (param i32)))
  (import "xwasm" "balance" (func $balance (param i32 i32)))
  (import "xwasm" "call" (func $call (param i32 i32 i32 i32 i32 i32 i64) (result i32)))
  (import "xwasm" "ret" (func $ret (param i32 i32)))
  (import "xwasm" "revert" (func $revert (param i32 i32 i32)))
  (import "xwasm" "storage_get" (func $get (param i32 i32 i32 i32) (result i32)))
  (import "xwasm" "storage_set" (func $set (param i32 i32 i32 i32)))
  (memory (export "memory") 1)
  (data (i32.const 0) "ownerempty")
  ;; 64: an address, 96: a u128

  ;; fill(): whoever fills it first owns it; returns what came
  (func (export "fill")
    (if (i32.eq (call $get (i32.const 0) (i32.const 5) (i32.const 64) (i32.const 32)) (i32.const -1))
      (then
        (call $caller (i32.const 64))
        (call $set (i32.const 0) (i32.const 5) (i32.const 64) (i32.const 32))))
    (call $value (i32.const 96))
    (call $ret (i32.const 96) (i32.const 16)))

  ;; empty(): pays everything to the owner; returns how much that was
  (func (export "empty")
    (if (i32.eq (call $get (i32.const 0) (i32.const 5) (i32.const 64) (i32.const 32)) (i32.const -1))
      (then (call $revert (i32.const 13) (i32.const 5) (i32.const 5))))
    (call $self (i32.const 128))
    (call $balance (i32.const 128) (i32.const 96))
    (if (call $call (i32.const 64) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0)
          (i32.const 96) (i64.const 0))
      (then (unreachable)))
    (call $ret (i32.const 96) (i32.const 16))))
