package dev.redoubt.inspect.artifact.internal.rdata;

import dev.redoubt.inspect.artifact.Budget;
import dev.redoubt.inspect.artifact.LimitException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Walks through the items of a stream and tells a visitor of the code in it. */
final class RObjects {
  private static final int DEEPEST = 1500;
  private static final int MAX_SYMBOLS = 1 << 20;
  private static final int HAS_ATTRIBUTES = 1 << 9;
  private static final int HAS_TAG = 1 << 10;

  /** Is told what stands where. */
  interface Visitor {
    /** A symbol is called, or named where functions are. */
    void symbol(String name, boolean called, Inside inside, long offset);

    /** A closure, promise, byte code or a pointer starts. */
    void code(String kind, long offset);

    /** A value of a pairlist at the top has this name. */
    void topName(String name, boolean closure, long offset);
  }

  /** What the item is a part of. */
  enum Inside {
    DATA,
    CLOSURE,
    PROMISE
  }

  private final RInput in;
  private final Visitor visitor;
  private final Budget budget;

  /** Symbols by their reference number; other things that are referred to are empty. */
  private final List<String> references = new ArrayList<>();

  private int depth;

  RObjects(RInput in, Visitor visitor, Budget budget) {
    this.in = in;
    this.visitor = visitor;
    this.budget = budget;
  }

  /** What an item is, as far as its parent needs to know. */
  private record Item(int type, String symbol) {
    static final Item OTHER = new Item(0, "");
  }

  void run() throws IOException {
    int version = in.integer();
    if (version != 2 && version != 3) {
      throw version == 1
          ? new LimitException("version 1 of the format is not read")
          : in.wrong("a stream of the unknown version " + version);
    }
    in.integer();
    in.integer();
    if (version == 3) {
      in.text(in.integer());
    }
    item(Inside.DATA);
    if (!in.atEnd()) {
      throw in.wrong(in.left() + " bytes after the end of the object");
    }
  }

  private Item item(Inside inside) throws IOException {
    int flags = in.integer();
    return item(flags, inside);
  }

  private Item item(int flags, Inside inside) throws IOException {
    if (++depth > DEEPEST) {
      throw new LimitException("objects nested deeper than " + DEEPEST);
    }
    budget.time();
    long at = in.position();
    int type = flags & 0xff;
    Item item = Item.OTHER;
    switch (type) {
      case 254, 253, 252, 251, 250, 242, 241 -> {}
      case 255 -> item = referred(flags);
      case 247, 248, 249 -> {
        in.integer();
        strings(in.length(4));
        remember("");
      }
      case 1 -> {
        String name = item(inside).symbol();
        remember(name);
        item = new Item(1, name);
      }
      case 2, 3, 5, 6, 17, 239, 240 -> pairs(flags, inside, at);
      case 4 -> environment(inside);
      case 7, 8 -> {
        String name = in.text(in.integer());
        visitor.symbol(name, true, inside, at);
      }
      case 9 -> item = character(flags, inside);
      case 10, 13 -> vector(flags, 4, inside);
      case 14 -> vector(flags, 8, inside);
      case 15 -> vector(flags, 16, inside);
      case 16, 19, 20 -> list(flags, type == 20 ? Inside.CLOSURE : inside);
      case 21 -> byteCode(flags, inside);
      case 22 -> {
        remember("");
        visitor.code("a pointer", at);
        item(inside);
        item(inside);
        attributes(flags, inside);
      }
      case 23 -> {
        remember("");
        attributes(flags, inside);
      }
      case 24 -> vector(flags, 1, inside);
      case 25 -> attributes(flags, inside);
      case 238 -> {
        // A compact vector names a class by symbols of a package; state and attributes follow.
        item(inside);
        item(inside);
        item(inside);
      }
      default -> throw in.wrong("an item of the unknown kind " + type);
    }
    depth--;
    return item.type() == 0 ? new Item(type, "") : item;
  }

  private void remember(String symbol) throws LimitException {
    if (references.size() >= MAX_SYMBOLS) {
      throw new LimitException("more than " + MAX_SYMBOLS + " symbols and environments");
    }
    references.add(symbol);
  }

  private Item referred(int flags) throws IOException {
    int packed = flags >>> 8;
    int index = packed == 0 ? in.integer() : packed;
    if (index < 1 || index > references.size()) {
      throw in.wrong("a reference to something that was not there");
    }
    String symbol = references.get(index - 1);
    return symbol.isEmpty() ? new Item(4, "") : new Item(1, symbol);
  }

  private void strings(long count) throws IOException {
    for (long i = 0; i < count; i++) {
      item(Inside.DATA);
    }
  }

  private Item character(int flags, Inside inside) throws IOException {
    int length = in.integer();
    String text = length == -1 ? "" : in.text(length);
    attributes(flags, inside);
    return new Item(9, text);
  }

  private void vector(int flags, int width, Inside inside) throws IOException {
    in.skip(in.length(width), width);
    attributes(flags, inside);
  }

  private void list(int flags, Inside inside) throws IOException {
    long count = in.length(4);
    for (long i = 0; i < count; i++) {
      item(inside);
    }
    attributes(flags, inside);
  }

  private void attributes(int flags, Inside inside) throws IOException {
    if ((flags & HAS_ATTRIBUTES) != 0) {
      item(inside);
    }
  }

  private void environment(Inside inside) throws IOException {
    in.integer();
    remember("");
    for (int i = 0; i < 4; i++) {
      item(inside);
    }
  }

  /**
   * Pairlists, calls, closures and promises are cells of one shape; lists go on without nesting.
   */
  private void pairs(int first, Inside outside, long start) throws IOException {
    int flags = first;
    long at = start;
    int type = flags & 0xff;
    boolean top = depth == 1;
    Inside inside =
        switch (type) {
          case 3 -> Inside.CLOSURE;
          case 5 -> Inside.PROMISE;
          default -> outside;
        };
    if (type == 3 || type == 5) {
      visitor.code(type == 3 ? "a closure" : "a promise", at);
    }
    boolean head = true;
    while (true) {
      attributesOf(flags, inside);
      String tag = (flags & HAS_TAG) != 0 || (flags & 0xff) == 240 ? item(inside).symbol() : "";
      Item car = item(inside);
      if (head && (type == 6 || type == 240) && car.type() == 1) {
        visitor.symbol(car.symbol(), true, inside, at);
      } else if (car.type() == 1) {
        visitor.symbol(car.symbol(), false, inside, at);
      }
      if (top && type == 2 && !tag.isEmpty()) {
        visitor.topName(tag, car.type() == 3, at);
      }
      head = false;
      at = in.position();
      flags = in.integer();
      boolean goesOn = (flags & 0xff) == 2 || (flags & 0xff) == 239;
      if (!goesOn || type == 3 || type == 5) {
        item(flags, inside);
        return;
      }
      budget.time();
    }
  }

  private void attributesOf(int flags, Inside inside) throws IOException {
    int type = flags & 0xff;
    if ((flags & HAS_ATTRIBUTES) != 0 || type == 239 || type == 240) {
      item(inside);
    }
  }

  private void byteCode(int flags, Inside inside) throws IOException {
    visitor.code("byte code", in.position());
    long repeated = in.length(1);
    if (repeated > MAX_SYMBOLS) {
      throw new LimitException("byte code of " + repeated + " shared parts");
    }
    code(inside);
    attributes(flags, inside);
  }

  private void code(Inside inside) throws IOException {
    if (++depth > DEEPEST) {
      throw new LimitException("byte code nested deeper than " + DEEPEST);
    }
    item(inside);
    long constants = in.length(4);
    for (long i = 0; i < constants; i++) {
      int type = in.integer();
      switch (type) {
        case 21 -> code(inside);
        case 2, 6, 239, 240, 243, 244 -> language(type, inside);
        default -> {
          Item item = item(inside);
          if (item.type() == 1) {
            visitor.symbol(item.symbol(), true, inside, in.position());
          }
        }
      }
    }
    depth--;
  }

  private void language(int first, Inside inside) throws IOException {
    if (++depth > DEEPEST) {
      throw new LimitException("calls nested deeper than " + DEEPEST);
    }
    int type = first;
    switch (type) {
      case 243 -> in.integer();
      case 2, 6, 239, 240, 244 -> {
        if (type == 244) {
          in.integer();
          type = in.integer();
        }
        if (type == 239 || type == 240) {
          item(inside);
        }
        item(inside);
        @Nullable Item car = part(inside);
        if (car != null && car.type() == 1) {
          visitor.symbol(car.symbol(), type == 6 || type == 240, inside, in.position());
        }
        part(inside);
      }
      default -> {
        Item item = item(inside);
        if (item.type() == 1) {
          visitor.symbol(item.symbol(), false, inside, in.position());
        }
      }
    }
    depth--;
  }

  /** A part of a call in byte code, whose kind stands in front; what is no call is an item. */
  private @Nullable Item part(Inside inside) throws IOException {
    int type = in.integer();
    if (type == 2 || type == 6 || type == 239 || type == 240 || type == 243 || type == 244) {
      language(type, inside);
      return null;
    }
    return item(inside);
  }
}
