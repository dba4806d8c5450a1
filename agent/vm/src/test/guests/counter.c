// A contract in C, made from ABI.md alone: counts for each account, with an event.
typedef unsigned char u8;
typedef unsigned int u32;
typedef unsigned long long u64;

#define HOST(name) __attribute__((import_module("xwasm"), import_name(#name)))
#define METHOD(name) __attribute__((export_name(#name))) void name(void)

HOST(input_length) u32 input_length(void);
HOST(input_read) void input_read(void *to);
HOST(caller) void caller(void *to);
HOST(storage_get) int storage_get(const void *key, u32 key_length, void *to, u32 capacity);
HOST(storage_set) void storage_set(const void *key, u32 key_length, const void *value, u32 length);
HOST(emit) void emit(const void *topic, u32 topic_length, const void *data, u32 length);
HOST(ret) void ret(const void *from, u32 length);
HOST(revert) void revert(u32 kind, const void *message, u32 length);

enum { BAD_ARGUMENTS = 2, MATH = 12 };
enum { ADDRESS = 32 };

// Key: 'c' and the account. Value and event data: Borsh.
static struct __attribute__((packed)) { u8 prefix; u8 account[ADDRESS]; } key = {'c', {0}};
static struct __attribute__((packed)) { u8 account[ADDRESS]; u64 count; } counted;

static u64 stored(void) {
  u64 count = 0;
  storage_get(&key, sizeof key, &count, sizeof count);
  return count;
}

// add(by: u64) -> u64
METHOD(add) {
  u64 by = 0;
  if (input_length() != sizeof by) revert(BAD_ARGUMENTS, "add takes one u64", 17);
  input_read(&by);
  caller(key.account);
  u64 count = stored() + by;
  if (count < by) revert(MATH, "the counter is full", 19);
  storage_set(&key, sizeof key, &count, sizeof count);
  caller(counted.account);
  counted.count = count;
  emit("Counted", 7, &counted, sizeof counted);
  ret(&count, sizeof count);
}

// count(account: address) -> u64
METHOD(count) {
  if (input_length() != ADDRESS) revert(BAD_ARGUMENTS, "count takes one address", 23);
  input_read(key.account);
  u64 count = stored();
  ret(&count, sizeof count);
}
