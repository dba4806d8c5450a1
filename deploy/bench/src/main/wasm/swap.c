// Swaps in a constant-product pool, again and again: 64-bit amounts, 128-bit products, no memory.
typedef unsigned long long u64;
typedef unsigned int u32;

__attribute__((import_module("xwasm"), import_name("ret"))) void ret(const void *from, u32 length);

// a * b / d for a quotient that fits 64 bits; the product in four parts, the division by bits.
static u64 multiply_divide(u64 a, u64 b, u64 d) {
  u64 al = a & 0xffffffff, ah = a >> 32, bl = b & 0xffffffff, bh = b >> 32;
  u64 low = al * bl, middle = ah * bl + (low >> 32), other = al * bh + (middle & 0xffffffff);
  u64 high = ah * bh + (middle >> 32) + (other >> 32);
  low = (other << 32) | (low & 0xffffffff);
  if (high == 0) return low / d;
  for (int i = 0; i < 64; i++) {
    u64 carry = high >> 63;
    high = (high << 1) | (low >> 63);
    low <<= 1;
    if (carry || high >= d) {
      high -= d;
      low |= 1;
    }
  }
  return low;
}

__attribute__((export_name("x"))) void x(void) {
  u64 a = 900000000000000000ull, b = 400000000000000000ull, seed = 7, checked = 0;
  for (u32 i = 0; i < 20000; i++) {
    seed = seed * 6364136223846793005ull + 1442695040888963407ull;
    u64 in = (seed >> 20) + 1, net = in - in / 333;
    if (i & 1) {
      u64 out = multiply_divide(b, net, a + net);
      a += in, b -= out, checked ^= out;
    } else {
      u64 out = multiply_divide(a, net, b + net);
      b += in, a -= out, checked ^= out;
    }
  }
  static u64 result;
  result = checked + a;
  ret(&result, 8);
}
