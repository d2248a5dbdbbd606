package dev.redoubt.runtime.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.redoubt.runtime.program.ProgramException.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** A program that dies is started again; one that is closed leaves nothing behind. */
@Timeout(120)
class ProgramLivesTest {
  private static final String ECHO =
      """
      while True:
          request = read()
          if request['type'] == 'say':
              if request['text'] == 'die': os._exit(3)
              if request['text'] == 'hang': time.sleep(600)
              send(type='said', id=request['id'], text='echo ' + request['text'])
      """;

  /** A process of the program's own that keeps its output open and lives for ever. */
  private static final String CHILD =
      """
      CHILD = '''
      import fcntl, sys, time
      lock = open('lock', 'w'); fcntl.lockf(lock, fcntl.LOCK_EX)
      print('up', file=sys.stderr, flush=True); time.sleep(600)
      '''
      child = subprocess.Popen([sys.executable, '-c', CHILD], stderr=subprocess.PIPE)
      child.stderr.readline()
      """;

  @TempDir Path folder;

  private TargetProgram target(String program) throws Exception {
    return TargetProgram.start(Python.program(folder, program));
  }

  private static String say(TargetProgram target, String conversation, int turn, String text)
      throws Exception {
    var what = new ProgramTurn(conversation, turn, text, List.of(), null, null, null, null);
    return target.say(what, Python.SOON).text();
  }

  private static Kind failure(TargetProgram target, String conversation, int turn, String text) {
    return failure(target, conversation, turn, text, Python.SOON).kind();
  }

  private static ProgramException failure(
      TargetProgram target, String conversation, int turn, String text, Duration timeout) {
    var what = new ProgramTurn(conversation, turn, text, List.of(), null, null, null, null);
    return catchThrowableOfType(ProgramException.class, () -> target.say(what, timeout));
  }

  @Test
  void aCrashCostsOneRequest() throws Exception {
    try (var target = target(Python.TARGET + ECHO)) {
      for (int round = 0; round < 7; round++) {
        assertThat(say(target, "a" + round, 0, "hi")).isEqualTo("echo hi");
        assertThat(failure(target, "b" + round, 0, "die")).isEqualTo(Kind.ENDED);
      }
      assertThat(say(target, "c", 0, "hi")).isEqualTo("echo hi");
    }
  }

  @Test
  void aHangCostsOneRequest() throws Exception {
    try (var target = target(Python.TARGET + ECHO)) {
      assertThat(failure(target, "a", 0, "hang", Duration.ofMillis(200)).kind())
          .isEqualTo(Kind.TIMEOUT);
      assertThat(say(target, "b", 0, "hi")).isEqualTo("echo hi");
    }
  }

  @Test
  void aConversationThatDiedIsForgottenAndNotBegunAgainInTheMiddle() throws Exception {
    try (var target = target(Python.TARGET + ECHO)) {
      assertThat(say(target, "a", 0, "hi")).isEqualTo("echo hi");
      assertThat(failure(target, "b", 0, "die")).isEqualTo(Kind.ENDED);
      assertThat(failure(target, "a", 1, "and now?")).isEqualTo(Kind.FORGOTTEN);
      assertThat(failure(target, "never begun", 1, "and now?")).isEqualTo(Kind.FORGOTTEN);
      assertThat(say(target, "a", 0, "again")).isEqualTo("echo again");
      assertThat(say(target, "a", 1, "and now?")).isEqualTo("echo and now?");
    }
  }

  @Test
  void aStatelessTargetForgetsNothing() throws Exception {
    var stateless = Python.TARGET.replace("name='t'", "name='t', stateless=True");
    try (var target = target(stateless + ECHO)) {
      assertThat(target.stateless()).isTrue();
      assertThat(say(target, "a", 0, "hi")).isEqualTo("echo hi");
      assertThat(failure(target, "b", 0, "die")).isEqualTo(Kind.ENDED);
      assertThat(say(target, "a", 1, "and now?")).isEqualTo("echo and now?");
    }
  }

  @Test
  void oneThatNeverAnswersIsGivenUp() throws Exception {
    try (var target = target(Python.TARGET + ECHO)) {
      for (int i = 0; i < ProgramConnection.MOST_BARREN_LIVES; i++) {
        assertThat(failure(target, "a" + i, 0, "die")).isEqualTo(Kind.ENDED);
      }
      assertThat(failure(target, "b", 0, "hi", Python.SOON))
          .hasMessageContainingAll("exit code 3", "given up: 5 times in a row")
          .returns(Kind.GIVEN_UP, ProgramException::kind);
    }
  }

  @Test
  void oneThatDoesNotStartAgainIsGivenUp() throws Exception {
    var once =
        Python.TOOLS
            + "if os.path.exists('ran'): sys.exit('only once')\nopen('ran', 'w').close()\n"
            + Python.TARGET
            + ECHO;
    try (var target = target(once)) {
      assertThat(say(target, "a", 0, "hi")).isEqualTo("echo hi");
      for (int i = 0; i <= ProgramConnection.MOST_BARREN_LIVES; i++) {
        assertThat(failure(target, "b" + i, 0, "die")).isEqualTo(Kind.ENDED);
      }
      assertThat(failure(target, "c", 0, "hi", Python.SOON))
          .hasMessageContainingAll("only once", "given up")
          .returns(Kind.GIVEN_UP, ProgramException::kind);
    }
  }

  @Test
  void requestsGoOneByOneUnlessTheProgramTakesMore() throws Exception {
    var alone =
        """
        import select
        while True:
            request = json.loads(os.read(0, 100_000))
            more = select.select([0], [], [], 0.05)[0]
            send(type='said', id=request['id'], text='not alone' if more else 'alone')
        """;
    // Without Python's buffer, which would hide a second request.
    var ready = Python.TARGET.replace("read()\nsend", "os.read(0, 1000)\nsend");
    try (var target = target(ready + alone)) {
      assertThat(atOnce(target, 6)).containsOnly("alone");
    }
  }

  @Test
  void answersMayComeInAnyOrderWhenTheProgramTakesMore() throws Exception {
    var reverse =
        """
        while True:
            requests = [read() for _ in range(4)]
            for r in reversed(requests):
                send(type='said', id=r['id'], text='echo ' + r['text'])
        """;
    var ready = Python.TARGET.replace("name='t'", "name='t', concurrency=4");
    try (var target = target(ready + reverse)) {
      assertThat(target.concurrency()).isEqualTo(4);
      assertThat(atOnce(target, 4)).containsExactly("echo 0", "echo 1", "echo 2", "echo 3");
    }
  }

  private static List<String> atOnce(TargetProgram target, int count) throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<String>> calls =
          IntStream.range(0, count)
              .<Callable<String>>mapToObj(i -> () -> say(target, "c" + i, 0, "" + i))
              .toList();
      return threads.invokeAll(calls).stream().map(f -> f.resultNow()).toList();
    }
  }

  @Test
  void anAnswerThatComesTooLateForItsCallerHarmsNobody() throws Exception {
    var late =
        """
        first, second = read(), read()
        for r in (first, second):
            send(type='said', id=r['id'], text=r['text'])
        third = read()
        send(type='said', id=third['id'], text='third')
        send(type='said', id=third['id'], text='third again')
        read()
        """;
    var ready = Python.TARGET.replace("name='t'", "name='t', concurrency=2");
    try (var line = ProgramConnection.start(Role.TARGET, Python.program(folder, ready + late))) {
      line.call(request("given up"), null).close();
      try (var call = line.call(request("second"), null)) {
        assertThat(call.next(Python.SOON).text("text")).isEqualTo("second");
      }
      try (var call = line.call(request("third"), null)) {
        assertThat(call.next(Python.SOON).text("text")).isEqualTo("third");
      }
      try (var call = line.call(request("fourth"), null)) {
        // Either it is told here or the program was started again before: then it waits for more.
        assertThatThrownBy(() -> call.next(Duration.ofSeconds(1)))
            .isInstanceOf(ProgramException.class);
      }
    }
  }

  private static ObjectNode request(String text) {
    return Json.message("say").put("text", text);
  }

  @Test
  void aChildThatKeepsTheOutputOpenGoesWithADeadProgram() throws Exception {
    try (var target = target(Python.TOOLS + CHILD + Python.TARGET + ECHO)) {
      assertThat(failure(target, "a", 0, "die")).isEqualTo(Kind.ENDED);
      Python.awaitRelease(folder.resolve("lock"));
    }
  }

  @Test
  void aChildGoesWithAProgramThatHangs() throws Exception {
    try (var target = target(Python.TARGET + CHILD + ECHO)) {
      assertThat(failure(target, "a", 0, "hang", Duration.ofSeconds(2)).kind())
          .isEqualTo(Kind.TIMEOUT);
      Python.awaitRelease(folder.resolve("lock"));
    }
  }

  @Test
  void closingEndsEvenAProgramThatDoesNotListen() throws Exception {
    var deaf = "lock = hold('lock')\nread()\nsend(type='said', id=1, text='a')\ntime.sleep(600)";
    var target = target(Python.TARGET + deaf);
    assertThat(say(target, "a", 0, "hi")).isEqualTo("a");
    target.close();
    Python.awaitRelease(folder.resolve("lock"));
    assertThat(failure(target, "b", 0, "hi", Python.SOON))
        .hasMessageEndingWith("is closed")
        .returns(Kind.CLOSED, ProgramException::kind);
  }

  @Test
  void closingLetsAProgramEndByItself() throws IOException, Exception {
    var orderly =
        """
        try:
            while True: read()
        finally:
            open('tidied-up', 'w').close()
        """;
    target(Python.TARGET + orderly).close();
    assertThat(folder.resolve("tidied-up")).exists();
  }

  @Test
  void theProgramRunsInItsFolderWithOurEnvironmentAndMore() throws Exception {
    var tells =
        """
        request = read()
        text = os.getcwd() + ' ' + os.environ['EXTRA'] + ' ' + str('PATH' in os.environ)
        send(type='said', id=request['id'], text=text)
        read()
        """;
    var spec = Python.program(folder, Python.TARGET + tells);
    var more =
        new ProgramSpec(
            spec.command(), folder, java.util.Map.of("EXTRA", "s3cret"), spec.startTimeout());
    assertThat(more.toString()).contains("EXTRA").doesNotContain("s3cret");
    try (var target = TargetProgram.start(more)) {
      assertThat(say(target, "a", 0, "hi")).isEqualTo(folder.toRealPath() + " s3cret True");
    }
  }

  @Test
  void textOfAnyKindGoesThereAndBack() throws Exception {
    try (var target = target(Python.TARGET + ECHO)) {
      String any = "line\nline\r\u2028\u0000\ud800 ẞ 🦜 \"quoted\"";
      assertThat(say(target, "a", 0, any)).isEqualTo("echo " + any);
    }
  }
}
