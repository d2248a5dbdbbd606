"""A BERT encoder (post-norm, as multilingual-e5-small) with a token head and a window head."""

import torch
from torch import nn
from torch.nn import functional

import vocabulary


class Layer(nn.Module):
    def __init__(self, hidden, heads, inner, epsilon, dropout):
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(hidden, 3 * hidden)
        self.out = nn.Linear(hidden, hidden)
        self.attention_norm = nn.LayerNorm(hidden, epsilon)
        self.up = nn.Linear(hidden, inner)
        self.down = nn.Linear(inner, hidden)
        self.norm = nn.LayerNorm(hidden, epsilon)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x, bias):
        batch, length, hidden = x.shape
        q, k, v = (
            part.view(batch, length, self.heads, hidden // self.heads).transpose(1, 2)
            for part in self.qkv(x).split(hidden, dim=2))
        # Plain products: for windows this short the fused CPU kernel is no faster.
        scores = torch.matmul(q * (hidden // self.heads) ** -0.5, k.transpose(2, 3))
        mixed = torch.matmul(torch.softmax(scores.float() + bias, dim=3).to(v.dtype), v)
        mixed = mixed.transpose(1, 2).reshape(batch, length, hidden)
        x = self.attention_norm(x + self.dropout(self.out(mixed)))
        return self.norm(x + self.dropout(self.down(functional.gelu(self.up(x)))))


class Classifier(nn.Module):
    """Logit of each token (is it part of an order?) and of the window.

    The window is read from the mean of its tokens and from their mean weighted by the token head, so
    that one short order in a long window is not averaged away.
    """

    def __init__(self, size, layers, hidden=384, heads=12, inner=1536, positions=192, epsilon=1e-12,
                 dropout=0.1):
        super().__init__()
        self.word = nn.Embedding(size, hidden)
        self.position = nn.Embedding(positions, hidden)
        self.embedding_norm = nn.LayerNorm(hidden, epsilon)
        self.layers = nn.ModuleList(
            Layer(hidden, heads, inner, epsilon, dropout) for _ in range(layers))
        self.token = nn.Linear(hidden, 1)
        self.dense = nn.Linear(2 * hidden, hidden)
        self.window = nn.Linear(hidden, 1)
        self.dropout = nn.Dropout(dropout)

    def forward(self, ids):
        mask = ids != vocabulary.PAD
        places = torch.arange(ids.shape[1])
        x = self.embedding_norm(self.word(ids) + self.position(places))
        bias = (~mask)[:, None, None, :].float() * -1e4
        for layer in self.layers:
            x = layer(x, bias)
        tokens = self.token(x).squeeze(2).float()
        weight = mask.float().unsqueeze(2)
        mean = (x * weight).sum(1) / weight.sum(1)
        share = torch.softmax(tokens + (~mask).float() * -1e4, dim=1).unsqueeze(2)
        picked = (x * share).sum(1)
        dense = torch.tanh(self.dense(torch.cat([mean, picked], 1).to(x.dtype)))
        return tokens, self.window(self.dropout(dense)).squeeze(1).float()


def load_base(model, tensors, kept):
    """Copies the lower layers of the base; the heads keep their random start."""
    def of(name, *shape):
        return torch.tensor(tensors[name]).reshape(*shape)

    hidden = model.word.embedding_dim
    inner = model.layers[0].up.out_features
    with torch.no_grad():
        model.word.weight.copy_(torch.tensor(tensors["emb.word"][kept]))
        places = of("emb.pos", -1, hidden)[:model.position.num_embeddings]
        model.position.weight.copy_(places + of("emb.type", -1, hidden)[0])
        model.embedding_norm.weight.copy_(of("emb.ln.w", hidden))
        model.embedding_norm.bias.copy_(of("emb.ln.b", hidden))
        for n, layer in enumerate(model.layers):
            layer.qkv.weight.copy_(
                torch.cat([of(f"l{n}.{part}.w", hidden, hidden) for part in "qkv"]))
            layer.qkv.bias.copy_(torch.cat([of(f"l{n}.{part}.b", hidden) for part in "qkv"]))
            for target, name, outs, ins in (
                    (layer.out, "ao", hidden, hidden), (layer.up, "fi", inner, hidden),
                    (layer.down, "fo", hidden, inner)):
                target.weight.copy_(of(f"l{n}.{name}.w", outs, ins))
                target.bias.copy_(of(f"l{n}.{name}.b", outs))
            for target, name in ((layer.attention_norm, "aln"), (layer.norm, "oln")):
                target.weight.copy_(of(f"l{n}.{name}.w", hidden))
                target.bias.copy_(of(f"l{n}.{name}.b", hidden))
