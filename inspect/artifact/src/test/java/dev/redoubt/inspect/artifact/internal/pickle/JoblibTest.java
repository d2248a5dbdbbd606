package dev.redoubt.inspect.artifact.internal.pickle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.inspect.artifact.FileResult;
import dev.redoubt.inspect.artifact.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class JoblibTest {
  /** What joblib writes of an array of bytes: the object that describes it, then the bytes. */
  private static Assembler array(String type, int length) {
    return new Assembler()
        .bytes(Assembler.proto(2).done())
        .global("joblib.numpy_pickle", "NumpyArrayWrapper")
        .op(Op.EMPTY_TUPLE, Op.NEWOBJ, Op.EMPTY_DICT, Op.MARK)
        .longText("subclass")
        .global("numpy", "ndarray")
        .longText("shape")
        .op(Op.BININT)
        .i4(length)
        .op(Op.TUPLE1)
        .longText("order")
        .longText("C")
        .longText("dtype")
        .global("numpy", "dtype")
        .longText(type)
        .op(Op.NEWFALSE, Op.NEWTRUE, Op.TUPLE3, Op.REDUCE)
        .longText("allow_mmap")
        .op(Op.NEWFALSE)
        .op(Op.SETITEMS, Op.BUILD);
  }

  /** The same as joblib 1.1 and newer write it: the bytes stand behind a padding of their own. */
  private static Assembler padded(int length) {
    byte[] plain = array("u1", length).done();
    return new Assembler()
        .bytes(Arrays.copyOf(plain, plain.length - 2))
        .longText("numpy_array_alignment_bytes")
        .op(Op.BININT1, 16)
        .op(Op.SETITEMS, Op.BUILD);
  }

  @Test
  void stepsOverTheBytesOfAnArray() {
    FileResult result =
        Pickles.inspect(array("u1", 5).bytes(new byte[] {1, 2, 3, 4, 5}).stop().done());
    assertThat(result.verdict()).as(result.toString()).isEqualTo(Verdict.INERT);
  }

  @Test
  void stepsOverThePaddingBeforeTheBytes() {
    byte[] bytes = {3, -1, -1, -1, 1, 2, 3, 4, 5};
    assertThat(Pickles.inspect(padded(5).bytes(bytes).stop().done()).verdict())
        .isEqualTo(Verdict.INERT);
  }

  @Test
  void readsThePickleInAnArrayOfObjects() {
    byte[] inner = Assembler.proto(2).call("os", "system", "x").stop().done();
    assertThat(Pickles.inspect(array("O8", 1).bytes(inner).stop().done()).verdict())
        .isEqualTo(Verdict.MALICIOUS);
    byte[] harmless = Assembler.proto(2).op(Op.NONE).stop().done();
    assertThat(Pickles.inspect(array("O8", 1).bytes(harmless).stop().done()).verdict())
        .isEqualTo(Verdict.INERT);
  }

  @Test
  void flagsAnArrayThatIsLongerThanTheFile() {
    assertThat(Pickles.inspect(array("f8", 1_000_000).op(1, 2, 3).stop().done()).verdict())
        .isEqualTo(Verdict.UNPROVEN);
  }

  @Test
  void flagsBytesThatAreOpcodesToPickleItself() {
    byte[] evil = "0cos\nsystem\n(S'x'\ntR.".getBytes(StandardCharsets.US_ASCII);
    assertThat(Pickles.inspect(array("u1", evil.length).bytes(evil).stop().done()).verdict())
        .isEqualTo(Verdict.MALICIOUS);
  }
}
