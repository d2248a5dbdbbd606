package dev.redoubt.inspect.artifact.internal.pickle;

import dev.redoubt.inspect.artifact.Budget;
import dev.redoubt.inspect.artifact.LimitException;
import dev.redoubt.inspect.artifact.MalformedException;
import dev.redoubt.inspect.artifact.Verdict;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Runs pickles symbolically, as C Python's {@code _pickle} and its {@code pickle} would, on a stack
 * of {@link Symbol}s.
 *
 * <p>The loop holds position and stack pointer in local variables and handles what data is made of;
 * all else is in {@link #rare}, so that the compiler keeps the loop small.
 */
final class PickleMachine {
  /** Told of each opcode, for the listing. */
  interface Tracer {
    void before(PickleMachine machine, int op, long position, int depth) throws IOException;

    void after(PickleMachine machine, int top, boolean hasTop) throws IOException;
  }

  private static final boolean[] SUSPECT = new boolean[256];

  static {
    SUSPECT['_'] = true;
    SUSPECT['c'] = true;
    SUSPECT['('] = true;
    SUSPECT[0x80] = true;
  }

  private static final int CHECK_EVERY = 1 << 20;

  final Scan scan;
  final Window window;
  final Events events;
  private final Effects effects;
  private final Literals literals;
  private final Memo memo;
  private final int maxStack;
  private final @Nullable Tracer tracer;

  private int[] stack = new int[256];
  private int sp;
  private int[] marks = new int[16];
  private int mp;
  private int fence;
  private int limit;
  private long frameEnd = Long.MAX_VALUE;
  private int protocol = -1;

  /** Protocols of the opcodes so far, a bit each. */
  private int seen;

  private int containers;
  private long opcodes;
  private long nextCheck = CHECK_EVERY;
  private boolean stopped;
  private int result;

  PickleMachine(Scan scan, Window window, Events events, @Nullable Tracer tracer) {
    this.scan = scan;
    this.window = window;
    this.events = events;
    this.effects = new Effects(scan, events);
    this.literals = new Literals(scan, window);
    int memory = scan.budget.limits().memory();
    this.memo = new Memo(memory, scan.budget.large());
    this.maxStack = memory / 8;
    this.tracer = tracer;
  }

  /** Number of opcodes so far. */
  long opcodes() {
    return opcodes;
  }

  /** Symbol of the object that the last pickle made. */
  int result() {
    return result;
  }

  /** Depth of the stack. */
  int depth() {
    return sp;
  }

  Effects effects() {
    return effects;
  }

  /**
   * Runs one pickle, from the window's position through its STOP.
   *
   * @throws MalformedException where Python would raise, or the end is missing
   * @throws LimitException where it takes more memory than there may be
   */
  void run() throws IOException {
    runOn(0);
  }

  /** Runs a pickle as {@link #run} does, on a stack of so many unknown things. */
  void runOn(int things) throws IOException {
    long start = window.position();
    sp = Math.min(things, stack.length / 2);
    Arrays.fill(stack, 0, sp, Symbol.of(Symbol.UNKNOWN));
    mp = 0;
    fence = 0;
    memo.clear();
    protocol = -1;
    seen = 0;
    frameEnd = Long.MAX_VALUE;
    stopped = false;
    limit = limit();
    loop();
    int declared = Math.max(protocol, 1);
    int newest = 31 - Integer.numberOfLeadingZeros(seen | 1);
    if (newest > declared) {
      events.once(
          PickleRules.STRUCTURE,
          Verdict.UNPROVEN,
          "says protocol " + Math.max(protocol, 0) + " and uses opcodes of protocol " + newest,
          start);
    }
    if (frameEnd != Long.MAX_VALUE && frameEnd != window.position()) {
      frameLies();
    }
  }

  private int limit() {
    int end = window.whole() ? window.end : window.end - Window.SLACK;
    long frame = frameEnd - window.base;
    return (int) Math.max(0, Math.min(end, frame));
  }

  private void frameLies() {
    events.once(
        PickleRules.STRUCTURE,
        Verdict.UNPROVEN,
        "a frame does not end where an opcode does, so that loaders read it differently",
        Math.min(frameEnd, window.size));
    frameEnd = Long.MAX_VALUE;
  }

  /** At the end of the window, of the file or of a frame. */
  private void boundary() throws IOException {
    long position = window.position();
    if (position >= frameEnd) {
      if (position > frameEnd) {
        frameLies();
      }
      frameEnd = Long.MAX_VALUE;
    }
    if (window.at > window.end) {
      throw window.cut();
    }
    // Only where it is needed: a file of tiny frames would have it all moved for each of them.
    if (window.end - window.at < Window.SLACK) {
      window.fill();
    }
    if (window.at >= window.end) {
      throw new MalformedException("ends without STOP", window.size);
    }
    limit = limit();
  }

  private void loop() throws IOException {
    final Window w = window;
    final byte[] b = w.bytes;
    final Recent recent = scan.recent;
    int p = w.at;
    int s = sp;
    int[] st = stack;
    long count = opcodes;
    while (true) {
      if (p >= limit) {
        w.at = p;
        opcodes = count;
        boundary();
        p = w.at;
        if (count >= nextCheck) {
          nextCheck = count + CHECK_EVERY;
          scan.budget.time();
        }
      }
      if (s + 4 > st.length) {
        st = grow();
      }
      count++;
      int op = b[p++] & 0xff;
      if (tracer != null) {
        w.at = p;
        sp = s;
        trace(op);
      }
      switch (op) {
        case Op.BININT1 -> st[s++] = Symbol.small(b[p++] & 0xff);
        case Op.BININT -> {
          int value = Window.i4(b, p);
          p += 4;
          st[s++] =
              Symbol.isSmall(value) ? Symbol.small(value) : recent.wide(Symbol.BIG_INT, value);
        }
        case Op.BININT2 -> {
          st[s++] = Symbol.small((b[p] & 0xff) | ((b[p + 1] & 0xff) << 8));
          p += 2;
        }
        case Op.BINFLOAT -> {
          st[s++] = Symbol.of(Symbol.FLOAT);
          p += 8;
        }
        case Op.NONE -> st[s++] = Symbol.of(Symbol.NONE);
        case Op.MEMOIZE -> {
          seen |= 1 << 4;
          if (s <= fence) {
            throw underflow(p);
          }
          memo.put(memo.count(), st[s - 1]);
        }
        case Op.BINPUT -> {
          if (s <= fence) {
            throw underflow(p);
          }
          memo.put(b[p++] & 0xff, st[s - 1]);
        }
        case Op.LONG_BINPUT -> {
          if (s <= fence) {
            throw underflow(p);
          }
          long index = Window.i4(b, p) & 0xffff_ffffL;
          p += 4;
          if (index > w.base + p) {
            w.at = p;
            farPut(index);
          } else {
            memo.put(index, st[s - 1]);
          }
        }
        case Op.BINGET -> {
          int got = memo.get(b[p++] & 0xff);
          st[s++] = got == Symbol.UNSET ? unset(p) : got;
        }
        case Op.LONG_BINGET -> {
          int got = memo.get(Window.i4(b, p) & 0xffff_ffffL);
          p += 4;
          st[s++] = got == Symbol.UNSET ? unset(p) : got;
        }
        case Op.MARK -> {
          if (mp == marks.length) {
            growMarks();
          }
          marks[mp++] = s;
          fence = s;
        }
        case Op.TUPLE1 -> {
          seen |= 1 << 2;
          if (s - 1 < fence) {
            throw underflow(p);
          }
          st[s - 1] = recent.tuple(st, s - 1, 1);
        }
        case Op.TUPLE2 -> {
          seen |= 1 << 2;
          if (s - 2 < fence) {
            throw underflow(p);
          }
          st[s - 2] = recent.tuple(st, s - 2, 2);
          s -= 1;
        }
        case Op.TUPLE3 -> {
          seen |= 1 << 2;
          if (s - 3 < fence) {
            throw underflow(p);
          }
          st[s - 3] = recent.tuple(st, s - 3, 3);
          s -= 2;
        }
        case Op.TUPLE -> {
          int m = unmark(p);
          int tuple = recent.tuple(st, m, s - m);
          st[m] = tuple;
          s = m + 1;
        }
        case Op.EMPTY_LIST -> st[s++] = container(Symbol.LIST);
        case Op.EMPTY_DICT -> st[s++] = container(Symbol.DICT);
        case Op.APPENDS -> {
          int m = unmark(p);
          if (m - 1 < fence) {
            throw underflow(p);
          }
          append(st, m, s, w.base + p - 1);
          s = m;
        }
        case Op.APPEND -> {
          if (s - 2 < fence) {
            throw underflow(p);
          }
          append(st, s - 1, s, w.base + p - 1);
          s--;
        }
        case Op.SETITEMS -> {
          int m = unmark(p);
          if (m - 1 < fence) {
            throw underflow(p);
          }
          setItems(st, m, s, w.base + p - 1);
          s = m;
        }
        case Op.SETITEM -> {
          if (s - 3 < fence) {
            throw underflow(p);
          }
          setItems(st, s - 2, s, w.base + p - 1);
          s -= 2;
        }
        case Op.SHORT_BINUNICODE -> {
          seen |= 1 << 4;
          int n = b[p] & 0xff;
          int q = p + 1 + n;
          long position = w.base + p - 1;
          if (q > w.end) {
            w.at = p + 1;
            w.skip(n);
            limit = limit();
            st[s++] = literals.text(position, -1, n);
            p = w.at;
          } else {
            boolean look = n > 3 && SUSPECT[b[p + 1] & 0xff];
            st[s++] =
                look || position > Integer.MAX_VALUE
                    ? literals.text(position, p + 1, n)
                    : (int) position;
            p = q;
          }
        }
        case Op.BINUNICODE -> {
          int n = Window.i4(b, p);
          long position = w.base + p - 1;
          if (n < 0 || n > w.end - p - 4) {
            w.at = p + 4;
            w.skip(n & 0xffff_ffffL);
            limit = limit();
            st[s++] = literals.text(position, -1, n & 0xffff_ffffL);
            p = w.at;
          } else {
            boolean look = n > 3 && SUSPECT[b[p + 4] & 0xff];
            st[s++] =
                look || position > Integer.MAX_VALUE
                    ? literals.text(position, p + 4, n)
                    : (int) position;
            p += 4 + n;
          }
        }
        default -> {
          w.at = p;
          sp = s;
          opcodes = count;
          rare(op, w.base + p - 1);
          p = w.at;
          s = sp;
          st = stack;
          limit = limit();
          if (stopped) {
            if (tracer != null) {
              tracer.after(this, 0, false);
            }
            return;
          }
        }
      }
      if (tracer != null) {
        w.at = p;
        sp = s;
        stack = st;
        tracer.after(this, s > 0 ? st[s - 1] : 0, s > 0);
      }
    }
  }

  private void trace(int op) throws IOException {
    if (tracer != null) {
      tracer.before(this, op, window.position() - 1, sp);
    }
  }

  /** The bytes that follow the opcode which is being traced. */
  byte[] argument(int length) throws IOException {
    return scan.source.bytes(window.position(), length);
  }

  private int[] grow() throws LimitException {
    if (stack.length * 4L >= Budget.SMALL && !scan.budget.large().isHeldByCurrentThread()) {
      scan.budget.large().lock();
    }
    if (stack.length >= maxStack) {
      throw new LimitException("the stack takes more than " + stack.length * 4L + " bytes");
    }
    stack = Arrays.copyOf(stack, stack.length * 2);
    return stack;
  }

  private void growMarks() throws LimitException {
    if (marks.length >= maxStack) {
      throw new LimitException("more than " + marks.length + " marks");
    }
    marks = Arrays.copyOf(marks, marks.length * 2);
  }

  private MalformedException underflow(int p) {
    return new MalformedException("takes more from the stack than lies on it", window.base + p - 1);
  }

  private int unmark(int p) throws MalformedException {
    if (mp == 0) {
      throw new MalformedException("looks for a mark that was never set", window.base + p - 1);
    }
    int m = marks[--mp];
    fence = mp == 0 ? 0 : marks[mp - 1];
    return m;
  }

  private int unset(int p) {
    events.once(
        PickleRules.STRUCTURE,
        Verdict.UNPROVEN,
        "takes something from the memo that was never put there",
        window.base + p - 1);
    return Symbol.of(Symbol.UNKNOWN);
  }

  /** Loaders make room for every index below: an attack on their memory. */
  private void farPut(long index) {
    events.once(
        PickleRules.STRUCTURE,
        Verdict.UNPROVEN,
        "puts into the memo at " + index + ", where no writer does",
        window.position() - 1);
  }

  private int container(int kind) {
    return Symbol.of(kind, containers < Symbol.PAYLOAD ? containers++ : Symbol.PAYLOAD);
  }

  private void append(int[] st, int from, int to, long position) throws IOException {
    int list = st[from - 1];
    if (!Symbol.is(list, Symbol.LIST) && to > from) {
      effects.items(list, Symbol.LIST, st[from], position);
    }
    for (int i = Math.max(from, to - 4096); i < to; i++) {
      scan.recent.item(list, Symbol.UNSET, st[i]);
    }
  }

  private void setItems(int[] st, int from, int to, long position) throws IOException {
    int dict = st[from - 1];
    if (((to - from) & 1) != 0) {
      throw new MalformedException("a key without a value", position);
    }
    if (!Symbol.is(dict, Symbol.DICT) && to > from) {
      effects.items(dict, Symbol.DICT, st[from], position);
    }
    for (int i = Math.max(from, to - 4096); i < to; i += 2) {
      scan.recent.item(dict, st[i], st[i + 1]);
    }
    if (literals.hasTricks()) {
      for (int i = from; i < to; i += 2) {
        if (literals.isTrick(st[i])) {
          effects.tricky(dict);
        }
      }
    }
  }

  private void push(int symbol) {
    stack[sp++] = symbol;
  }

  private int pop(long position) throws MalformedException {
    if (sp <= fence) {
      throw new MalformedException("takes more from the stack than lies on it", position);
    }
    return stack[--sp];
  }

  private int top(long position) throws MalformedException {
    if (sp <= fence) {
      throw new MalformedException("takes more from the stack than lies on it", position);
    }
    return stack[sp - 1];
  }

  /** Everything that data is not made of. */
  private void rare(int op, long position) throws IOException {
    int since = Op.protocol(op);
    seen |= 1 << since;
    switch (op) {
      case Op.STOP -> {
        result = pop(position);
        stopped = true;
      }
      case Op.PROTO -> {
        int version = window.u1();
        if (version > 5) {
          throw new MalformedException(
              "says protocol " + version + ", which does not exist", position);
        }
        protocol = Math.max(protocol, version);
      }
      case Op.FRAME -> frame(position);
      case Op.POP -> {
        if (mp > 0 && marks[mp - 1] == sp) {
          unmark(window.at);
        } else {
          pop(position);
        }
      }
      case Op.POP_MARK -> sp = unmark(window.at);
      case Op.DUP -> push(top(position));
      case Op.NEWTRUE -> push(Symbol.of(Symbol.BOOL, 1));
      case Op.NEWFALSE -> push(Symbol.of(Symbol.BOOL, 0));
      case Op.EMPTY_TUPLE -> push(scan.recent.tuple(stack, sp, 0));
      case Op.EMPTY_SET -> push(container(Symbol.SET));
      case Op.LIST, Op.DICT, Op.FROZENSET, Op.ADDITEMS -> collect(op, position);
      case Op.INT, Op.LONG, Op.FLOAT -> push(literals.number(op, position));
      case Op.LONG1 -> push(literals.integer(window.u1()));
      case Op.LONG4 -> push(literals.integer(window.i4()));
      case Op.STRING, Op.UNICODE -> push(literals.line(op, position));
      case Op.BINSTRING -> push(literals.blob(position, window.i4(), true));
      case Op.SHORT_BINSTRING -> push(literals.blob(position, window.u1(), true));
      case Op.BINUNICODE8 -> push(literals.blob(position, window.i8(), true));
      case Op.BINBYTES -> push(literals.blob(position, window.i4() & 0xffff_ffffL, false));
      case Op.SHORT_BINBYTES -> push(literals.blob(position, window.u1(), false));
      case Op.BINBYTES8, Op.BYTEARRAY8 -> push(literals.blob(position, window.i8(), false));
      case Op.PUT -> put(position);
      case Op.GET -> {
        long index = literals.index(position);
        int got = memo.get(Math.min(index, 0xffff_ffffL));
        push(got == Symbol.UNSET ? unset(window.at) : got);
      }
      case Op.NEXT_BUFFER -> push(Symbol.of(Symbol.BYTES, Symbol.PAYLOAD));
      case Op.READONLY_BUFFER -> top(position);
      default -> act(op, position);
    }
  }

  private void frame(long position) throws IOException {
    long length = window.i8();
    if (length < 0 || length > window.size - window.position()) {
      throw new MalformedException(
          "a frame of " + length + " bytes reaches beyond the end", position);
    }
    if (frameEnd != Long.MAX_VALUE && frameEnd != window.position()) {
      frameLies();
    }
    frameEnd = window.position() + length;
  }

  private void collect(int op, long position) throws IOException {
    int m = unmark(window.at);
    switch (op) {
      case Op.LIST -> {
        int list = container(Symbol.LIST);
        for (int i = Math.max(m, sp - 4096); i < sp; i++) {
          scan.recent.item(list, Symbol.UNSET, stack[i]);
        }
        sp = m;
        push(list);
      }
      case Op.DICT -> {
        int dict = container(Symbol.DICT);
        if (stack.length < sp + 2) {
          grow();
        }
        System.arraycopy(stack, m, stack, m + 1, sp - m);
        stack[m] = dict;
        setItems(stack, m + 1, sp + 1, position);
        sp = m + 1;
      }
      case Op.FROZENSET -> {
        sp = m;
        push(container(Symbol.SET));
      }
      default -> {
        if (m - 1 < fence) {
          throw new MalformedException("takes more from the stack than lies on it", position);
        }
        effects.items(stack[m - 1], Symbol.SET, sp > m ? stack[m] : 0, position);
        sp = m;
      }
    }
  }

  private void put(long position) throws IOException {
    long index = literals.index(position);
    int symbol = top(position);
    if (index > window.position()) {
      farPut(index);
    } else {
      memo.put(index, symbol);
    }
  }

  /** Opcodes that resolve, call or give a state. */
  private void act(int op, long position) throws IOException {
    switch (op) {
      case Op.GLOBAL -> {
        String module = name();
        push(effects.global(module, name(), position));
      }
      case Op.STACK_GLOBAL -> {
        int name = pop(position);
        push(effects.stackGlobal(pop(position), name, position));
      }
      case Op.REDUCE -> {
        int arguments = pop(position);
        push(effects.call(pop(position), arguments, position));
      }
      case Op.NEWOBJ -> {
        int arguments = pop(position);
        push(effects.make(pop(position), arguments, position));
      }
      case Op.NEWOBJ_EX -> {
        pop(position);
        int arguments = pop(position);
        push(effects.make(pop(position), arguments, position));
      }
      case Op.INST -> {
        String module = name();
        int type = effects.global(module, name(), position);
        int m = unmark(window.at);
        int arguments = scan.recent.tuple(stack, m, sp - m);
        boolean none = sp == m;
        sp = m;
        push(effects.instance(type, arguments, none, position));
      }
      case Op.OBJ -> {
        int m = unmark(window.at);
        if (sp <= m) {
          throw new MalformedException("takes more from the stack than lies on it", position);
        }
        int arguments = scan.recent.tuple(stack, m + 1, sp - m - 1);
        boolean none = sp == m + 1;
        int type = stack[m];
        sp = m;
        push(effects.instance(type, arguments, none, position));
      }
      case Op.BUILD -> {
        int state = pop(position);
        int object = top(position);
        effects.build(object, state, position);
        if (Symbol.is(object, Symbol.RESULT)) {
          arrayWrapper(scan.globals.get(Symbol.payload(object)), state, position);
        }
      }
      case Op.BINPERSID -> push(effects.persistent(pop(position), position));
      case Op.PERSID -> {
        window.line();
        push(effects.persistent(Symbol.of(Symbol.UNKNOWN), position));
      }
      case Op.EXT1 -> push(effects.extension(window.u1(), position));
      case Op.EXT2 -> push(effects.extension(window.u2(), position));
      case Op.EXT4 -> push(effects.extension(window.i4(), position));
      default ->
          throw new MalformedException(
              String.format(java.util.Locale.ROOT, "no opcode: 0x%02x", op), position);
    }
  }

  private String name() throws IOException {
    return new String(window.line(), java.nio.charset.StandardCharsets.UTF_8);
  }

  /** Joblib writes the bytes of an array right behind the object that describes it. */
  private void arrayWrapper(Globals.Entry type, int state, long position) throws IOException {
    if (!type.module().endsWith("joblib.numpy_pickle")
        || !type.name().equals("NumpyArrayWrapper")) {
      return;
    }
    if (window.position() == frameEnd) {
      frameEnd = Long.MAX_VALUE;
    }
    new JoblibArrays(this).read(state, position);
    limit = limit();
  }
}
