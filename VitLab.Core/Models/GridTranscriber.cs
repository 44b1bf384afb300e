namespace VitLab.Models;

/// <summary>
/// Reads a picture into a text of digits: a <see cref="VisionTransformer"/> makes tokens of the patches, a <see cref="TokenDecoder"/> looks at
/// them and writes digit after digit, then finish.
/// </summary>
public sealed class GridTranscriber : Module<Tensor, Tensor, Tensor>
{
    private readonly VisionTransformer backbone;
    private readonly TokenDecoder decoder;

    public GridTranscriber(TranscriberConfig config)
        : base(nameof(GridTranscriber))
    {
        Config = config;
        backbone = new VisionTransformer(config.Encoder);
        decoder = new TokenDecoder(config);
        RegisterComponents();
    }

    public TranscriberConfig Config { get; }

    public VisionTransformer Backbone => backbone;

    /// <summary>What a decoder reads in training (teacher forcing) to write <paramref name="targets"/> (B, T): start, then all but the last.</summary>
    public static Tensor shift_right(Tensor targets)
    {
        var start = torch.full(targets.shape[0], 1, DigitVocabulary.Start, dtype: ScalarType.Int64, device: targets.device);
        return torch.cat([start, targets.narrow(1, 0, targets.shape[1] - 1)], dim: 1);
    }

    /// <summary>
    /// Logits (B, T, <see cref="DigitVocabulary.Written"/>) of what follows each token of whole texts. A token sees only those before it, and
    /// padding comes only behind finish: no mask of keys is needed, and what is written behind finish is no one's business.
    /// </summary>
    /// <param name="images">(B, C, height, width).</param>
    /// <param name="tokens">(B, T), at most <see cref="TranscriberConfig.MostTokens"/>, start first.</param>
    public override Tensor forward(Tensor images, Tensor tokens) => decode(tokens, begin(encode(images)));

    /// <summary>The picture's tokens (B, patches, D).</summary>
    public Tensor encode(Tensor images) => backbone.forward_features(images);

    /// <summary>Empty texts about pictures' tokens.</summary>
    public DecoderCache begin(Tensor memory) => decoder.begin(memory);

    /// <inheritdoc cref="TokenDecoder.forward"/>
    public Tensor decode(Tensor tokens, DecoderCache cache) => decoder.call(tokens, cache);
}
