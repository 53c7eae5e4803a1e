;; The two passes of resample.ts with SIMD. Sums are exact: a 23-bit weight w is given as two 16-bit parts,
;; w = high * 2^11 + low, so that i32x4.dot_i16x8_s adds the products of two taps in four lanes at once.
;; Parts stand in memory as [target, stride] int16, stride taps to a target, unused ones 0.
;; Reads and writes may reach up to 16 bytes past what they need: the caller leaves room.
(module
  (memory (export "memory") 1)

  ;; (high << 11) + low, rounded from 22 bits after the point to whole levels.
  (func $level (param $high v128) (param $low v128) (result v128)
    (i32x4.shr_s
      (i32x4.add
        (i32x4.add (i32x4.shl (local.get $high) (i32.const 11)) (local.get $low))
        (v128.const i32x4 0x200000 0x200000 0x200000 0x200000))
      (i32.const 22)))

  ;; Along the lines of an RGB image. starts: byte offset in the line of each target's first tap; stride even.
  (func (export "columns3")
    (param $source i32) (param $target i32) (param $rows i32) (param $line i32)
    (param $length i32) (param $starts i32) (param $highs i32) (param $lows i32) (param $stride i32)
    (local $i i32) (local $from i32) (local $at i32) (local $end i32) (local $toLow i32)
    (local $high v128) (local $low v128) (local $pixels v128)
    (local.set $toLow (i32.sub (local.get $lows) (local.get $highs)))
    (block $done
      (loop $row
        (br_if $done (i32.eqz (local.get $rows)))
        (local.set $i (i32.const 0))
        (local.set $at (local.get $highs))
        (loop $next
          (local.set $from
            (i32.add (local.get $source)
              (i32.load (i32.add (local.get $starts) (i32.shl (local.get $i) (i32.const 2))))))
          (local.set $end (i32.add (local.get $at) (i32.shl (local.get $stride) (i32.const 1))))
          (local.set $high (v128.const i32x4 0 0 0 0))
          (local.set $low (v128.const i32x4 0 0 0 0))
          (loop $taps
            ;; r0 g0 b0 r1 g1 b1 becomes, as int16: r0 r1 g0 g1 b0 b1 0 0.
            (local.set $pixels
              (i8x16.swizzle (v128.load64_zero (local.get $from))
                (v128.const i8x16 0 255 3 255 1 255 4 255 2 255 5 255 255 255 255 255)))
            (local.set $high
              (i32x4.add (local.get $high)
                (i32x4.dot_i16x8_s (local.get $pixels) (v128.load32_splat (local.get $at)))))
            (local.set $low
              (i32x4.add (local.get $low)
                (i32x4.dot_i16x8_s (local.get $pixels)
                  (v128.load32_splat (i32.add (local.get $at) (local.get $toLow))))))
            (local.set $from (i32.add (local.get $from) (i32.const 6)))
            (br_if $taps
              (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 4))) (local.get $end))))
          (local.set $pixels (call $level (local.get $high) (local.get $low)))
          (local.set $pixels (i16x8.narrow_i32x4_s (local.get $pixels) (local.get $pixels)))
          (v128.store32_lane 0 (local.get $target)
            (i8x16.narrow_i16x8_u (local.get $pixels) (local.get $pixels)))
          (local.set $target (i32.add (local.get $target) (i32.const 3)))
          (br_if $next
            (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (local.get $length))))
        (local.set $source (i32.add (local.get $source) (local.get $line)))
        (local.set $rows (i32.sub (local.get $rows) (i32.const 1)))
        (br $row))))

  ;; Along the lines of a grey image; stride a multiple of 8.
  (func (export "columns1")
    (param $source i32) (param $target i32) (param $rows i32) (param $line i32)
    (param $length i32) (param $starts i32) (param $highs i32) (param $lows i32) (param $stride i32)
    (local $i i32) (local $from i32) (local $at i32) (local $end i32) (local $toLow i32)
    (local $high v128) (local $low v128) (local $pixels v128)
    (local.set $toLow (i32.sub (local.get $lows) (local.get $highs)))
    (block $done
      (loop $row
        (br_if $done (i32.eqz (local.get $rows)))
        (local.set $i (i32.const 0))
        (local.set $at (local.get $highs))
        (loop $next
          (local.set $from
            (i32.add (local.get $source)
              (i32.load (i32.add (local.get $starts) (i32.shl (local.get $i) (i32.const 2))))))
          (local.set $end (i32.add (local.get $at) (i32.shl (local.get $stride) (i32.const 1))))
          (local.set $high (v128.const i32x4 0 0 0 0))
          (local.set $low (v128.const i32x4 0 0 0 0))
          (loop $taps
            (local.set $pixels (v128.load8x8_u (local.get $from)))
            (local.set $high
              (i32x4.add (local.get $high)
                (i32x4.dot_i16x8_s (local.get $pixels) (v128.load (local.get $at)))))
            (local.set $low
              (i32x4.add (local.get $low)
                (i32x4.dot_i16x8_s (local.get $pixels)
                  (v128.load (i32.add (local.get $at) (local.get $toLow))))))
            (local.set $from (i32.add (local.get $from) (i32.const 8)))
            (br_if $taps
              (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 16))) (local.get $end))))
          ;; The four lanes hold parts of one sum: both are folded, then rounded in lane 0.
          (local.set $pixels (call $level (call $fold (local.get $high)) (call $fold (local.get $low))))
          (local.set $pixels (i16x8.narrow_i32x4_s (local.get $pixels) (local.get $pixels)))
          (v128.store8_lane 0 (local.get $target)
            (i8x16.narrow_i16x8_u (local.get $pixels) (local.get $pixels)))
          (local.set $target (i32.add (local.get $target) (i32.const 1)))
          (br_if $next
            (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (local.get $length))))
        (local.set $source (i32.add (local.get $source) (local.get $line)))
        (local.set $rows (i32.sub (local.get $rows) (i32.const 1)))
        (br $row))))

  ;; The sum of the four lanes, in every lane.
  (func $fold (param $v v128) (result v128)
    (local.set $v
      (i32x4.add (local.get $v)
        (i8x16.shuffle 8 9 10 11 12 13 14 15 0 1 2 3 4 5 6 7 (local.get $v) (local.get $v))))
    (i32x4.add (local.get $v)
      (i8x16.shuffle 4 5 6 7 0 1 2 3 12 13 14 15 8 9 10 11 (local.get $v) (local.get $v))))

  ;; Down the columns, 16 bytes of a line at a time whatever they are. starts: byte offset of each target
  ;; line's first tap from source; stride even.
  (func (export "rows")
    (param $source i32) (param $target i32) (param $line i32)
    (param $length i32) (param $starts i32) (param $highs i32) (param $lows i32) (param $stride i32)
    (local $x i32) (local $from i32) (local $at i32) (local $end i32) (local $first i32) (local $toLow i32)
    (local $h0 v128) (local $h1 v128) (local $h2 v128) (local $h3 v128)
    (local $l0 v128) (local $l1 v128) (local $l2 v128) (local $l3 v128)
    (local $a v128) (local $b v128) (local $high v128) (local $low v128) (local $pair v128)
    (local.set $toLow (i32.sub (local.get $lows) (local.get $highs)))
    (block $done
      (loop $row
        (br_if $done (i32.eqz (local.get $length)))
        (local.set $first (i32.add (local.get $source) (i32.load (local.get $starts))))
        (local.set $end (i32.add (local.get $highs) (i32.shl (local.get $stride) (i32.const 1))))
        (local.set $x (i32.const 0))
        (loop $next
          (local.set $from (i32.add (local.get $first) (local.get $x)))
          (local.set $at (local.get $highs))
          (local.set $h0 (v128.const i32x4 0 0 0 0))
          (local.set $h1 (local.get $h0))
          (local.set $h2 (local.get $h0))
          (local.set $h3 (local.get $h0))
          (local.set $l0 (local.get $h0))
          (local.set $l1 (local.get $h0))
          (local.set $l2 (local.get $h0))
          (local.set $l3 (local.get $h0))
          (loop $taps
            (local.set $high (v128.load32_splat (local.get $at)))
            (local.set $low (v128.load32_splat (i32.add (local.get $at) (local.get $toLow))))
            (local.set $a (v128.load (local.get $from)))
            (local.set $b (v128.load (i32.add (local.get $from) (local.get $line))))
            (local.set $pair
              (i8x16.shuffle 0 16 1 17 2 18 3 19 4 20 5 21 6 22 7 23 (local.get $a) (local.get $b)))
            (local.set $b
              (i8x16.shuffle 8 24 9 25 10 26 11 27 12 28 13 29 14 30 15 31 (local.get $a) (local.get $b)))
            (local.set $a (i16x8.extend_low_i8x16_u (local.get $pair)))
            (local.set $h0 (i32x4.add (local.get $h0) (i32x4.dot_i16x8_s (local.get $a) (local.get $high))))
            (local.set $l0 (i32x4.add (local.get $l0) (i32x4.dot_i16x8_s (local.get $a) (local.get $low))))
            (local.set $a (i16x8.extend_high_i8x16_u (local.get $pair)))
            (local.set $h1 (i32x4.add (local.get $h1) (i32x4.dot_i16x8_s (local.get $a) (local.get $high))))
            (local.set $l1 (i32x4.add (local.get $l1) (i32x4.dot_i16x8_s (local.get $a) (local.get $low))))
            (local.set $a (i16x8.extend_low_i8x16_u (local.get $b)))
            (local.set $h2 (i32x4.add (local.get $h2) (i32x4.dot_i16x8_s (local.get $a) (local.get $high))))
            (local.set $l2 (i32x4.add (local.get $l2) (i32x4.dot_i16x8_s (local.get $a) (local.get $low))))
            (local.set $a (i16x8.extend_high_i8x16_u (local.get $b)))
            (local.set $h3 (i32x4.add (local.get $h3) (i32x4.dot_i16x8_s (local.get $a) (local.get $high))))
            (local.set $l3 (i32x4.add (local.get $l3) (i32x4.dot_i16x8_s (local.get $a) (local.get $low))))
            (local.set $from
              (i32.add (local.get $from) (i32.shl (local.get $line) (i32.const 1))))
            (br_if $taps
              (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 4))) (local.get $end))))
          (v128.store (i32.add (local.get $target) (local.get $x))
            (i8x16.narrow_i16x8_u
              (i16x8.narrow_i32x4_s
                (call $level (local.get $h0) (local.get $l0))
                (call $level (local.get $h1) (local.get $l1)))
              (i16x8.narrow_i32x4_s
                (call $level (local.get $h2) (local.get $l2))
                (call $level (local.get $h3) (local.get $l3)))))
          (br_if $next
            (i32.lt_u (local.tee $x (i32.add (local.get $x) (i32.const 16))) (local.get $line))))
        (local.set $target (i32.add (local.get $target) (local.get $line)))
        (local.set $starts (i32.add (local.get $starts) (i32.const 4)))
        (local.set $highs (local.get $end))
        (local.set $length (i32.sub (local.get $length) (i32.const 1)))
        (br $row)))))
