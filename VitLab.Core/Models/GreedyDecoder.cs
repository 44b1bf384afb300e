namespace VitLab.Models;

/// <summary>Writes the likeliest token at every step until all texts of a batch are finished or as long as they can be.</summary>
public static class GreedyDecoder
{
    /// <summary>One transcript per picture; a picture's does not depend on the others of its batch. Records no gradients.</summary>
    /// <param name="model">In eval mode.</param>
    /// <param name="images">(B, C, height, width).</param>
    public static IReadOnlyList<Transcript> Decode(GridTranscriber model, Tensor images)
    {
        using var scope = torch.NewDisposeScope();
        using var noGrad = torch.no_grad();
        Text[] texts = [.. Enumerable.Range(0, (int)images.shape[0]).Select(static _ => new Text())];
        var cache = model.begin(model.encode(images));
        while (cache.Length < model.Config.MostTokens && !Array.TrueForAll(texts, static text => text.IsFinished))
        {
            var newest = torch.tensor(Array.ConvertAll(texts, static text => text.Newest), [texts.Length, 1], device: images.device);
            var probabilities = functional.softmax(model.decode(newest, cache), dim: -1).cpu().data<float>().ToArray();   // (B, 1, written)
            for (var i = 0; i < texts.Length; i++)
            {
                texts[i].Write(probabilities.AsSpan(i * DigitVocabulary.Written, DigitVocabulary.Written));
            }
        }

        return Array.ConvertAll(texts, static text => text.ToTranscript());
    }

    /// <summary>A text being written. A finished one takes padding until the last of its batch is finished too.</summary>
    private sealed class Text
    {
        private readonly List<int> _tokens = [];
        private readonly List<float[]> _probabilities = [];

        public long Newest { get; private set; } = DigitVocabulary.Start;

        public bool IsFinished => Newest is DigitVocabulary.Finish or DigitVocabulary.Padding;

        public void Write(ReadOnlySpan<float> probabilities)
        {
            if (IsFinished)
            {
                Newest = DigitVocabulary.Padding;
                return;
            }

            var likeliest = 0;
            for (var token = 1; token < probabilities.Length; token++)
            {
                likeliest = probabilities[token] > probabilities[likeliest] ? token : likeliest;
            }

            _tokens.Add(likeliest);
            _probabilities.Add(probabilities.ToArray());
            Newest = likeliest;
        }

        public Transcript ToTranscript() => new(_tokens, _probabilities);
    }
}
