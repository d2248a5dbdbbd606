package dev.redoubt.inspect.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RepositoryTest {
  @TempDir Path folder;

  private void write(String file, String text) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private Map<String, Verdict> inspect() throws InterruptedException {
    var verdicts = new TreeMap<String, Verdict>();
    ArtifactInspector.standard()
        .inspect(
            java.util.List.of(folder),
            r -> verdicts.put(folder.relativize(Path.of(r.path())).toString(), r.verdict()));
    return verdicts;
  }

  @Test
  void chargesCodeThatAConfigurationNamesAndWhatItImports() throws Exception {
    write(
        "config.json", "{\"model_type\":\"x\",\"auto_map\":{\"AutoModel\":\"modeling_x.XModel\"}}");
    write("modeling_x.py", "from .configuration_x import XConfig\nclass XModel: pass\n");
    write("configuration_x.py", "class XConfig: pass\n");
    write("train.py", "import os\nos.system('id')\n");
    write("tokenizer_config.json", "{\"tokenizer_class\":\"LlamaTokenizer\"}");
    assertThat(inspect())
        .isEqualTo(
            Map.of(
                "config.json", Verdict.UNPROVEN,
                "modeling_x.py", Verdict.UNPROVEN,
                "configuration_x.py", Verdict.UNPROVEN,
                "train.py", Verdict.INERT,
                "tokenizer_config.json", Verdict.INERT));
  }

  @Test
  void chargesCodeThatStandsWhereLoadersLook() throws Exception {
    write("custom_generate/generate.py", "def generate(model): pass\n");
    write("handler.py", "class EndpointHandler:\n  pass\n");
    write("data.py", "import datasets\nclass D(datasets.GeneratorBasedBuilder):\n  pass\n");
    write("plain.py", "print('x')\n");
    assertThat(inspect())
        .isEqualTo(
            Map.of(
                "custom_generate/generate.py", Verdict.UNPROVEN,
                "handler.py", Verdict.UNPROVEN,
                "data.py", Verdict.UNPROVEN,
                "plain.py", Verdict.INERT));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "config.json|{'model_type':'llama','_name_or_path':'../x','architectures':['LlamaForCausalLM']}|INERT",
        "config.json|{'auto_map':{}}|INERT",
        "config.json|{'trust_remote_code':true}|UNPROVEN",
        "config.json|{'trust_remote_code':false}|INERT",
        "config.json|{'custom_pipelines':{'t':{'impl':'pipe.P','pt':['AutoModel']}}}|UNPROVEN",
        "config.json|{'auto_map':{'AutoModel':'someone/else--modeling_x.X'}}|UNPROVEN",
        "config.json|{'_attn_implementation':'someone/kernel'}|UNPROVEN",
        "config.json|{'_attn_implementation':'sdpa'}|INERT",
        "config.json|{'a':1,'a':2}|UNPROVEN",
        "config.json|{'a':1|UNPROVEN",
        "package.json|{'a':1,'a':2}|INERT",
        "tokenizer_config.json|{'auto_map':{'AutoTokenizer':['tokenization_x.T',null]}}|UNPROVEN",
        "modules.json|[{'idx':0,'name':'0','path':'','type':'sentence_transformers.models.Transformer'}]|INERT",
        "modules.json|[{'idx':0,'name':'0','path':'','type':'custom_st.Transformer'}]|UNPROVEN",
        "model_index.json|{'_class_name':'StableDiffusionPipeline','unet':['diffusers','UNet2DConditionModel'],'safety_checker':[null,null]}|INERT",
        "model_index.json|{'_class_name':['pipeline','MyPipeline'],'unet':['diffusers','U']}|UNPROVEN",
        "model_index.json|{'_class_name':'P','unet':['my_unet','U']}|UNPROVEN",
        "adapter_config.json|{'peft_type':'LORA','auto_mapping':{'base_model_class':'X','parent_library':'transformers.models.x'}}|INERT",
        "adapter_config.json|{'auto_mapping':{'parent_library':'os'}}|UNPROVEN",
        "model.safetensors.index.json|{'weight_map':{'a':'model-00001.safetensors'}}|INERT",
        "model.safetensors.index.json|{'weight_map':{'a':'../../etc/passwd'}}|UNPROVEN",
        "x.json|{'py/object':'os.system'}|MALICIOUS",
        "x.json|{'py/object':'my.Thing'}|UNPROVEN",
        "x.json|{'name':'py/object'}|INERT",
        "schema.json|{'__class__':'list','__module__':'builtins','__loader__':'ListNode','content':[]}|INERT",
        "schema.json|{'__class__':'system','__module__':'os','__loader__':'FunctionNode'}|MALICIOUS",
        "schema.json|{'__class__':'system','__module__':'os','__loader__':'OperatorFuncNode'}|MALICIOUS",
        "schema.json|{'__class__':'MyModel','__module__':'mine','__loader__':'ObjectNode'}|UNPROVEN",
        "schema.json|{'__class__':'LinearRegression','__module__':'sklearn.linear_model._base','__loader__':'ObjectNode'}|INERT",
        "net-symbol.json|{'nodes':[{'op':'null','name':'d','inputs':[]},{'op':'Convolution','name':'c','inputs':[[0,0,0]]}],'arg_nodes':[0],'heads':[[1,0,0]]}|INERT",
        "net-symbol.json|{'nodes':[{'op':'Custom','name':'d','attrs':{'op_type':'x'},'inputs':[]}],'arg_nodes':[0],'heads':[[0,0,0]]}|UNPROVEN",
        "net-symbol.json|{'nodes':[{'op':'null','name':'d','inputs':[[7,0,0]]}],'arg_nodes':[0],'heads':[[0,0,0]]}|UNPROVEN",
        "m.pmml|<?xml version='1.0'?><PMML version='4.4'><Header><Extension name='user'"
            + " value='x'/></Header></PMML>|INERT",
        "m.pmml|<?xml version='1.0'?><!DOCTYPE PMML [<!ENTITY x SYSTEM"
            + " 'file:///etc/passwd'>]><PMML>&x;</PMML>|UNPROVEN",
        "m.pmml|<PMML><Extension><script>java.lang.Runtime.getRuntime()</script></Extension></PMML>|UNPROVEN",
        "m.pmml|<PMML><Header>|UNPROVEN",
        "m.xml|<?xml version='1.0'?><net name='n' version='11'><layers><layer id='0'"
            + " type='Parameter' version='opset1'/></layers></net>|INERT",
        "m.xml|<?xml version='1.0'?><net name='n' version='11'><layers><layer id='0' type='Mine'"
            + " version='my_ops'/></layers></net>|UNPROVEN",
        "pom.xml|<?xml version='1.0'?><project><a/></project>|INERT"
      })
  void judgesConfigurations(String name, String text, Verdict verdict) {
    assertThat(Inspected.verdict(name, text.replace('\'', '"'))).isEqualTo(verdict);
  }
}
