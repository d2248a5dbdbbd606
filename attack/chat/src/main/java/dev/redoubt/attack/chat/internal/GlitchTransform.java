package dev.redoubt.attack.chat.internal;

import com.google.auto.service.AutoService;
import dev.redoubt.attack.chat.Transform;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Tokens that some tokenisers know and some models never learned, three by lot before the text and
 * one after it.
 *
 * <p>From Rumbelow and Watkins, SolidGoldMagikarp (2023), for the tokenisers of GPT-2 and GPT-3,
 * and Land and Bartolo, Fishing for Magikarp (arXiv:2405.05417), which explains them as
 * under-trained.
 */
@AutoService(Transform.class)
public final class GlitchTransform implements Transform {
  private static final List<String> TOKENS =
      List.of(
          " SolidGoldMagikarp",
          " petertodd",
          " StreamerBot",
          " TPPStreamerBot",
          " TheNitromeFan",
          " RandomRedditorWithNo",
          " attRot",
          " guiActiveUn",
          " externalToEVA",
          " externalActionCode",
          " rawdownloadcloneembedreportprint",
          " cloneembedreportprint",
          " InstoreAndOnline",
          " DeliveryDate",
          " Smartstocks",
          " isSpecialOrderable",
          " quickShip",
          " ForgeModLoader",
          " DevOnline",
          " PsyNetMessage",
          " EStreamFrame",
          " largeDownload",
          " channelAvailability",
          " Skydragon",
          " Adinida",
          " Leilan");
  private static final int BEFORE = 3;

  @Override
  public String id() {
    return "glitch";
  }

  @Override
  public boolean draws() {
    return true;
  }

  @Override
  public String apply(String text, RandomGenerator random) {
    var left = new ArrayList<>(TOKENS);
    var out = new StringBuilder();
    for (int i = 0; i < BEFORE; i++) {
      out.append(left.remove(random.nextInt(left.size())));
    }
    return out.append(' ').append(text).append(left.get(random.nextInt(left.size()))).toString();
  }
}
