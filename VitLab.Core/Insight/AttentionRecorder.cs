using VitLab.Models;

namespace VitLab.Insight;

/// <summary>
/// Records the attention probabilities of every <see cref="SelfAttention"/> in a model while it lives: hooks their softmax, leaves the
/// model as it was when disposed. Only the first picture of a batch is kept.
/// </summary>
public sealed class AttentionRecorder : IDisposable
{
    private readonly List<SelfAttention> _layers;
    private readonly List<Action> _unhook = [];
    private readonly List<float[]> _probabilities = [];

    public AttentionRecorder(nn.Module model)
    {
        _layers = [.. model.modules().OfType<SelfAttention>()];
        foreach (var layer in _layers)
        {
            layer.Explicit = true;
            _unhook.Add(layer.Probabilities.register_forward_hook((_, _, probabilities) =>
            {
                Keep(probabilities);
                return probabilities;
            }).remove);
        }
    }

    /// <summary>Per layer in order of the forward pass: probabilities (H, N, N) of the first picture, row-major.</summary>
    public IReadOnlyList<float[]> Layers => _probabilities;

    public int Heads { get; private set; }

    public int Tokens { get; private set; }

    /// <summary>The maps recorded since <see cref="Clear"/>, quantised for the wire.</summary>
    /// <param name="prefixTokens">Tokens before the patches: 1 with a CLS token.</param>
    public AttentionMaps ToMaps(int gridHeight, int gridWidth, int prefixTokens = 1)
    {
        var perLayer = Heads * Tokens * Tokens;
        var weights = new byte[_probabilities.Count * perLayer];
        for (var layer = 0; layer < _probabilities.Count; layer++)
        {
            var row = weights.AsSpan(layer * perLayer, perLayer);
            for (var i = 0; i < row.Length; i++)
            {
                row[i] = (byte)((_probabilities[layer][i] * 255) + 0.5f);
            }
        }

        return new AttentionMaps(_probabilities.Count, Heads, Tokens, prefixTokens, gridHeight, gridWidth, weights);
    }

    /// <summary>Forgets what was recorded, to record another forward pass.</summary>
    public void Clear() => _probabilities.Clear();

    public void Dispose()
    {
        _unhook.ForEach(unhook => unhook());
        _layers.ForEach(layer => layer.Explicit = false);
    }

    private void Keep(Tensor probabilities)   // (B, H, N, N)
    {
        using var scope = torch.NewDisposeScope();
        (Heads, Tokens) = ((int)probabilities.shape[1], (int)probabilities.shape[2]);
        _probabilities.Add(probabilities.select(0, 0).detach().cpu().contiguous().data<float>().ToArray());
    }
}
