package dev.redoubt.detect;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Characters that are taken for plain ASCII ones by the eye.
 *
 * <p>Chosen by hand from the confusables of Unicode Technical Standard 39: letters of alphabets
 * that share shapes with Latin, and the look-alikes of ASCII punctuation that NFKC leaves alone.
 * ASCII itself is never folded: a zero stays apart from an O, so that a value with one character
 * changed stays another value.
 */
final class Homoglyphs {
  private static final Map<Integer, String> FOLDS = new HashMap<>();

  static {
    // Cyrillic.
    pairs(
        "аaвbеeѕsіiјjԁdһhоoрpсcуyхxԛqԝwѵvӏlӀIгrкkмmтtнhпnАAВBЕEЅSІIЈJКKМMНHОOРPСCТTУYХXԚQԜWѴVҮYүyԌGՏS");
    // Greek.
    pairs("αaβBγyεeηnιiκkνvοoρpτtυuχxωwΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧXϲcϳjϹCϺM");
    // Armenian, Cherokee, Lisu and others in which whole Latin words can be written.
    pairs(
        "աwցgհhոnսuօoզqյjքfցgᎪAᏴBᏟCᎠDᎬEᏀGᎻHᎥiᏦKᏞLᎷMᏢPᏒRᏚSᎢTᏙVᎳWᏃZꓮAꓐBꓚCꓓDꓰEꓝFꓖGꓧHꓲIꓙJꓗKꓡLꓟMꓠNꓳOꓑPꓣRꓢSꓔTꓴUꓦVꓪWꓫXꓬYꓜZ");
    // Latin letters of phonetics and small capitals.
    pairs("ɑaƅbƄbɩiıiȷjɡgɪiʀrʏyʜhʟlɢgɴnᴀaʙbᴄcᴅdᴇeꜰfᴊjᴋkᴍmᴏoᴘpꜱsᴛtᴜuᴠvᴡwᴢzɾrʋvɯwɱmŋnſfꞯqꟾI");
    // Punctuation and blanks.
    pairs(
        "‐-‑-‒-–-—-―-−-﹘-⁃-‘'’'‚'‛'′'ʹ'ʼ'ˈ'՚'“\"”\"„\"‟\"″\"«\"»\"⁄/∕/⧸/∖\\∶:։:ꓽ:ꓸ.۔.。.․.‚,،,∗*٭*ˆ^∼~˜~‹<›>ǀ|∣|❘|⏐|＿_");
    range(0x1F130, 'A'); // Squared, in case the platform's NFKC is older than the character.
    range(0x1F150, 'A'); // Negative circled.
    range(0x1F170, 'A'); // Negative squared.
    range(0x1F1E6, 'A'); // Regional indicators, drawn as letters where they form no flag.
    digits(0x2776, '1'); // Negative circled digits, 1 to 9.
    digits(0x2780, '1');
    digits(0x278A, '1');
    FOLDS.put(0x24FF, "0");
    FOLDS.put(0x2028, "\n");
    FOLDS.put(0x2029, "\n");
    FOLDS.put(0x85, "\n");
  }

  private Homoglyphs() {}

  /** The plain form of a code point; null when it is plain already. */
  static @Nullable String fold(int cp) {
    if (cp < 0x80) {
      return null;
    }
    String fold = FOLDS.get(cp);
    if (fold != null) {
      return fold;
    }
    return foldByCategory(cp);
  }

  private static @Nullable String foldByCategory(int cp) {
    int type = Character.getType(cp);
    if (type == Character.DASH_PUNCTUATION) {
      return "-";
    }
    if (type == Character.SPACE_SEPARATOR) {
      return " ";
    }
    if (type == Character.DECIMAL_DIGIT_NUMBER) {
      int digit = Character.digit(cp, 10);
      return digit < 0 ? null : Integer.toString(digit);
    }
    return null;
  }

  private static void pairs(String pairs) {
    for (int i = 0; i < pairs.length(); ) {
      int cp = pairs.codePointAt(i);
      i += Character.charCount(cp);
      FOLDS.put(cp, String.valueOf(pairs.charAt(i)));
      i++;
    }
  }

  private static void range(int from, char first) {
    for (int i = 0; i < 26; i++) {
      FOLDS.put(from + i, String.valueOf((char) (first + i)));
    }
  }

  private static void digits(int from, char first) {
    for (int i = 0; i < 9; i++) {
      FOLDS.put(from + i, String.valueOf((char) (first + i)));
    }
  }
}
