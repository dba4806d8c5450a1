// A module of a hundred kilobytes, for how long it takes to deploy one.
typedef unsigned long long u64;
typedef unsigned int u32;

__attribute__((import_module("xwasm"), import_name("ret"))) void ret(const void *from, u32 length);

static u64 state[64];

#define FUNCTION(n)                                                                          \
  static __attribute__((noinline)) u64 f##n(u64 a, u64 b, u32 times) {                       \
    for (u32 i = 0; i < times; i++) {                                                        \
      u64 c = a * (0x##n##7654321ull + i), d = b ^ (c >> 0x1##n % 60);                       \
      if (d % (n##1 + 3) == 0) a += state[(a + n##1) & 63]; else b -= c / (d | 1);           \
      switch ((a ^ b) & 7) {                                                                 \
        case 0: state[d & 63] = a; break;                                                    \
        case 1: a = (a << 13) | (a >> 51); break;                                            \
        case 2: b += state[(b >> 7) & 63] * n##7; break;                                     \
        case 3: state[(a >> 3) & 63] ^= c; break;                                            \
        case 4: a ^= b * 0x9e3779b97f4a7c15ull; break;                                       \
        case 5: b = (b >> 9) | (c << 55); break;                                             \
        default: a += d; b ^= a;                                                             \
      }                                                                                      \
    }                                                                                        \
    return a ^ b;                                                                            \
  }
#define CALL(n) f##n,

#define TEN(m, p) m(p##0) m(p##1) m(p##2) m(p##3) m(p##4) m(p##5) m(p##6) m(p##7) m(p##8) m(p##9)
#define HUNDRED(m, p) TEN(m, p##1) TEN(m, p##2) TEN(m, p##3) TEN(m, p##4) TEN(m, p##5) TEN(m, p##6) \
  TEN(m, p##7) TEN(m, p##8) TEN(m, p##9)
#define ALL(m) HUNDRED(m, 1) HUNDRED(m, 2) HUNDRED(m, 3) TEN(m, 41) TEN(m, 42) TEN(m, 43) TEN(m, 44) \
  TEN(m, 45) TEN(m, 46) TEN(m, 47)

ALL(FUNCTION)

static u64 (*const table[])(u64, u64, u32) = {ALL(CALL)};

__attribute__((export_name("x"))) void x(void) {
  u64 sum = 7;
  for (u32 i = 0; i < sizeof(table) / sizeof(table[0]); i++) sum ^= table[i](sum, sum + i, 3);
  state[0] = sum;
  ret(state, 8);
}
