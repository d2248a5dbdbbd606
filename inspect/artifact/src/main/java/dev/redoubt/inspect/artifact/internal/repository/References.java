package dev.redoubt.inspect.artifact.internal.repository;

import dev.redoubt.inspect.artifact.internal.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Code and files that a configuration of the Hugging Face libraries names. */
final class References {
  private static final int DEEPEST = 60;

  /**
   * Libraries that diffusers loads the parts of a pipeline from, and its own pipelines' modules.
   */
  private static final Pattern LIBRARY =
      Pattern.compile(
          "diffusers|transformers|sentence_transformers|onnxruntime(\\.[a-z]+)*|optimum(\\.[a-z]+)*|k_diffusion|peft|flax|"
              + "(stable_diffusion|latent_diffusion|kandinsky|deepfloyd_if|wuerstchen|audioldm|paint_by_example|versatile_diffusion|"
              + "unidiffuser|shap_e|stable_cascade|pixart|unclip|semantic_stable_diffusion|altdiffusion|alt_diffusion|"
              + "dit|ddpm|ddim|musicldm|consistency|t2i|controlnet|flux|hunyuan|cogvideo|lumina|sana|stable_audio|marigold)[a-z0-9_]*");

  private static final Pattern PARENT =
      Pattern.compile(
          "(transformers|sentence_transformers|diffusers|peft|torch|torchvision|timm)(\\.[A-Za-z0-9_]+)*");

  private static final Set<String> KEYS =
      Set.of(
          "auto_map",
          "trust_remote_code",
          "custom_pipelines",
          "chat_template",
          "_class_name",
          "weight_map",
          "custom_generate",
          "auto_mapping",
          "attn_implementation",
          "_attn_implementation",
          "_target_",
          "py/object",
          "py/reduce",
          "py/type",
          "py/function",
          "py/newargs",
          "py/newargsex",
          "py/repr",
          "py/mod",
          "py/ref",
          "custom_pipeline",
          "remote_code");

  /** A name of code, such as {@code modeling_x.Model}, and the key that names it. */
  record Reference(String key, String name) {}

  final List<Reference> code = new ArrayList<>();
  final List<Reference> paths = new ArrayList<>();
  final List<Reference> pickled = new ArrayList<>();
  final List<Reference> templates = new ArrayList<>();

  private References() {}

  static References in(Object root, String fileName) {
    var references = new References();
    references.value(root, fileName, 0);
    if (root instanceof List) {
      for (Object part : Json.list(root)) {
        references.module(Json.map(part));
      }
    }
    return references;
  }

  boolean any() {
    return !code.isEmpty() || !paths.isEmpty() || !pickled.isEmpty() || !templates.isEmpty();
  }

  /** sentence-transformers imports the class of each entry of modules.json. */
  private void module(Map<String, Object> entry) {
    String type = Json.text(entry.get("type"));
    if (type != null
        && entry.containsKey("path")
        && entry.containsKey("idx")
        && !type.startsWith("sentence_transformers.")) {
      code.add(new Reference("type", type));
    }
  }

  private void value(Object value, String fileName, int depth) {
    if (depth > DEEPEST) {
      return;
    }
    if (value instanceof Map) {
      Map<String, Object> map = Json.map(value);
      for (Map.Entry<String, Object> entry : map.entrySet()) {
        String key = entry.getKey().replace(" (again)", "");
        if (KEYS.contains(key)) {
          key(key, entry.getValue());
        }
        value(entry.getValue(), fileName, depth + 1);
      }
      if (depth == 0 && map.containsKey("_class_name") && fileName.equals("model_index.json")) {
        components(map);
      }
    } else if (value instanceof List) {
      for (Object part : Json.list(value)) {
        value(part, fileName, depth + 1);
      }
    }
  }

  private void key(String key, Object value) {
    switch (key) {
      case "auto_map" -> texts(key, value);
      case "trust_remote_code", "remote_code" -> {
        if (Boolean.TRUE.equals(value)) {
          code.add(new Reference(key, "true"));
        }
      }
      case "custom_pipelines" -> {
        for (Object pipeline : Json.map(value).values()) {
          texts(key, Json.map(pipeline).get("impl"));
        }
      }
      case "custom_generate", "custom_pipeline" -> texts(key, value);
      case "chat_template" -> template(value);
      case "_class_name" -> {
        if (value instanceof List) {
          texts(key, value);
        }
      }
      case "weight_map" -> {
        for (Object file : Json.map(value).values()) {
          if (file instanceof String path && leads(path) && paths.size() < 20) {
            paths.add(new Reference(key, path));
          }
        }
      }
      case "auto_mapping" -> {
        String parent = Json.text(Json.map(value).get("parent_library"));
        if (parent != null && !PARENT.matcher(parent).matches()) {
          code.add(new Reference("parent_library", parent));
        }
      }
      case "attn_implementation", "_attn_implementation" -> {
        if (value instanceof String name && name.contains("/")) {
          code.add(new Reference(key, name));
        }
      }
      default -> {
        if (!(value instanceof Map) && pickled.size() < 20) {
          pickled.add(new Reference(key, String.valueOf(value)));
        }
      }
    }
  }

  private void template(Object value) {
    if (value instanceof String text) {
      templates.add(new Reference("chat_template", text));
    } else if (value instanceof List) {
      for (Object part : Json.list(value)) {
        Object text = Json.map(part).get("template");
        if (text instanceof String template && templates.size() < 100) {
          templates.add(new Reference("chat_template " + Json.map(part).get("name"), template));
        }
      }
    } else if (value instanceof Map) {
      for (Map.Entry<String, Object> entry : Json.map(value).entrySet()) {
        if (entry.getValue() instanceof String template && templates.size() < 100) {
          templates.add(new Reference("chat_template " + entry.getKey(), template));
        }
      }
    }
  }

  private void texts(String key, @Nullable Object value) {
    if (value instanceof String text) {
      if (code.size() < 60 && !text.isBlank()) {
        code.add(new Reference(key, text));
      }
    } else if (value instanceof List) {
      Json.list(value).forEach(part -> texts(key, part));
    } else if (value instanceof Map) {
      Json.map(value).values().forEach(part -> texts(key, part));
    }
  }

  private void components(Map<String, Object> index) {
    for (Map.Entry<String, Object> entry : index.entrySet()) {
      List<Object> pair = Json.list(entry.getValue());
      if (pair.size() == 2
          && !entry.getKey().startsWith("_")
          && pair.getFirst() instanceof String library
          && pair.get(1) instanceof String name
          && !LIBRARY.matcher(library).matches()) {
        code.add(new Reference(entry.getKey(), library + "." + name));
      }
    }
  }

  private static boolean leads(String path) {
    String slashed = path.replace('\\', '/');
    return slashed.startsWith("/")
        || slashed.contains("://")
        || slashed.matches("[A-Za-z]:.*")
        || ("/" + slashed + "/").contains("/../");
  }
}
