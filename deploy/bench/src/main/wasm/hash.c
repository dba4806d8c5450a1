// A hash over a buffer in memory, which it also changes: loads, stores, multiplications.
typedef unsigned long long u64;
typedef unsigned int u32;

__attribute__((import_module("xwasm"), import_name("ret"))) void ret(const void *from, u32 length);

static u64 words[1024];
static u64 result;

__attribute__((export_name("x"))) void x(void) {
  for (u32 i = 0; i < 1024; i++) words[i] = i * 0x9e3779b97f4a7c15ull;
  u64 hash = 0xcbf29ce484222325ull;
  for (u32 round = 0; round < 1000; round++) {
    for (u32 i = 0; i < 1024; i++) {
      hash = (hash ^ words[i]) * 0x100000001b3ull;
      words[i] = (hash << 23) | (hash >> 41);
    }
  }
  result = hash;
  ret(&result, 8);
}
