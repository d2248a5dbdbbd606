package dev.redoubt.runtime.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.redoubt.runtime.program.ProgramException.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs that do what they must not: each is named in one line and never waited for in vain. */
@Timeout(120)
class HostileProgramTest {
  private static final Duration SHORT = Duration.ofMillis(300);

  @TempDir Path folder;

  private ProgramException startOf(ProgramSpec spec) {
    return oneLine(
        catchThrowableOfType(ProgramException.class, () -> TargetProgram.start(spec).close()));
  }

  /** What a say meets, of a target that is ready and then does this. */
  private ProgramException sayTo(String then) throws Exception {
    return sayTo(then, Python.SOON);
  }

  private ProgramException sayTo(String then, Duration timeout) throws Exception {
    try (var target = TargetProgram.start(Python.program(folder, Python.TARGET + then))) {
      return oneLine(
          catchThrowableOfType(
              ProgramException.class, () -> target.say(ProgramTurn.first("c", "hi"), timeout)));
    }
  }

  private static ProgramException oneLine(ProgramException e) {
    assertThat(e).isNotNull();
    assertThat(e.getMessage()).startsWith("program '").hasLineCount(1).hasSizeLessThan(900);
    return e;
  }

  @Nested
  class AtTheStart {
    @Test
    void aProgramThatIsNotThere() {
      var spec = ProgramSpec.of(folder, "no-such-program-here", "target.py");
      assertThat(startOf(spec))
          .hasMessageContainingAll("no-such-program-here", "No such file or directory", "PATH")
          .returns(Kind.NOT_STARTED, ProgramException::kind);
    }

    @Test
    void aFolderThatIsNotThere() {
      assertThat(startOf(ProgramSpec.of(folder.resolve("gone"), "python3")))
          .hasMessageContaining("no such folder")
          .returns(Kind.NOT_STARTED, ProgramException::kind);
    }

    @Test
    void oneThatDies() throws IOException {
      assertThat(startOf(Python.program(folder, "raise ValueError('no model')")))
          .hasMessageContainingAll("exit code 1", "it said last: ValueError: no model")
          .returns(Kind.ENDED, ProgramException::kind);
    }

    @Test
    void oneThatIsNeverReady() throws IOException {
      assertThat(startOf(Python.program(folder, "import time; time.sleep(600)", SHORT)))
          .hasMessageContainingAll("did not answer in 0.3 s", "'ready'")
          .returns(Kind.NOT_STARTED, ProgramException::kind);
    }

    @Test
    void oneThatPrintsABanner() throws IOException {
      assertThat(startOf(Python.program(folder, "print('Loading model ...', flush=True); input()")))
          .hasMessageContainingAll("Loading model ...", "standard error")
          .returns(Kind.NOT_JSON, ProgramException::kind);
    }

    @Test
    void oneThatSaysThatItCanNot() throws IOException {
      var spec =
          Python.program(
              folder, Python.TOOLS + "read(); send(type='failed', message='no licence'); read()");
      assertThat(startOf(spec))
          .hasMessageContaining("says that it failed: no licence")
          .returns(Kind.REPORTED, ProgramException::kind);
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '"',
        value = {
          "protocol=2, role='target', name='t' | 'protocol' must be 1, not 2",
          "role='target', name='t' | 'protocol' is missing",
          "protocol=1, role='judge', name='t' | asked to be a target and says that it is 'judge'",
          "protocol=1, role='target' | 'name' is missing",
          "protocol=1, role='target', name='' | 'name' must match",
          "protocol=1, role='target', name='t', concurrency=0 | 'concurrency' must be 1 to 1024",
          "protocol=1, role='target', name='t', statless=True | unknown field 'statless'",
          "protocol=1, role='target', name='t', components=['a'] | unknown field 'components'",
        })
    void oneThatIsReadyForSomethingElse(String fields, String why) throws IOException {
      var program = Python.TOOLS + "read(); send(type='ready', " + fields + "); read()";
      assertThat(startOf(Python.program(folder, program)))
          .hasMessageContaining(why)
          .returns(Kind.BAD_REPLY, ProgramException::kind);
    }
  }

  @Nested
  class Silence {
    @Test
    void noAnswerIsATimeOutAndTheProgramIsKilled() throws Exception {
      var held = "lock = hold('lock'); read(); print('thinking', file=sys.stderr); time.sleep(600)";
      assertThat(sayTo(held, SHORT))
          .hasMessageContaining("did not answer in 0.3 s and was killed")
          .returns(Kind.TIMEOUT, ProgramException::kind);
      Python.awaitRelease(folder.resolve("lock"));
    }

    @Test
    void halfALineIsNoAnswer() throws Exception {
      assertThat(sayTo("read(); raw(b'{\"type\": \"sai'); time.sleep(600)", SHORT))
          .returns(Kind.TIMEOUT, ProgramException::kind);
    }

    @Test
    void halfALineAndTheEndIsNamed() throws Exception {
      assertThat(sayTo("read(); raw(b'{\"type\": \"sai'); os._exit(0)"))
          .hasMessageContaining("not JSON: {\"type\": \"sai")
          .returns(Kind.NOT_JSON, ProgramException::kind);
    }

    @Test
    void oneThatNeverReadsHoldsNobodyUp() throws Exception {
      try (var target =
          TargetProgram.start(Python.program(folder, Python.TARGET + "time.sleep(600)"))) {
        var long_ = ProgramTurn.first("c", "x".repeat(1 << 20));
        var e = catchThrowableOfType(ProgramException.class, () -> target.say(long_, SHORT));
        assertThat(oneLine(e).kind()).isEqualTo(Kind.TIMEOUT);
      }
    }

    @Test
    void oneThatClosesItsOutputIsOver() throws Exception {
      assertThat(sayTo("read(); os.close(1); time.sleep(600)"))
          .hasMessageContaining("closed its standard output")
          .returns(Kind.ENDED, ProgramException::kind);
    }

    @Test
    void oneThatEndsGivesItsCodeAndItsLastWords() throws Exception {
      assertThat(sayTo("read(); print('a\\nb \\x1b[31m', file=sys.stderr); sys.exit(7)"))
          .hasMessageContainingAll("ended with exit code 7", "it said last: b [31m")
          .returns(Kind.ENDED, ProgramException::kind);
    }
  }

  @Nested
  class Floods {
    @Test
    void aLineWithoutEnd() throws Exception {
      assertThat(sayTo("read()\nwhile True: raw(b'x' * 65536)"))
          .hasMessageContaining("a line of more than 1 MiB")
          .returns(Kind.TOO_LARGE, ProgramException::kind);
    }

    @Test
    void aLineOfTenMegabytes() throws Exception {
      assertThat(sayTo("send(type='said', id=read()['id'], text='x' * 10_000_000)"))
          .returns(Kind.TOO_LARGE, ProgramException::kind);
    }

    @Test
    void emptyLinesWithoutEnd() throws Exception {
      assertThat(sayTo("while True: raw(b'\\n' * 100)"))
          .hasMessageContaining("lines that nobody asked for")
          .returns(Kind.FLOOD, ProgramException::kind);
    }

    @Test
    void standardErrorHoldsNothingUp() throws Exception {
      var program =
          """
          id = read()['id']
          for _ in range(2000): sys.stderr.write('x' * 10_000 + '\\n')
          send(type='said', id=id, text='still here')
          read()
          """;
      try (var target = TargetProgram.start(Python.program(folder, Python.TARGET + program))) {
        assertThat(target.say(ProgramTurn.first("c", "hi"), Python.SOON).text())
            .isEqualTo("still here");
      }
    }
  }

  @Nested
  class WrongLines {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "b'\\xff\\xfe\\n'",
          "b'hello\\n'",
          "b'[1]\\n'",
          "b'{\"type\":\"said\",\"id\":1,\"text\":\"a\"} {}\\n'",
          "b'{\"type\":\"said\",\"id\":1,\"text\":\"a\",\"text\":\"b\"}\\n'",
          "b'{\"type\":\"said\",\"id\":1,\"text\":NaN}\\n'",
          "b'{\"a\":' * 200_000 + b'\\n'",
          "b'{\"type\":\"said\",\"id\":1,\"text\":\"a\\n'",
        })
    void whatIsNoJsonObjectInUtf8(String bytes) throws Exception {
      assertThat(sayTo("read(); raw(" + bytes + "); read()").kind())
          .isIn(Kind.NOT_JSON, Kind.TOO_LARGE);
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '"',
        value = {
          "type='said', id=99, text='a' | answered request 99, which nobody sent",
          "type='said', text='a' | a 'said' without the id",
          "type='said', id='1', text='a' | a 'said' without the id",
          "type='said', id=1.5, text='a' | a 'said' without the id",
          "type='verdict', id=1 | type 'verdict', which a target has not",
          "id=1 | type '', which a target has not",
          "type='ready', protocol=1, role='target', name='t' | said twice that it is ready",
        })
    void whatTheProtocolDoesNotHaveHere(String fields, String why) throws Exception {
      assertThat(sayTo("read(); send(" + fields + "); read()"))
          .hasMessageContaining(why)
          .returns(Kind.BAD_REPLY, ProgramException::kind);
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '"',
        value = {
          "dict() | 'text' is missing",
          "dict(text=None) | 'text' is missing",
          "dict(text=5) | 'text' must be a text, not 5",
          "dict(text='a', tool_calls=[]) | unknown field 'tool_calls'; it may have",
          "dict(text='a', toolCalls={}) | 'toolCalls' must be a list",
          "dict(text='a', toolCalls=['x']) | said.toolCalls[0] must be an object",
          "dict(text='a', toolCalls=[dict(arguments={})]) | 'name' is missing",
          "dict(text='a', toolCalls=[dict(name='b', arguments='{}')]) | must be an object",
          "dict(text='a', toolCalls=[dict(name='b', args={})]) | said.toolCalls[0]: unknown field",
          "dict(text='a', promptTokens=-1) | 'promptTokens' must be a whole number from 0",
          "dict(text='a', promptTokens=10**30) | 'promptTokens' must be a whole number from 0",
          "dict(text='a', cost='1') | 'cost' must be a number from 0",
        })
    void aReplyThatIsWrong(String fields, String why) throws Exception {
      assertThat(sayTo("send(type='said', id=read()['id'], **" + fields + "); read()"))
          .hasMessageContaining(why)
          .returns(Kind.BAD_REPLY, ProgramException::kind);
    }

    @Test
    void aFailureOfTheProgramsOwnKeepsItsWord() throws Exception {
      var e =
          sayTo(
              "send(type='failed', id=read()['id'], kind='rate-limited', message='slow\\ndown');"
                  + " read()");
      assertThat(e)
          .hasMessageContaining("says that it failed: slow down")
          .returns(Kind.REPORTED, ProgramException::kind);
      assertThat(e.reported()).contains("rate-limited");
    }
  }
}
