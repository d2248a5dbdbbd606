// Command waf plays texts through the Coraza web firewall with the OWASP core rule set.
//
// It reads JSON lines {"text", "place"} from standard input, place being "request" or "response",
// and writes for each, in order, {"flagged", "rules", "micros"}: whether the firewall would have
// refused the exchange, the ids of the rules that matched, and how long the whole transaction took.
package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"time"

	coreruleset "github.com/corazawaf/coraza-coreruleset/v4"
	"github.com/corazawaf/coraza/v3"
	"github.com/corazawaf/coraza/v3/debuglog"
	"github.com/corazawaf/coraza/v3/types"
)

// Longest line of input, in bytes.
const longestLine = 64 << 20

// The recommended settings and the rule set as they come, but blocking instead of only logging;
// nothing is written to an audit log.
const directives = `
Include @coraza.conf-recommended
SecRuleEngine On
SecAuditEngine Off
Include @crs-setup.conf.example
SecAction "id:900000,phase:1,pass,t:none,nolog,setvar:tx.blocking_paranoia_level=%d"
Include @owasp_crs/*.conf
`

type line struct {
	Text  string `json:"text"`
	Place string `json:"place"`
}

type result struct {
	Flagged bool  `json:"flagged"`
	Rules   []int `json:"rules"`
	Micros  int64 `json:"micros"`
}

func main() {
	paranoia := flag.Int("paranoia", 1, "paranoia level, 1 to 4")
	flag.Parse()
	if err := run(*paranoia, os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "waf:", err)
		os.Exit(3)
	}
}

func run(paranoia int, in io.Reader, out io.Writer) error {
	if paranoia < 1 || paranoia > 4 {
		return fmt.Errorf("-paranoia %d: give 1 to 4", paranoia)
	}
	config := coraza.NewWAFConfig().
		WithRootFS(coreruleset.FS).
		WithDebugLogger(debuglog.Noop()).
		WithErrorCallback(func(types.MatchedRule) {}).
		WithDirectives(fmt.Sprintf(directives, paranoia))
	waf, err := coraza.NewWAF(config)
	if err != nil {
		return err
	}
	lines := bufio.NewScanner(in)
	lines.Buffer(make([]byte, 1<<16), longestLine)
	writer := bufio.NewWriter(out)
	encoder := json.NewEncoder(writer)
	for number := 1; lines.Scan(); number++ {
		var l line
		if err := json.Unmarshal(lines.Bytes(), &l); err != nil {
			return fmt.Errorf("line %d: %w", number, err)
		}
		r, err := check(waf, l)
		if err != nil {
			return fmt.Errorf("line %d: %w", number, err)
		}
		if err := encoder.Encode(r); err != nil {
			return err
		}
	}
	if err := lines.Err(); err != nil {
		return err
	}
	return writer.Flush()
}

// Plays one exchange. A text of a request stands in the JSON body of a POST, as chat clients send it.
// An answer is played as plain text: the standard settings never look into a JSON answer.
func check(waf coraza.WAF, l line) (result, error) {
	question := "Hello"
	answer := ""
	switch l.Place {
	case "request":
		question = l.Text
	case "response":
		answer = l.Text
	default:
		return result{}, fmt.Errorf("place %q is neither request nor response", l.Place)
	}
	body, err := chat(question)
	if err != nil {
		return result{}, err
	}
	start := time.Now()
	tx := waf.NewTransaction()
	defer tx.Close()
	if err := play(tx, body, answer); err != nil {
		return result{}, err
	}
	micros := time.Since(start).Microseconds()
	return result{tx.IsInterrupted(), rules(tx.MatchedRules()), micros}, nil
}

func chat(question string) (string, error) {
	var body strings.Builder
	encoder := json.NewEncoder(&body)
	encoder.SetEscapeHTML(false)
	message := map[string]string{"role": "user", "content": question}
	err := encoder.Encode(map[string]any{"model": "assistant", "messages": []any{message}})
	return body.String(), err
}

func play(tx types.Transaction, body string, answer string) error {
	tx.ProcessConnection("203.0.113.7", 50000, "192.0.2.1", 443)
	tx.ProcessURI("/v1/chat/completions", "POST", "HTTP/1.1")
	tx.SetServerName("chat.example.com")
	tx.AddRequestHeader("Host", "chat.example.com")
	tx.AddRequestHeader("User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0")
	tx.AddRequestHeader("Accept", "text/event-stream, application/json")
	tx.AddRequestHeader("Content-Type", "application/json")
	tx.AddRequestHeader("Content-Length", strconv.Itoa(len(body)))
	if tx.ProcessRequestHeaders() != nil {
		return nil
	}
	if stopped, _, err := tx.WriteRequestBody([]byte(body)); err != nil || stopped != nil {
		return err
	}
	if stopped, err := tx.ProcessRequestBody(); err != nil || stopped != nil {
		return err
	}
	if answer == "" {
		return nil
	}
	tx.AddResponseHeader("Content-Type", "text/plain; charset=utf-8")
	tx.AddResponseHeader("Content-Length", strconv.Itoa(len(answer)))
	if tx.ProcessResponseHeaders(200, "HTTP/1.1") != nil {
		return nil
	}
	if stopped, _, err := tx.WriteResponseBody([]byte(answer)); err != nil || stopped != nil {
		return err
	}
	_, err := tx.ProcessResponseBody()
	return err
}

// Rules that say something: those that only set variables or add up scores have no message.
func rules(matched []types.MatchedRule) []int {
	found := []int{}
	for _, m := range matched {
		if id := m.Rule().ID(); m.Message() != "" && id != 949110 && id != 959100 && id < 980000 {
			found = append(found, id)
		}
	}
	return found
}
