using VitLab.Models;

namespace VitLab.Insight;

/// <summary>
/// Records the probabilities of attention layers while it lives: hooks their softmax, leaves them as they were when disposed. Only the
/// first picture of a batch is kept.
/// </summary>
public abstract class AttentionTap : IDisposable
{
    private readonly List<DotProductAttention> _layers;
    private readonly List<Action> _unhook = [];
    private readonly List<float[]> _probabilities = [];

    protected AttentionTap(IEnumerable<DotProductAttention> layers)
    {
        _layers = [.. layers];
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

    /// <summary>One entry per call of a layer, in the order of the calls: probabilities (H, queries, keys) of the first picture, row-major.</summary>
    public IReadOnlyList<float[]> Calls => _probabilities;

    public int Heads { get; private set; }

    /// <summary>Layers that are listened to.</summary>
    protected int Layers => _layers.Count;

    /// <summary>Forgets what was recorded, to record another forward pass.</summary>
    public void Clear() => _probabilities.Clear();

    public void Dispose()
    {
        _unhook.ForEach(unhook => unhook());
        _layers.ForEach(layer => layer.Explicit = false);
        GC.SuppressFinalize(this);
    }

    /// <summary>Probabilities for the wire: 255 = 1.</summary>
    protected static void Quantize(ReadOnlySpan<float> probabilities, Span<byte> weights)
    {
        for (var i = 0; i < probabilities.Length; i++)
        {
            weights[i] = (byte)((probabilities[i] * 255) + 0.5f);
        }
    }

    private void Keep(Tensor probabilities)   // (B, H, queries, keys)
    {
        using var scope = torch.NewDisposeScope();
        Heads = (int)probabilities.shape[1];
        _probabilities.Add(probabilities.select(0, 0).detach().cpu().contiguous().data<float>().ToArray());
    }
}
