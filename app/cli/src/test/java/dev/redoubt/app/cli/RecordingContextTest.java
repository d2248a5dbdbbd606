package dev.redoubt.app.cli;

import static org.assertj.core.api.Assertions.assertThatCode;

import dev.redoubt.core.AssessmentContext;
import java.lang.reflect.Method;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RecordingContextTest {
  static Method[] said() {
    return AssessmentContext.class.getMethods();
  }

  /** A default that is not handed on would hide what the run was told. */
  @ParameterizedTest
  @MethodSource("said")
  void handsEverythingOn(Method method) {
    assertThatCode(() ->
            RecordingContext.class.getDeclaredMethod(method.getName(), method.getParameterTypes()))
        .doesNotThrowAnyException();
  }
}
