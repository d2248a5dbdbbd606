package dev.redoubt.inspect.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KerasTest {
  private static String model(String layer) {
    return "{\"module\":\"keras\",\"class_name\":\"Sequential\",\"config\":{\"name\":\"s\",\"layers\":["
        + layer.replace('\'', '"')
        + "]},\"registered_name\":null,\"build_config\":{\"input_shape\":[null,3]}}";
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'module':'keras.layers','class_name':'Dense','config':{'units':1,'activation':'relu'},'registered_name':null}",
        "{'class_name':'Dense','config':{'units':1,'kernel_initializer':{'class_name':'GlorotUniform','config':{'seed':null}}}}",
        "{'module':'keras.src.layers.core.dense','class_name':'Dense','config':{},'registered_name':'Dense'}",
        "{'class_name':'TFOpLambda','config':{'name':'tf.math.add','function':'math.add'}}",
        "{'class_name':'Dense','config':{'activation':{'module':'builtins','class_name':'function','config':'relu','registered_name':'function'}}}",
        "{'class_name':'StringLookup','config':{'vocabulary':['a','b']}}",
        "{'class_name':'Bidirectional','config':{'layer':{'class_name':'LSTM','config':{'units':4}}}}"
      })
  void takesLayersOfKerasForInert(String layer) {
    assertThat(Inspected.verdict("config.json", model(layer))).isEqualTo(Verdict.INERT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'module':'os','class_name':'function','config':'system','registered_name':'function'}",
        "{'class_name':'Dense','config':{'activation':{'module':'builtins','class_name':'function','config':'eval'}}}",
        "{'module':'keras.utils','class_name':'get_file','config':{'origin':'http://x/y'}}",
        "{'module':'keras.config','class_name':'function','config':'enable_unsafe_deserialization'}",
        "{'module':'subprocess','class_name':'Popen','config':{'args':'id'}}",
        "{'module':'keras.layers','class_name':'TorchModuleWrapper','config':{'module':'abc'}}",
        "{'class_name':'StringLookup','config':{'vocabulary':'/etc/passwd'}}",
        "{'class_name':'Lambda','config':{'function':['4wEAAAAAAAAAAAAAAAEAAAADAAAA8xYAAACXAHQBAAAAAAAAAAAAAGQBqwEAAAAAAABTACkCTto6X19pbXBvcnRfXygnb3MnKS5zeXN0ZW0oKSkB2gRldmFsKQHaAXhzAQAAACDaCDxsYW1iZGE+',null,null],'function_type':'lambda'}}"
      })
  void takesWhatExecutesForMalicious(String layer) {
    assertThat(Inspected.verdict("config.json", model(layer))).isEqualTo(Verdict.MALICIOUS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'class_name':'Lambda','config':{'function':'my_function','function_type':'function'}}",
        "{'class_name':'__lambda__','config':{'value':'x'}}",
        "{'class_name':'MyLayer','config':{}}",
        "{'module':'my_package.layers','class_name':'Dense','config':{}}",
        "{'module':'keras.layers','class_name':'Dense','config':{},'registered_name':'Custom>Dense'}",
        "{'module':'keras.layers','class_name':'TFSMLayer','config':{'filepath':'x'}}",
        "{'class_name':'TFOpLambda','config':{'function':'io.read_file'}}",
        "{'class_name':'Dense','config':{'activation':{'class_name':'function','config':'mine','module':'builtins'}}}",
        "{'class_name':'Dense','class_name':'MyLayer','config':{}}",
        "{'class_name':'TextVectorization','config':{'vocabulary':'words.txt'}}"
      })
  void takesWhatIsNotKerasOwnForUnproven(String layer) {
    assertThat(Inspected.verdict("config.json", model(layer))).isEqualTo(Verdict.UNPROVEN);
  }
}
