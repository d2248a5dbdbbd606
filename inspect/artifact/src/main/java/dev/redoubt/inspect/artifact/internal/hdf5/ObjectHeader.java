package dev.redoubt.inspect.artifact.internal.hdf5;

import dev.redoubt.inspect.artifact.MalformedException;
import dev.redoubt.inspect.artifact.internal.bytes.ByteReader;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The messages of an object's header, of either version. */
final class ObjectHeader {
  private static final int MAX_MESSAGES = 70_000;
  private static final int CONTINUED = 0x10;

  /** A message: its type, its flags, and where its data lies. */
  record Message(int type, int flags, long at, int size, boolean ordered) {}

  private final Hdf5File file;
  private final List<Message> messages = new ArrayList<>();
  private final Deque<long[]> blocks = new ArrayDeque<>();

  private ObjectHeader(Hdf5File file) {
    this.file = file;
  }

  static List<Message> read(Hdf5File file, long address) throws IOException {
    file.count();
    var header = new ObjectHeader(file);
    ByteReader reader = file.at(address);
    int first = reader.u8();
    if (first == 1) {
      header.first();
    } else if (first == 'O') {
      file.at(address);
      header.second();
    } else {
      throw new MalformedException("no object stands here", file.base + address);
    }
    return header.messages;
  }

  private void first() throws IOException {
    ByteReader reader = file.reader;
    reader.skip(1);
    int count = reader.u16();
    reader.skip(4);
    long size = reader.u32();
    reader.skip(4);
    reader.need(size);
    blocks.add(new long[] {reader.position(), size});
    while (!blocks.isEmpty()) {
      long[] block = blocks.removeFirst();
      reader.at(block[0]);
      long stop = block[0] + block[1];
      while (reader.position() + 8 <= stop && messages.size() < count) {
        int type = reader.u16();
        int length = reader.u16();
        int flags = reader.u8();
        reader.skip(3);
        message(type, flags, length, stop, false);
      }
    }
  }

  private void second() throws IOException {
    ByteReader reader = file.reader;
    file.signature("OHDR");
    if (reader.u8() != 2) {
      throw new MalformedException("an object of an unknown version", reader.position() - 1);
    }
    int flags = reader.u8();
    reader.skip((flags & 0x20) != 0 ? 16 : 0);
    reader.skip((flags & 0x10) != 0 ? 4 : 0);
    long size = reader.number(1 << (flags & 3));
    reader.need(size);
    boolean ordered = (flags & 4) != 0;
    blocks.add(new long[] {reader.position(), size});
    while (!blocks.isEmpty()) {
      long[] block = blocks.removeFirst();
      reader.at(block[0]);
      long stop = block[0] + block[1];
      while (reader.position() + 4 + (ordered ? 2 : 0) <= stop) {
        int type = reader.u8();
        int length = reader.u16();
        int messageFlags = reader.u8();
        reader.skip(ordered ? 2 : 0);
        if (type == 0 && length == 0 && reader.position() >= stop) {
          break;
        }
        message(type, messageFlags, length, stop, ordered);
      }
    }
  }

  private void message(int type, int flags, int length, long stop, boolean ordered)
      throws IOException {
    ByteReader reader = file.reader;
    long at = reader.position();
    if (length > stop - at || messages.size() >= MAX_MESSAGES) {
      throw new MalformedException("a message that its header does not hold", at);
    }
    messages.add(new Message(type, flags, at, length, ordered));
    if (type == CONTINUED) {
      continued();
    }
    reader.at(at + length);
  }

  private void continued() throws IOException {
    file.count();
    long address = file.address();
    long size = file.length();
    if (size < 0 || address < 0 || file.base + address > file.source.size() - size) {
      throw new MalformedException(
          "a header that goes on outside of the file", file.reader.position());
    }
    ByteReader reader = file.at(address);
    boolean checked = size > 8 && reader.u32() == 0x4b48434fL;
    blocks.add(
        checked
            ? new long[] {file.base + address + 4, size - 8}
            : new long[] {file.base + address, size});
  }
}
