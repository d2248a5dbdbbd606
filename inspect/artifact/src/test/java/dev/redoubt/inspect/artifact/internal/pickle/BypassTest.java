package dev.redoubt.inspect.artifact.internal.pickle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.inspect.artifact.FileResult;
import dev.redoubt.inspect.artifact.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Ways to call past a scanner, assembled by hand; none of these bytes is ever loaded. */
class BypassTest {
  /** A pickle and what it tries. */
  record Attempt(String name, byte[] bytes) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static final List<String[]> CALLABLES =
      List.of(
          new String[] {"os", "system"},
          new String[] {"posix", "system"},
          new String[] {"nt", "system"},
          new String[] {"subprocess", "check_output"},
          new String[] {"commands", "getoutput"},
          new String[] {"builtins", "eval"},
          new String[] {"__builtin__", "exec"},
          new String[] {"builtins", "__import__"},
          new String[] {"builtins", "getattr"},
          new String[] {"importlib", "import_module"},
          new String[] {"runpy", "run_path"},
          new String[] {"pty", "spawn"},
          new String[] {"socket", "create_connection"},
          new String[] {"webbrowser", "open"},
          new String[] {"shutil", "rmtree"},
          new String[] {"ctypes", "CDLL"},
          new String[] {"pip", "main"},
          new String[] {"timeit", "timeit"},
          new String[] {"pdb", "run"},
          new String[] {"code", "interact"},
          new String[] {"torch.hub", "load"},
          new String[] {"torch", "load"},
          new String[] {"numpy", "load"},
          new String[] {"numpy.testing._private.utils", "runstring"},
          new String[] {"pickle", "loads"},
          new String[] {"_pickle", "loads"},
          new String[] {"marshal", "loads"},
          new String[] {"joblib", "load"},
          new String[] {"pandas", "read_pickle"},
          new String[] {"operator", "methodcaller"},
          new String[] {"types", "FunctionType"},
          new String[] {"logging.config", "fileConfig"},
          new String[] {"asyncio", "create_subprocess_shell"},
          new String[] {"multiprocessing.util", "spawnv_passfds"},
          new String[] {"pydoc", "pipepager"},
          new String[] {"idlelib.run", "Executive.runcode"},
          new String[] {"a_module_that_nobody_knows", "run"},
          new String[] {"sklearn.base", "BaseEstimator.__subclasses__"},
          new String[] {"numpy", "core.multiarray.fromfile"},
          new String[] {"collections", "OrderedDict.__init__.__globals__"});

  /** Each way to call a global, by each way to name it. */
  static Stream<Attempt> calls() {
    var all = new ArrayList<Attempt>();
    for (String[] c : CALLABLES) {
      String n = c[0] + "." + c[1] + " ";
      all.add(new Attempt(n + "REDUCE", new Assembler().call(c[0], c[1], "x").stop().done()));
      all.add(
          new Attempt(
              n + "STACK_GLOBAL",
              Assembler.proto(4)
                  .stackGlobal(c[0], c[1])
                  .text("x")
                  .op(Op.TUPLE1, Op.REDUCE)
                  .stop()
                  .done()));
      all.add(
          new Attempt(
              n + "INST",
              new Assembler()
                  .op(Op.MARK)
                  .longText("x")
                  .op(Op.INST)
                  .ascii(c[0] + "\n" + c[1] + "\n")
                  .stop()
                  .done()));
      all.add(
          new Attempt(
              n + "OBJ",
              new Assembler()
                  .op(Op.MARK)
                  .global(c[0], c[1])
                  .longText("x")
                  .op(Op.OBJ)
                  .stop()
                  .done()));
      all.add(
          new Attempt(
              n + "NEWOBJ",
              Assembler.proto(2)
                  .global(c[0], c[1])
                  .longText("x")
                  .op(Op.TUPLE1, Op.NEWOBJ)
                  .stop()
                  .done()));
      all.add(
          new Attempt(
              n + "NEWOBJ_EX",
              Assembler.proto(4)
                  .stackGlobal(c[0], c[1])
                  .text("x")
                  .op(Op.TUPLE1, Op.EMPTY_DICT, Op.NEWOBJ_EX)
                  .stop()
                  .done()));
      all.add(
          new Attempt(
              n + "popped",
              Assembler.proto(2).call(c[0], c[1], "x").op(Op.POP).longText("clean").stop().done()));
      all.add(
          new Attempt(
              n + "popped by mark",
              Assembler.proto(2)
                  .op(Op.MARK)
                  .call(c[0], c[1], "x")
                  .op(Op.POP_MARK, Op.EMPTY_LIST)
                  .stop()
                  .done()));
      all.add(
          new Attempt(
              n + "by a partial",
              Assembler.proto(2)
                  .global("functools", "partial")
                  .global(c[0], c[1])
                  .longText("x")
                  .op(Op.TUPLE2, Op.REDUCE)
                  .stop()
                  .done()));
      all.add(
          new Attempt(
              n + "as a factory",
              Assembler.proto(2)
                  .global("collections", "defaultdict")
                  .global(c[0], c[1])
                  .op(Op.TUPLE1, Op.REDUCE)
                  .stop()
                  .done()));
      all.add(
          new Attempt(
              n + "texts of protocol 0",
              new Assembler()
                  .op(Op.STRING)
                  .ascii("'" + c[0] + "'\n")
                  .op(Op.STRING)
                  .ascii("\"" + c[1] + "\"\n")
                  .op(Op.STACK_GLOBAL, Op.EMPTY_TUPLE, Op.REDUCE)
                  .stop()
                  .done()));
      all.add(
          new Attempt(
              n + "escaped text",
              new Assembler()
                  .op(Op.STRING)
                  .ascii("'" + hex(c[0]) + "'\n")
                  .op(Op.STRING)
                  .ascii("'" + hex(c[1]) + "'\n")
                  .op(Op.STACK_GLOBAL, Op.EMPTY_TUPLE, Op.REDUCE)
                  .stop()
                  .done()));
      all.add(
          new Attempt(
              n + "unicode escapes",
              new Assembler()
                  .op(Op.UNICODE)
                  .ascii(unicode(c[0]) + "\n")
                  .op(Op.UNICODE)
                  .ascii(unicode(c[1]) + "\n")
                  .op(Op.STACK_GLOBAL, Op.EMPTY_TUPLE, Op.REDUCE)
                  .stop()
                  .done()));
      all.add(
          new Attempt(
              n + "from the memo, with decoys",
              Assembler.proto(4)
                  .text(c[1])
                  .op(Op.BINPUT, 7, Op.POP)
                  .text(c[0])
                  .op(Op.MEMOIZE, Op.POP)
                  .text("collections")
                  .text("OrderedDict")
                  .op(
                      Op.POP,
                      Op.POP,
                      Op.BINGET,
                      1,
                      Op.BINGET,
                      7,
                      Op.STACK_GLOBAL,
                      Op.EMPTY_TUPLE,
                      Op.REDUCE)
                  .stop()
                  .done()));
      all.add(
          new Attempt(
              n + "memo written over",
              Assembler.proto(4)
                  .text("collections")
                  .op(Op.BINPUT, 0, Op.POP)
                  .text(c[0])
                  .op(Op.BINPUT, 0, Op.POP)
                  .text(c[1])
                  .op(
                      Op.BINPUT,
                      1,
                      Op.POP,
                      Op.BINGET,
                      0,
                      Op.BINGET,
                      1,
                      Op.STACK_GLOBAL,
                      Op.EMPTY_TUPLE,
                      Op.REDUCE)
                  .stop()
                  .done()));
      all.add(
          new Attempt(
              n + "in a second pickle",
              Assembler.proto(2)
                  .op(Op.NONE)
                  .stop()
                  .bytes(new Assembler().call(c[0], c[1], "x").stop().done())
                  .done()));
      all.add(
          new Attempt(
              n + "before an error",
              Assembler.proto(2).call(c[0], c[1], "x").op(0xff, 0xff).done()));
      all.add(new Attempt(n + "without STOP", Assembler.proto(2).call(c[0], c[1], "x").done()));
      all.add(
          new Attempt(
              n + "in bytes",
              Assembler.proto(3)
                  .op(Op.EMPTY_LIST)
                  .blob(Assembler.proto(2).call(c[0], c[1], "x").stop().done())
                  .op(Op.APPEND)
                  .stop()
                  .done()));
      all.add(
          new Attempt(
              n + "behind harmless calls",
              Assembler.proto(2)
                  .global("collections", "OrderedDict")
                  .op(Op.EMPTY_TUPLE, Op.REDUCE, Op.POP)
                  .call(c[0], c[1], "x")
                  .stop()
                  .done()));
      all.add(
          new Attempt(
              n + "as persistent id",
              Assembler.proto(2).call(c[0], c[1], "x").op(Op.BINPERSID).stop().done()));
      all.add(
          new Attempt(
              n + "as a key",
              Assembler.proto(2)
                  .op(Op.EMPTY_DICT)
                  .call(c[0], c[1], "x")
                  .op(Op.NONE, Op.SETITEM)
                  .stop()
                  .done()));
      all.add(
          new Attempt(
              n + "after a lying frame",
              Assembler.proto(4)
                  .op(Op.FRAME)
                  .i8(3)
                  .bytes(
                      Assembler.proto(4)
                          .stackGlobal(c[0], c[1])
                          .op(Op.EMPTY_TUPLE, Op.REDUCE)
                          .stop()
                          .done())
                  .done()));
    }
    return all.stream();
  }

  private static String hex(String text) {
    var out = new StringBuilder();
    text.chars().forEach(c -> out.append(String.format(java.util.Locale.ROOT, "\\x%02x", c)));
    return out.toString();
  }

  private static String unicode(String text) {
    var out = new StringBuilder();
    text.chars().forEach(c -> out.append(String.format(java.util.Locale.ROOT, "\\u%04x", c)));
    return out.toString();
  }

  @ParameterizedTest
  @MethodSource("calls")
  void flagsEveryWayToCall(Attempt attempt) {
    FileResult result = Pickles.inspect(attempt.bytes());
    assertThat(result.verdict()).as(attempt.name()).isGreaterThanOrEqualTo(Verdict.UNPROVEN);
  }

  /** What changes, computes or hooks without a call of anything dangerous. */
  static Stream<Attempt> tricks() {
    return Stream.of(
        new Attempt(
            "state of a class",
            Assembler.proto(2)
                .global("collections", "OrderedDict")
                .op(Op.EMPTY_DICT)
                .longText("x")
                .op(Op.NONE, Op.SETITEM, Op.BUILD)
                .stop()
                .done()),
        new Attempt(
            "item of a module's table",
            Assembler.proto(2)
                .global("sys", "modules")
                .longText("os")
                .op(Op.NONE, Op.SETITEM)
                .stop()
                .done()),
        new Attempt(
            "item of an allowed class",
            Assembler.proto(2)
                .global("collections", "OrderedDict")
                .longText("os")
                .op(Op.NONE, Op.SETITEM)
                .stop()
                .done()),
        new Attempt(
            "planted __setstate__",
            Assembler.proto(2)
                .global("sklearn.linear_model._logistic", "LogisticRegression")
                .op(Op.EMPTY_TUPLE, Op.NEWOBJ, Op.EMPTY_DICT)
                .longText("__setstate__")
                .global("builtins", "len")
                .op(Op.SETITEM, Op.BUILD, Op.NONE, Op.BUILD)
                .stop()
                .done()),
        new Attempt(
            "planted in the second state",
            Assembler.proto(2)
                .global("sklearn.linear_model._logistic", "LogisticRegression")
                .op(Op.EMPTY_TUPLE, Op.NEWOBJ, Op.NONE, Op.EMPTY_DICT)
                .longText("__class__")
                .global("builtins", "object")
                .op(Op.SETITEM, Op.TUPLE2, Op.BUILD)
                .stop()
                .done()),
        new Attempt(
            "constructor of a class that may be made only",
            Assembler.proto(2)
                .global("sklearn.linear_model._logistic", "LogisticRegression")
                .longText("l1")
                .op(Op.TUPLE1, Op.REDUCE)
                .stop()
                .done()),
        new Attempt(
            "constructor through _reconstructor's base",
            Assembler.proto(2)
                .global("copyreg", "_reconstructor")
                .global("sklearn.svm._classes", "SVC")
                .global("sklearn.svm._classes", "SVC")
                .op(Op.NONE, Op.TUPLE3, Op.REDUCE)
                .stop()
                .done()),
        new Attempt(
            "a call of what a call gave",
            Assembler.proto(2)
                .global("functools", "partial")
                .global("builtins", "len")
                .op(Op.TUPLE1, Op.REDUCE)
                .longText("x")
                .op(Op.TUPLE1, Op.REDUCE)
                .stop()
                .done()),
        new Attempt(
            "computed name",
            Assembler.proto(4)
                .global("_codecs", "encode")
                .text("os")
                .text("ascii")
                .op(Op.TUPLE2, Op.REDUCE)
                .text("system")
                .op(Op.STACK_GLOBAL, Op.EMPTY_TUPLE, Op.REDUCE)
                .stop()
                .done()),
        new Attempt(
            "name from a number",
            Assembler.proto(4).op(Op.BININT1, 1).text("system").op(Op.STACK_GLOBAL).stop().done()),
        new Attempt("extension code", Assembler.proto(2).op(Op.EXT1, 5).stop().done()),
        new Attempt(
            "extension code of four bytes", Assembler.proto(2).op(Op.EXT4).i4(77).stop().done()),
        new Attempt(
            "persistent id", Assembler.proto(2).longText("x").op(Op.BINPERSID).stop().done()),
        new Attempt(
            "persistent id of protocol 0",
            new Assembler().op(Op.PERSID).ascii("x\n").stop().done()),
        new Attempt(
            "a generator's constructor that calls another class",
            Assembler.proto(4)
                .global("numpy.random._pickle", "__bit_generator_ctor")
                .global("sklearn.svm._classes", "SVC")
                .op(Op.TUPLE1, Op.REDUCE)
                .stop()
                .done()),
        new Attempt(
            "a generator's constructor that calls a function",
            Assembler.proto(4)
                .global("numpy.random._pickle", "__generator_ctor")
                .longText("x")
                .global("builtins", "len")
                .op(Op.TUPLE2, Op.REDUCE)
                .stop()
                .done()),
        new Attempt(
            "an encoding that is a module",
            Assembler.proto(2)
                .global("_codecs", "encode")
                .longText("x")
                .longText("evil_codec")
                .op(Op.TUPLE2, Op.REDUCE)
                .stop()
                .done()),
        new Attempt(
            "a dotted name below an allowed class",
            Assembler.proto(4)
                .stackGlobal("numpy", "ndarray.tofile")
                .op(Op.EMPTY_TUPLE, Op.REDUCE)
                .stop()
                .done()),
        new Attempt(
            "append to what has a method of its own",
            Assembler.proto(2)
                .global("sklearn.svm._classes", "SVC")
                .op(Op.EMPTY_TUPLE, Op.NEWOBJ)
                .longText("x")
                .op(Op.APPEND)
                .stop()
                .done()),
        new Attempt("opcodes newer than the protocol", Assembler.proto(2).text("a").stop().done()),
        new Attempt("memo that was never put", Assembler.proto(2).op(Op.BINGET, 9).stop().done()),
        new Attempt(
            "memo index far away",
            Assembler.proto(2).op(Op.NONE, Op.LONG_BINPUT).i4(0x7fff_fff0).stop().done()),
        new Attempt(
            "cut off",
            Assembler.proto(2).op(Op.EMPTY_LIST, Op.MARK).longText("abc").longText("def").done()),
        new Attempt(
            "a frame that ends in an opcode",
            Assembler.proto(4).op(Op.FRAME).i8(2).text("abc").stop().done()),
        new Attempt(
            "a frame beyond the end",
            Assembler.proto(4).op(Op.FRAME).i8(999).text("abc").stop().done()),
        new Attempt(
            "bytes after the end",
            Assembler.proto(2).op(Op.NONE).stop().ascii("rest of it").done()),
        new Attempt(
            "zeros after the end",
            Assembler.proto(2).op(Op.NONE).stop().bytes(new byte[64]).done()));
  }

  @ParameterizedTest
  @MethodSource("tricks")
  void flagsEveryTrick(Attempt attempt) {
    assertThat(Pickles.inspect(attempt.bytes()).verdict())
        .as(attempt.name())
        .isGreaterThanOrEqualTo(Verdict.UNPROVEN);
  }

  @Test
  void saysWhatIsCalledWithWhat() {
    FileResult result =
        Pickles.inspect(Assembler.proto(2).call("os", "system", "echo 'hi'").stop().done());
    assertThat(result.verdict()).isEqualTo(Verdict.MALICIOUS);
    assertThat(result.observations().getFirst().what())
        .startsWith("calls os.system('echo \\'hi\\'')");
    assertThat(result.observations().getFirst().offset()).isEqualTo(28);
  }

  /** What writers write. */
  static Stream<Attempt> harmless() {
    return Stream.of(
        new Attempt("nothing", Assembler.proto(4).op(Op.NONE).stop().done()),
        new Attempt(
            "words that look like tricks",
            Assembler.proto(4)
                .op(Op.EMPTY_DICT, Op.MARK)
                .text("__init__")
                .op(Op.BININT1, 1)
                .text("__setstate__")
                .op(Op.BININT1, 2, Op.SETITEMS)
                .stop()
                .done()),
        new Attempt(
            "an ordered dictionary",
            Assembler.proto(2)
                .global("collections", "OrderedDict")
                .op(Op.EMPTY_TUPLE, Op.REDUCE, Op.MARK)
                .longText("a")
                .op(Op.NONE, Op.SETITEMS)
                .stop()
                .done()),
        new Attempt(
            "an estimator",
            Assembler.proto(2)
                .global("sklearn.linear_model._logistic", "LogisticRegression")
                .op(Op.EMPTY_TUPLE, Op.NEWOBJ, Op.EMPTY_DICT)
                .longText("C")
                .op(Op.BINFLOAT)
                .i8(0)
                .op(Op.SETITEM, Op.BUILD)
                .stop()
                .done()),
        new Attempt(
            "an estimator of protocol 0",
            new Assembler()
                .global("copy_reg", "_reconstructor")
                .op(Op.MARK)
                .global("sklearn.linear_model.logistic", "LogisticRegression")
                .global("__builtin__", "object")
                .op(Op.NONE, Op.TUPLE, Op.REDUCE, Op.MARK, Op.DICT, Op.BUILD)
                .stop()
                .done()),
        new Attempt(
            "a frame that fits", Assembler.proto(4).op(Op.FRAME).i8(6).text("abc").stop().done()),
        new Attempt(
            "a partial of a harmless function",
            Assembler.proto(2)
                .global("functools", "partial")
                .global("builtins", "len")
                .op(Op.TUPLE1, Op.REDUCE)
                .stop()
                .done()),
        new Attempt(
            "two pickles",
            Assembler.proto(2)
                .op(Op.NONE)
                .stop()
                .bytes(Assembler.proto(2).op(Op.NONE).stop().done())
                .done()));
  }

  @ParameterizedTest
  @MethodSource("harmless")
  void letsPassWhatWritersWrite(Attempt attempt) {
    FileResult result = Pickles.inspect(attempt.bytes());
    assertThat(result.verdict())
        .as(attempt.name() + " " + result.observations())
        .isEqualTo(Verdict.INERT);
  }

  @Test
  void leavesTextThatBeginsLikeAPickleAlone() {
    for (String text :
        List.of(
            "(in short\nthis is prose\nand more.\n",
            "cat\ndog\n.",
            "I am here.\nYou too.\n",
            "N.B. this is a note.\n",
            "(import\nfoo\nbar)\n",
            "version https://git-lfs.github.com/spec/v1\n")) {
      assertThat(
              Pickles.inspect("notes", text.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                  .verdict())
          .as(text)
          .isEqualTo(Verdict.INERT);
    }
  }
}
