package dev.redoubt.inspect.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.inspect.artifact.Inspected.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** ONNX, TensorFlow and Paddle, put together field by field. */
class GraphFormatsTest {
  private static Bytes node(String operator, String domain) {
    return new Bytes().field(1, "x").field(2, "y").field(4, operator).field(7, domain);
  }

  private static Bytes tensor(int elements, int bytes) {
    return new Bytes().number(1, elements).number(2, 1).field(8, "W").field(9, new byte[bytes]);
  }

  private static Bytes model(Bytes graph) {
    return new Bytes()
        .number(1, 8)
        .field(2, "pytorch")
        .field(7, graph)
        .field(8, new Bytes().field(1, "").number(2, 17));
  }

  static byte[] onnx() {
    return model(new Bytes().field(1, node("Relu", "")).field(2, "g").field(5, tensor(2, 8)))
        .bytes();
  }

  private static Verdict verdict(Bytes model) {
    Verdict named = Inspected.verdict("m.onnx", model.bytes());
    assertThat(Inspected.verdict("data", model.bytes())).isEqualTo(named);
    return named;
  }

  private static Bytes external(String location) {
    Bytes entry = new Bytes().field(1, "location").field(2, location);
    return model(
        new Bytes()
            .field(1, node("Relu", ""))
            .field(
                5,
                new Bytes()
                    .number(1, 2)
                    .number(2, 1)
                    .field(8, "W")
                    .field(13, entry)
                    .number(14, 1)));
  }

  @Test
  void takesOperatorsOfOnnxForInert() {
    assertThat(Inspected.verdict("m.onnx", onnx())).isEqualTo(Verdict.INERT);
    assertThat(verdict(model(new Bytes().field(1, node("FusedMatMul", "com.microsoft")))))
        .isEqualTo(Verdict.INERT);
  }

  @ParameterizedTest
  @CsvSource({
    "PyOp,''",
    "Relu,my.domain",
    "EPContext,com.microsoft",
    "ATen,org.pytorch.aten",
    "relu,''"
  })
  void takesOtherOperatorsForUnproven(String operator, String domain) {
    assertThat(verdict(model(new Bytes().field(1, node(operator, domain)))))
        .isEqualTo(Verdict.UNPROVEN);
  }

  @Test
  void knowsAFunctionThatTheModelDefines() {
    Bytes function = new Bytes().field(1, "F").field(7, node("Relu", "")).field(10, "my.domain");
    assertThat(verdict(model(new Bytes().field(1, node("F", "my.domain"))).field(25, function)))
        .isEqualTo(Verdict.INERT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../../etc/passwd",
        "/etc/passwd",
        "C:\\x",
        "https://x/y",
        "a/../../b",
        "..\\..\\x",
        "~/x",
        "*/_ORT_MEM_ADDR_/*"
      })
  void takesDataOutsideOfTheFolderForMalicious(String location) {
    assertThat(verdict(external(location))).isEqualTo(Verdict.MALICIOUS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"model.onnx.data", "weights/a..b.bin", "./m.data"})
  void takesDataBesideTheModelForInert(String location) {
    assertThat(verdict(external(location))).isEqualTo(Verdict.INERT);
  }

  @Test
  void takesTensorsWhoseShapeAndDataDisagreeForUnproven() {
    assertThat(verdict(model(new Bytes().field(5, tensor(2, 7))))).isEqualTo(Verdict.UNPROVEN);
    assertThat(verdict(model(new Bytes().field(5, tensor(-1, 8))))).isEqualTo(Verdict.UNPROVEN);
    assertThat(verdict(model(new Bytes().field(5, tensor(2, 8)).field(5, tensor(2, 8)))))
        .isEqualTo(Verdict.UNPROVEN);
  }

  @Test
  void looksIntoGraphsInAttributes() {
    Bytes inner = new Bytes().field(1, node("Evil", "x.y"));
    Bytes attribute = new Bytes().field(1, "then_branch").field(6, inner).number(20, 5);
    Bytes branch = new Bytes().field(2, "z").field(4, "If").field(5, attribute);
    assertThat(verdict(model(new Bytes().field(1, branch)))).isEqualTo(Verdict.UNPROVEN);
  }

  @Test
  void takesUnknownFieldsAndDeepNestingForUnproven() {
    assertThat(Inspected.verdict("m.onnx", new Bytes().raw(onnx()).number(99, 1).bytes()))
        .isEqualTo(Verdict.UNPROVEN);
    Bytes graph = new Bytes().field(1, node("Relu", ""));
    for (int i = 0; i < 120; i++) {
      graph =
          new Bytes()
              .field(
                  1,
                  new Bytes().field(2, "z").field(4, "If").field(5, new Bytes().field(6, graph)));
    }
    assertThat(verdict(model(graph))).isEqualTo(Verdict.UNPROVEN);
  }

  private static Bytes tfNode(String operator) {
    return new Bytes().field(1, "n").field(2, operator);
  }

  static byte[] graphDef(String operator) {
    return new Bytes()
        .field(1, tfNode("Placeholder"))
        .field(1, tfNode(operator))
        .field(4, new Bytes().number(1, 1200))
        .bytes();
  }

  @ParameterizedTest
  @CsvSource({
    "MatMul,INERT",
    "StatefulPartitionedCall,INERT",
    "SaveV2,INERT",
    "ReadFile,MALICIOUS",
    "WriteFile,MALICIOUS",
    "PyFunc,MALICIOUS",
    "EagerPyFunc,MALICIOUS",
    "PyFuncStateless,MALICIOUS",
    "MatchingFiles,MALICIOUS",
    "TFRecordDataset,UNPROVEN",
    "MyCustomOp,UNPROVEN"
  })
  void judgesTensorFlowsOperators(String operator, Verdict verdict) {
    byte[] graph = graphDef(operator);
    assertThat(Inspected.verdict("frozen.pb", graph)).isEqualTo(verdict);
    Bytes meta = new Bytes().field(1, new Bytes().field(4, "serve")).field(2, graph);
    assertThat(Inspected.verdict("saved_model.pb", new Bytes().number(1, 1).field(2, meta).bytes()))
        .isEqualTo(verdict);
    assertThat(Inspected.verdict("model.ckpt.meta", meta.bytes())).isEqualTo(verdict);
    assertThat(
            Inspected.verdict("g.pbtxt", "node {\n  name: \"n\"\n  op: \"" + operator + "\"\n}\n"))
        .isEqualTo(verdict);
  }

  @Test
  void looksIntoTheLibraryOfFunctions() {
    Bytes function =
        new Bytes().field(1, new Bytes().field(1, "__inference_f")).field(3, tfNode("WriteFile"));
    byte[] graph =
        new Bytes()
            .field(1, tfNode("__inference_f"))
            .field(2, new Bytes().field(1, function))
            .bytes();
    assertThat(Inspected.verdict("frozen.pb", graph)).isEqualTo(Verdict.MALICIOUS);
  }

  @Test
  void looksAtPathsOfAssets() {
    Bytes meta =
        new Bytes().field(2, graphDef("Relu")).field(6, new Bytes().field(2, "../../etc/passwd"));
    assertThat(Inspected.verdict("saved_model.pb", new Bytes().number(1, 1).field(2, meta).bytes()))
        .isEqualTo(Verdict.MALICIOUS);
  }

  @ParameterizedTest
  @CsvSource({"relu,INERT", "py_func,MALICIOUS", "load,UNPROVEN", "custom_relu,UNPROVEN"})
  void judgesPaddlesOperators(String operator, Verdict verdict) {
    Bytes block = new Bytes().number(1, 0).number(2, 0).field(4, new Bytes().field(3, operator));
    assertThat(Inspected.verdict("inference.pdmodel", new Bytes().field(1, block).bytes()))
        .isEqualTo(verdict);
  }
}
